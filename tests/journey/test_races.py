"""Races on the real database: eight actors on one relay, and a revocation against an acceptance and a new relay.

The naive variant of each stands here too, and must lose: else the race proves nothing.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from threading import Barrier, Lock
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, models
from psycopg.errors import DeadlockDetected

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import withdraw_consent, withdraw_relay
from ensemblier.journey.actions.extensions import extend_sharing
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import Names, with_names
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.states import DeclineReason, RelayKind
from ensemblier.journey.models import Access, Consent, Episode, Lead, Person, Relay, RelayEvent, RelayPacket
from ensemblier.kernel.errors import DomainError
from tests.factories.copies import copy_rows
from tests.factories.journey import (
    MONDAY,
    SUMMARY,
    Desk,
    make_consent,
    make_desk_of_two,
    make_draft,
    make_episode,
    send_by_awa,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
IS_SOAK = bool(os.environ.get("ENSEMBLIER_SOAK"))
# ENSEMBLIER_RACES: another number of races, when there is less time than ten thousand take.
RELAYS = int(os.environ.get("ENSEMBLIER_RACES") or (10_000 if IS_SOAK else 60))
NAIVE = 60
LATER = MONDAY + timedelta(days=10)
_TEXT = text_on(MONDAY.date())
READ = with_names(_TEXT, Names("A", "B", "c", "d"), [category for category, _ in _TEXT.lines])
"""What Awa reads before she lets a sharing go on."""


@dataclass
class Race:
    """Actors that all leave at once, relay after relay."""

    pool: ThreadPoolExecutor
    barrier: Barrier
    deadlocks: int = 0
    counting: Lock = field(default_factory=Lock)

    def run(self, actors: list[Callable[[], object]]) -> None:
        """Every actor in a thread of its own; a refusal is a normal end, anything else is a failure."""
        list(self.pool.map(self._one, actors))

    def _one(self, actor: Callable[[], object]) -> None:
        self.barrier.wait(timeout=60)
        try:
            actor()
        except DomainError:
            pass
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
            # PostgreSQL ended it: only the unlocked variant may come to that (the others assert it).
            with self.counting:
                self.deadlocks += 1


def _race(actors: int) -> Iterator[Race]:
    with ThreadPoolExecutor(actors) as pool:
        yield Race(pool, Barrier(actors))
        # Each thread closes the connection that it opened: all wait for each other, so that none does it twice.
        together = Barrier(actors)
        list(pool.map(lambda _: _close(together), range(actors)))


def _close(together: Barrier) -> None:
    together.wait(timeout=60)
    connection.close()


@pytest.fixture
def eight() -> Iterator[Race]:
    yield from _race(8)


@pytest.fixture
def three() -> Iterator[Race]:
    yield from _race(3)


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


OF_A_FILE = (Person, Episode, Lead, Access, Consent, Relay, RelayEvent, RelayPacket)
"""What the actions of a file at its beginning leave in the tables, besides lines of the journal and messages."""


def sent_relays(desk: Desk, count: int) -> list[Relay]:
    """Relays that wait on Chloé's desk, each with its own file and consent: made once, then copied."""
    episode = make_episode(desk)
    relay = make_draft(desk, episode, RelayKind.REFERRAL)
    send_by_awa(desk, relay, make_consent(desk, episode))
    copy_rows(OF_A_FILE, count - 1)
    rows = list(Relay.objects.order_by("pk"))
    assert len(rows) == count
    return rows


def actors_on(desk: Desk, relay: Relay) -> list[Callable[[], object]]:
    """Eight people who all read the relay as it was sent, and act at once."""

    def order() -> Order:
        return Order(relay.uid, relay.version, uuid4(), LATER)

    def accepts() -> object:
        return relays.accept(order(), by=desk.chloe, appointment_at=LATER + timedelta(days=1))

    def declines() -> object:
        return relays.decline(order(), by=desk.chloe, reason=DeclineReason.FULL, proposal="none_known")

    return [
        *(accepts, accepts, accepts, declines, declines),
        lambda: relays.cancel(order(), by=desk.bruno),
        lambda: relays.expire(order()),
        lambda: withdraw_relay(order(), by=PersonHerself(relay.person_id)),
    ]


ANSWERS = ("accept", "decline", "cancel", "expire")


def double_outcomes(ids: list[int]) -> Counter[str]:
    """What must never be: two answers, a hole in the versions, a state that is not the last move's."""
    found: Counter[str] = Counter()
    for relay in Relay.objects.filter(pk__in=ids):
        events = list(RelayEvent.objects.filter(relay=relay).order_by("version"))
        answers = [event.move for event in events if event.move in ANSWERS]
        found["two answers"] += len(answers) > 1
        found["hole"] += [event.version for event in events] != list(range(1, relay.version + 1))
        found["other state"] += events[-1].to_state != relay.state
        found["person overwritten"] += relay.state != "withdrawn" and any(e.move == "withdraw" for e in events)
    return +found


def test_eight_actors_on_one_relay_leave_one_answer(
    desk: Desk, eight: Race, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sent_relays(desk, RELAYS)
    for relay in rows:
        eight.run(actors_on(desk, relay))
    found = double_outcomes([relay.pk for relay in rows])
    moves = Counter(RelayEvent.objects.exclude(move="send").order_by("pk").values_list("move", flat=True))
    with capsys.disabled():
        print(f"\n  {RELAYS} relays × 8 actors: {sum(found.values())} double outcomes; moves made: {dict(moves)}")
    assert (found, eight.deadlocks) == (Counter(), 0)
    assert moves["withdraw"] + sum(moves[name] for name in ANSWERS) >= RELAYS


def test_the_naive_variant_gives_two_answers(desk: Desk, eight: Race, capsys: pytest.CaptureFixture[str]) -> None:
    """Read the state, find it right, write: what everybody writes first."""
    rows = sent_relays(desk, NAIVE)
    done: list[int] = []

    def answers(relay: Relay) -> None:
        if Relay.objects.filter(pk=relay.pk, state="sent").exists():
            Relay.objects.filter(pk=relay.pk).update(
                state="accepted", adviser_id=desk.chloe.user_id, version=models.F("version") + 1, accepted_at=LATER
            )
            done.append(relay.pk)

    for relay in rows:
        accepting: list[Callable[[], object]] = [partial(answers, relay)] * 8
        eight.run(accepting)
    double = sum(count > 1 for count in Counter(done).values())
    with capsys.disabled():
        print(f"\n  naive variant: {double} double acceptances on {NAIVE} relays")
    assert double > 0


def open_on_revoked() -> int:
    """Open relays that rest on a consent which the person has stopped."""
    return Relay.objects.filter(ended_at__isnull=True, consent__revoked_at__isnull=False).count()


def test_a_revocation_wins_against_an_acceptance_and_a_new_relay(
    desk: Desk, three: Race, capsys: pytest.CaptureFixture[str]
) -> None:
    for actors in threes_on_one_consent(desk, RELAYS):
        three.run(actors)
    moves = Counter(RelayEvent.objects.filter(at=LATER).order_by("pk").values_list("move", flat=True))
    with capsys.disabled():
        print(
            f"\n  {RELAYS} × revoke ∥ accept ∥ new relay: {open_on_revoked()} open on a revoked consent; {dict(moves)}"
        )
    assert (open_on_revoked(), three.deadlocks) == (0, 0)
    assert Consent.objects.filter(revoked_at__isnull=True).count() == 0


def threes_on_one_consent(desk: Desk, count: int) -> Iterator[list[Callable[[], object]]]:
    """The person stops a sharing, while a relay that rests on it is accepted and another is sent on it."""
    episode = make_episode(desk)
    old = make_draft(desk, episode, RelayKind.REFERRAL)
    send_by_awa(desk, old, make_consent(desk, episode))
    make_draft(desk, episode, RelayKind.JOINT)
    copy_rows(OF_A_FILE, count - 1)
    rows = list(Relay.objects.select_related("consent").order_by("person", "pk"))
    assert len(rows) == 2 * count
    for old, new in zip(rows[::2], rows[1::2], strict=True):
        yield three_on_one_consent(desk, old, new)


def three_on_one_consent(desk: Desk, old: Relay, new: Relay) -> list[Callable[[], object]]:
    assert old.consent is not None
    awa, consent = PersonHerself(old.person_id), old.consent.uid
    choice = relays.Choice(desk.recipient, consent, SUMMARY, offered=(desk.recipient,))
    accept = Order(old.uid, old.version, uuid4(), LATER)
    send = Order(new.uid, new.version, uuid4(), LATER)
    return [
        lambda: withdraw_consent(consent, by=awa, at=LATER),
        lambda: relays.accept(accept, by=desk.chloe, appointment_at=LATER + timedelta(days=1)),
        lambda: relays.send(send, by=awa, choice=choice),
    ]


def test_a_stop_wins_against_an_extension_of_the_same_sharing(
    desk: Desk, three: Race, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two tabs and a message's link: she lets it go on in one, stops it in the others. Nothing is left open."""
    episode = make_episode(desk)
    send_by_awa(desk, make_draft(desk, episode, RelayKind.JOINT), make_consent(desk, episode))
    copy_rows(OF_A_FILE, NAIVE - 1)
    rows = list(Consent.objects.order_by("pk"))
    for row in rows:
        three.run(extension_and_stops(row))
    extended = Consent.objects.filter(extends__isnull=False).count()
    with capsys.disabled():
        print(f"\n  {NAIVE} × extend ∥ stop ∥ stop: {open_on_revoked()} open on a revoked consent; {extended} extended")
    assert (open_on_revoked(), three.deadlocks) == (0, 0)
    assert Consent.objects.filter(revoked_at__isnull=True).count() == 0
    assert Relay.objects.filter(ended_at__isnull=True).count() == 0
    assert len(rows) == NAIVE


def extension_and_stops(row: Consent) -> list[Callable[[], object]]:
    awa = PersonHerself(row.person_id)
    return [
        lambda: extend_sharing(row.uid, readable=READ, is_explicit_on_health=True, by=awa, at=LATER),
        lambda: withdraw_consent(row.uid, by=awa, at=LATER),
        lambda: withdraw_consent(row.uid, by=awa, at=LATER + timedelta(seconds=1)),
    ]


def test_without_the_lock_a_relay_stays_open_on_a_revoked_consent(
    desk: Desk, three: Race, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same actions, the consent read without its lock: the write skew shows."""
    monkeypatch.setattr("ensemblier.journey.actions.moves.share_consents", lambda _: None)
    for actors in threes_on_one_consent(desk, NAIVE):
        three.run(actors)
    left = open_on_revoked()
    with capsys.disabled():
        print(f"\n  without the lock: {left} relays open on a revoked consent, of {NAIVE} races")
    assert left > 0
