"""The gestures on the database: who, in which order, what is journaled, what is refused, what the person stops."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import withdraw_consent, withdraw_relay
from ensemblier.journey.actions.episodes import close_episode, enter_level, hand_over
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.episode import STILL_OPEN, Level
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.states import DeclineReason, Outcome, RelayKind
from ensemblier.journey.models import JournalEntry, Lead, RefusedMove, Relay, RelayEvent
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, StaleVersion
from tests.factories.accounts import make_member, make_user
from tests.factories.journey import (
    MONDAY,
    SUMMARY,
    Desk,
    make_consent,
    make_desk_of_two,
    make_draft,
    make_episode,
    make_sent,
    order_for,
    send_by_awa,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def lead_of(relay: Relay) -> tuple[int, int]:
    lead = Lead.objects.get(episode_id=relay.episode_id, until=STILL_OPEN)
    return lead.organisation_id, lead.adviser_id


def accept_then_meet(desk: Desk, relay: Relay) -> None:
    relays.accept(order_for(relay, MONDAY + DAY), by=desk.chloe, appointment_at=MONDAY + 3 * DAY)
    relays.meet(order_for(relay, MONDAY + 4 * DAY), by=desk.chloe, met_at=MONDAY + 3 * DAY)


def test_a_transfer_from_the_first_word_to_the_end(desk: Desk) -> None:
    episode = make_episode(desk)
    relay, consent = make_draft(desk, episode), make_consent(desk, episode)
    relays.propose(order_for(relay, MONDAY), by=desk.bruno, offered=[desk.recipient])
    send_by_awa(desk, relay, consent)
    relays.acknowledge(order_for(relay, MONDAY), by=desk.chloe)
    relays.request_info(order_for(relay, MONDAY), by=desk.chloe, question="Quel diplôme ?")
    relays.give_info(order_for(relay, MONDAY), by=desk.bruno)
    accept_then_meet(desk, relay)
    assert lead_of(relay) == (desk.recipient, desk.chloe.user_id)
    relays.complete(order_for(relay, MONDAY + 9 * DAY), by=desk.chloe, outcome=Outcome.SUPPORT_BEGUN)
    relay.refresh_from_db()
    events = list(RelayEvent.objects.filter(relay=relay).order_by("version"))
    assert [event.version for event in events] == list(range(1, relay.version + 1))
    assert [event.to_state for event in events][-3:] == ["accepted", "in_progress", "completed"]
    assert (relay.ended_at, relay.due_on) == (MONDAY + 9 * DAY, None)
    assert Lead.objects.filter(episode=episode).count() == 2


@pytest.mark.parametrize("kind", [RelayKind.REFERRAL, RelayKind.JOINT, RelayKind.PARTNER_REQUEST])
def test_the_lead_stays_unless_it_is_a_transfer(desk: Desk, kind: RelayKind) -> None:
    relay = make_sent(desk, kind)
    accept_then_meet(desk, relay)
    assert lead_of(relay) == (desk.bruno.organisation_id, desk.bruno.user_id)


def test_a_transfer_that_fails_gives_the_lead_back(desk: Desk) -> None:
    relay = make_sent(desk)
    accept_then_meet(desk, relay)
    relays.fail(order_for(relay, MONDAY + 9 * DAY), by=desk.chloe, outcome=Outcome.NOT_SUITABLE)
    assert lead_of(relay) == (desk.bruno.organisation_id, desk.bruno.user_id)
    assert Lead.objects.filter(episode_id=relay.episode_id).count() == 3


def test_a_lead_moved_again_since_does_not_come_back(desk: Desk) -> None:
    relay = make_sent(desk)
    accept_then_meet(desk, relay)
    colleague = make_user("Élise")
    hand_over(relay.episode_id, adviser_id=colleague.pk, by=desk.chloe, at=MONDAY + 5 * DAY)
    relays.fail(order_for(relay, MONDAY + 9 * DAY), by=desk.chloe, outcome=Outcome.NO_SHOW)
    assert lead_of(relay) == (desk.recipient, colleague.pk)


def test_an_outsider_is_refused_and_the_refusal_is_kept(desk: Desk) -> None:
    relay = make_sent(desk)
    with pytest.raises(NotFound):
        relays.accept(order_for(relay, MONDAY), by=desk.denis, appointment_at=MONDAY + DAY)
    relay.refresh_from_db()
    assert (relay.state, relay.version, RelayEvent.objects.count()) == ("sent", 1, 1)
    kept = JournalEntry.objects.get(is_refused=True)
    assert (kept.act, kept.user_id, kept.subject_uid) == ("move_relay", desk.denis.user_id, relay.uid)


def test_nothing_leaves_without_consent_or_by_the_adviser_alone(desk: Desk) -> None:
    episode = make_episode(desk)
    relay = make_draft(desk, episode)
    narrow = make_consent(desk, episode, categories=frozenset({Category.IDENTITY}))
    choice = relays.Choice(desk.recipient, narrow.uid, SUMMARY, offered=(desk.recipient,))
    with pytest.raises(RuleViolated, match="accord"):
        relays.send(order_for(relay, MONDAY), by=PersonHerself(relay.person_id), choice=choice)
    wide = make_consent(desk, episode)
    choice = relays.Choice(desk.recipient, wide.uid, SUMMARY, offered=(desk.recipient,))
    with pytest.raises(RuleViolated, match="papier"):
        relays.send(order_for(relay, MONDAY), by=desk.bruno, choice=choice)
    with pytest.raises(RuleViolated, match="texte"):
        other = relays.Choice(desk.recipient, wide.uid, SUMMARY + " Et sa dette.", offered=(desk.recipient,))
        relays.send(order_for(relay, MONDAY), by=PersonHerself(relay.person_id), choice=other)
    relay.refresh_from_db()
    assert (relay.state, relay.recipient_id) == ("draft", None)
    assert RefusedMove.objects.count() == 3


def test_the_second_reader_of_a_page_is_told_and_a_double_click_acts_once(desk: Desk) -> None:
    relay = make_sent(desk)
    first, second = order_for(relay, MONDAY), order_for(relay, MONDAY)
    done = relays.accept(first, by=desk.chloe, appointment_at=MONDAY + DAY)
    assert relays.accept(first, by=desk.chloe, appointment_at=MONDAY + DAY) == done
    with pytest.raises(StaleVersion):
        relays.decline(second, by=desk.chloe, reason=DeclineReason.FULL, proposal="none_known")
    assert RelayEvent.objects.filter(relay=relay).count() == 2


def test_stopping_a_sharing_ends_what_rests_on_it_at_once(desk: Desk) -> None:
    relay = make_sent(desk)
    accept_then_meet(desk, relay)
    assert relay.consent is not None
    awa = PersonHerself(relay.person_id)
    assert withdraw_consent(relay.consent.uid, by=awa, at=MONDAY + 5 * DAY) == 1
    assert withdraw_consent(relay.consent.uid, by=awa, at=MONDAY + 6 * DAY) == 0
    relay.refresh_from_db()
    assert relay.state == "withdrawn"
    assert lead_of(relay)[0] == desk.bruno.organisation_id
    with pytest.raises(NotFound):
        withdraw_consent(relay.consent.uid, by=PersonHerself(relay.person_id + 1), at=MONDAY)


def test_the_person_stops_a_relay_from_an_old_page(desk: Desk) -> None:
    relay = make_sent(desk)
    old = order_for(relay, MONDAY + 2 * DAY)
    relays.accept(order_for(relay, MONDAY + DAY), by=desk.chloe, appointment_at=MONDAY + 3 * DAY)
    assert withdraw_relay(old, by=PersonHerself(relay.person_id)).state == "withdrawn"
    relay.refresh_from_db()
    assert relay.consent is not None
    assert relay.consent.revoked_at is not None


def test_a_draft_is_stopped_too(desk: Desk) -> None:
    relay = make_draft(desk, make_episode(desk))
    assert withdraw_relay(order_for(relay, MONDAY), by=PersonHerself(relay.person_id)).state == "withdrawn"


def test_one_transfer_at_a_time(desk: Desk) -> None:
    episode = make_episode(desk)
    make_draft(desk, episode)
    make_draft(desk, episode, RelayKind.REFERRAL)
    with pytest.raises(RuleViolated, match="déjà en cours"):
        make_draft(desk, episode)


def test_the_clock_expires_gives_back_and_erases(desk: Desk) -> None:
    sent, taken = make_sent(desk), make_sent(desk)
    relays.acknowledge(order_for(taken, MONDAY + 3 * DAY), by=desk.chloe)
    draft = make_draft(desk, make_episode(desk))
    assert relays.run_clock(MONDAY + 7 * DAY) == relays.ClockRun()
    run = relays.run_clock(MONDAY + 8 * DAY)
    assert (run.expired, run.released, run.erased) == (2, 1, 0)
    assert relays.run_clock(MONDAY + 8 * DAY) == relays.ClockRun()
    assert relays.run_clock(MONDAY + 31 * DAY).erased == 1
    sent.refresh_from_db()
    assert sent.state == "expired"
    assert not Relay.objects.filter(pk=draft.pk).exists()


def test_an_error_takes_two_people_and_closes_even_what_is_over(desk: Desk) -> None:
    relay = make_sent(desk)
    relays.cancel(order_for(relay, MONDAY), by=desk.bruno)
    administrator = Actor(user_id=make_user("Fatou").pk, roles=frozenset({"administrator"}), label="Fatou")
    assert administrator.user_id is not None
    with pytest.raises(RuleViolated):
        relays.mark_error(order_for(relay, MONDAY), by=administrator, second_person=administrator.user_id)
    done = relays.mark_error(order_for(relay, MONDAY), by=administrator, second_person=desk.bruno.user_id or 0)
    assert done.state == "entered_in_error"


def test_a_consent_that_says_nothing_or_too_long_is_refused(desk: Desk) -> None:
    episode = make_episode(desk)
    wrongs: list[dict[str, Any]] = [
        {"categories": frozenset()},
        {"ends_at": MONDAY + 366 * DAY},
        {"ends_at": MONDAY},
        {"categories": frozenset({Category.HEALTH})},
    ]
    for wrong in wrongs:
        with pytest.raises(BadInput):
            make_consent(desk, episode, **wrong)


def test_levels_leads_and_closing(desk: Desk) -> None:
    episode = make_episode(desk)
    enter_level(episode.pk, Level.SUPPORT_2019, by=desk.bruno, on=MONDAY.date())
    enter_level(episode.pk, Level.WELCOME_2019, by=desk.bruno, on=MONDAY.date())
    with pytest.raises(RuleViolated, match="niveaux"):
        enter_level(episode.pk, Level.ADVICE_2014, by=desk.bruno, on=MONDAY.date())
    with pytest.raises(NotFound):
        hand_over(episode.pk, adviser_id=desk.chloe.user_id or 0, by=desk.chloe, at=MONDAY + DAY)
    close_episode(episode.pk, by=desk.bruno, at=MONDAY + DAY)
    assert not Lead.objects.filter(episode=episode, until=STILL_OPEN).exists()


def test_an_unknown_relay_is_not_found(desk: Desk) -> None:
    make_member(make_user("Gaël"), make_sent(desk).source)
    unknown = Order(uuid4(), 0, uuid4(), MONDAY)
    with pytest.raises(NotFound):
        relays.acknowledge(unknown, by=desk.chloe)
