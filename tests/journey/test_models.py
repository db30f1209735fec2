"""What the database itself refuses, whatever the code does: one lead always, finals, consents."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.models import Consent, Episode, Lead, Relay
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_draft, make_episode, make_sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOON = MONDAY + timedelta(hours=3)


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def refused(change: Callable[[], object]) -> bool:
    """Whether the database refuses the change, now or at the end of the transaction."""
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


def lead(episode: Episode, desk: Desk, **fields: object) -> Lead:
    return Lead.objects.create(
        episode=episode, organisation_id=desk.recipient, adviser_id=desk.chloe.user_id or 0, **fields
    )


def test_an_open_episode_is_led_at_every_instant(desk: Desk) -> None:
    episode = make_episode(desk)
    current = Lead.objects.filter(episode=episode)
    assert refused(current.delete)
    assert refused(lambda: current.update(until=NOON))
    assert refused(lambda: current.update(since=NOON, opens=NOON))
    assert refused(lambda: current.update(opens=None, follows=MONDAY))
    assert refused(lambda: lead(episode, desk, since=NOON, follows=NOON))
    assert refused(lambda: Episode.objects.filter(pk=episode.pk).update(closes_at=NOON))
    assert refused(lambda: Episode.objects.create(person=episode.person, opened_at=MONDAY))


def test_a_hand_over_leaves_neither_hole_nor_double(desk: Desk) -> None:
    episode = make_episode(desk)
    first = Lead.objects.get(episode=episode)

    def hand_over(until: object, since: object, follows: object) -> None:
        Lead.objects.filter(pk=first.pk).update(until=until)
        lead(episode, desk, since=since, follows=follows)

    assert refused(lambda: hand_over(NOON, NOON + DAY, NOON))
    assert refused(lambda: hand_over(NOON, NOON + DAY, NOON + DAY))
    assert refused(lambda: hand_over(NOON, NOON - timedelta(seconds=1), NOON - timedelta(seconds=1)))
    assert not refused(lambda: hand_over(NOON, NOON, NOON))
    assert Lead.objects.filter(episode=episode, until=STILL_OPEN).count() == 1


RELAY_FAULTS: dict[str, dict[str, object]] = {
    "relay_state_known": {"state": "lost"},
    "relay_final_is_ended": {"state": "cancelled"},
    "relay_waits_with_a_deadline": {"due_on": None},
    "relay_sent_was_chosen": {"consent": None},
    "relay_sent_was_chosen, another text": {"sent": "another text"},
    "relay_sent_was_chosen, no choice": {"choice_channel": ""},
    "relay_accepted_by_somebody": {"state": "accepted"},
    "relay_lead_moves_at_meeting": {"has_lead_moved": True},
    "relay_meet_then_complete": {
        "state": "completed",
        "ended_at": MONDAY + DAY,
        "due_on": None,
        "accepted_at": MONDAY,
        "met_at": MONDAY + DAY,
        "outcome": "answered",
    },
    "relay_accept_then_meet": {"state": "in_progress", "due_on": None, "accepted_at": MONDAY, "met_at": MONDAY},
    "relay_declined_with_proposal": {"state": "declined", "ended_at": MONDAY, "due_on": None, "reason": "full"},
    "relay_failed_with_outcome": {"state": "failed", "ended_at": MONDAY, "due_on": None},
}


@pytest.mark.parametrize("constraint", RELAY_FAULTS)
def test_a_relay_that_cannot_be_is_refused(desk: Desk, constraint: str) -> None:
    relay = make_sent(desk)
    someone = {} if "somebody" in constraint else {"adviser_id": desk.chloe.user_id}
    with pytest.raises(IntegrityError, match=constraint.split(",", maxsplit=1)[0]), transaction.atomic():
        Relay.objects.filter(pk=relay.pk).update(**(someone | RELAY_FAULTS[constraint]))


def test_a_relay_goes_elsewhere_and_one_transfer_is_open(desk: Desk) -> None:
    relay = make_sent(desk)
    assert refused(lambda: Relay.objects.filter(pk=relay.pk).update(recipient_id=relay.source_id))
    other = make_draft(desk, make_episode(desk))
    assert refused(lambda: Relay.objects.filter(pk=other.pk).update(person_id=relay.person_id))


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("consent_ends_after", {"ends_at": MONDAY}),
        ("consent_twelve_months_at_most", {"ends_at": MONDAY + 367 * DAY}),
        ("consent_shares_something", {"categories": []}),
        ("consent_explicit_on_health", {"categories": ["health"]}),
        ("consent_paper_has_proof", {"channel": "paper"}),
        ("consent_revoked_after", {"revoked_at": MONDAY - DAY}),
    ],
)
def test_a_consent_that_cannot_be_is_refused(desk: Desk, constraint: str, wrong: dict[str, object]) -> None:
    relay = make_sent(desk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Consent.objects.filter(relays=relay).update(**wrong)


def test_a_name_is_no_number(desk: Desk) -> None:
    person = make_episode(desk).person
    person.family_name = "2 85 05 78 006 084"
    with pytest.raises(IntegrityError, match="person_name_has_no_digit"), transaction.atomic():
        person.save()
