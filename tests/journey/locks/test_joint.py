"""The accesses of joint accompaniments: after any history, what is stored is what is computed from scratch."""

import os
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ensemblier.journey.core.states import RelayKind, RelayState
from ensemblier.journey.models import Access, Consent, Person, Relay
from ensemblier.journey.sql.scope import acting
from tests.factories.journey import MONDAY, Desk, make_consent, make_desk_of_two, make_draft, make_episode
from tests.journey.locks.rows_world import constraints_off

pytestmark = pytest.mark.django_db
STEPS = 3_000 if os.environ.get("ENSEMBLIER_SOAK") else 300
HELD = ("acknowledged", "info_requested", "accepted", "in_progress", "completed")


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def due(relay: Relay) -> set[tuple[object, ...]]:
    """The law of it, written again here in Python: joint, in the hands of somebody, on a live consent."""
    relay.refresh_from_db()
    consent = Consent.objects.filter(pk=relay.consent_id or 0).first()
    if consent is None or relay.kind != "joint" or relay.state not in HELD or relay.adviser_id is None:
        return set()
    shared = tuple(sorted(set(relay.categories) & set(consent.categories)))
    ours = (consent.person_id, consent.organisation_id) == (relay.person_id, relay.recipient_id)
    last = consent.ends_at if relay.ended_at is None else min(consent.ends_at, relay.ended_at + timedelta(days=30))
    if consent.revoked_at or not shared or not ours or relay.sent_at is None or last <= relay.sent_at:
        return set()
    return {(relay.person_id, relay.recipient_id, relay.adviser_id, shared, last)}


def stored(relay: Relay) -> set[tuple[object, ...]]:
    rows = Access.objects.filter(relay=relay, ended_at=None)
    return {(row.person_id, row.organisation_id, row.user_id, tuple(row.categories), row.until) for row in rows}


def random_change(chance: random.Random, relays: list[Relay], consents: list[Consent], desk: Desk) -> None:
    """One write of a relay or of a consent, possible or not: the triggers are what is tried."""
    now = timezone.now()
    relay, consent = chance.choice(relays), chance.choice(consents)
    match chance.randrange(8):
        case 0 | 1 | 2:
            ended = now if chance.random() < 0.3 else None
            Relay.objects.filter(pk=relay.pk).update(state=chance.choice(list(RelayState)).value, ended_at=ended)
        case 3:
            Relay.objects.filter(pk=relay.pk).update(
                adviser=chance.choice([None, desk.chloe.user_id, desk.denis.user_id])
            )
        case 4:
            Relay.objects.filter(pk=relay.pk).update(consent=chance.choice([None, *consents]))
        case 5:
            Consent.objects.filter(pk=consent.pk).update(revoked_at=chance.choice([None, None, now]))
        case 6:
            Consent.objects.filter(pk=consent.pk).update(ends_at=now + timedelta(days=chance.randrange(1, 99)))
        case _:
            wanted = chance.sample(["identity", "project", "situation"], chance.randrange(1, 4))
            chance.choice([Relay.objects.filter(pk=relay.pk), Consent.objects.filter(pk=consent.pk)]).update(
                categories=wanted
            )


def test_after_any_history_what_is_stored_is_what_is_due(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(3)  # noqa: S311 - a reproducible draw
    episode = make_episode(desk)
    consents = [make_consent(desk, episode) for _ in range(3)]
    relays = [make_draft(desk, episode, RelayKind.JOINT) for _ in range(4)]
    seen = 0
    with constraints_off(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = origin")
        Relay.objects.update(recipient_id=desk.recipient, sent_at=timezone.now())
        for step in range(STEPS):
            random_change(chance, relays, consents, desk)
            for relay in relays:
                assert stored(relay) == due(relay), (step, relay.pk)
                seen += bool(due(relay))
    with capsys.disabled():
        print(f"\n  joint: {STEPS} writes, 4 relays compared after each, {seen} times with an access, 0 differences")
    assert seen > STEPS // 10


def test_a_revocation_shuts_the_file_in_its_own_transaction(desk: Desk) -> None:
    episode = make_episode(desk)
    consent = make_consent(desk, episode)
    relay = make_draft(desk, episode, RelayKind.JOINT)
    with constraints_off(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = origin")
        columns = {"recipient_id": desk.recipient, "adviser_id": desk.chloe.user_id, "consent": consent}
        Relay.objects.filter(pk=relay.pk).update(state="in_progress", sent_at=MONDAY, **columns)
        with acting(desk.chloe):
            assert Person.objects.count() == 1
        Consent.objects.filter(pk=consent.pk).update(revoked_at=MONDAY)
        with acting(desk.chloe):
            assert Person.objects.count() == 0


def test_an_end_that_has_passed_shuts_it_without_anybody(desk: Desk) -> None:
    episode = make_episode(desk)
    now = timezone.now()
    Access.objects.create(
        person=episode.person,
        organisation_id=desk.recipient,
        user_id=desk.chloe.user_id or 0,
        reason="substitute",
        why="congé",
        since=now - timedelta(days=2),
        until=now - timedelta(seconds=1),
    )
    with acting(desk.chloe):
        assert Person.objects.count() == 0
    Access.objects.filter(reason="substitute").update(until=now + timedelta(hours=1))
    with acting(desk.chloe):
        assert Person.objects.count() == 1
