"""A small world under Hypothesis: two relays of Awa, her consents, a clock, and people who try anything."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ensemblier.journey.core.consent import Category, Consent, ConsentChannel
from ensemblier.journey.core.relay import PARIS, Act, Machine, Relay, clock_move, lead_organisation, move, view
from ensemblier.journey.core.states import Party, Refused, RelayKind, View
from tests.journey.core import oracle
from tests.journey.core.walk import AWA, CHLOE, RECIPIENT, SHARED, SOURCE, right_act

START = datetime(2026, 3, 25, 22, 30, tzinfo=UTC)
BAD: tuple[tuple[str, dict[str, Any]], ...] = tuple((name, changes) for name, changes, _ in oracle.BAD)
SPACE = UUID(int=1)


class World(RuleBasedStateMachine):
    """Rules try; every assertion is written here by hand. `machine` is set by the test that runs it."""

    machine: Machine
    attempts = 0
    made = 0
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        World.steps -= 1  # what must hold is looked at once before the first step
        self.now = START
        self.tries = 0
        self.relays = [self.draft(RelayKind.TRANSFER), self.draft(RelayKind.REFERRAL)]
        self.moves = [0, 0]
        self.asked = [0, 0]
        self.last: list[tuple[Act, Relay] | None] = [None, None]
        self.consent: Consent | None = None

    def draft(self, kind: RelayKind) -> Relay:
        due = (self.now + timedelta(days=30)).astimezone(PARIS).date()
        return Relay(kind=kind, person=AWA, source=SOURCE, categories=SHARED, due_on=due)

    def has_consent(self, relay: Relay, act: Act) -> bool:
        consent = self.consent
        if consent is None or consent.revoked_at is not None or not consent.given_at <= act.at < consent.ends_at:
            return False
        wanted = relay.categories | act.categories
        return (relay.recipient or act.recipient) == consent.organisation and wanted <= consent.categories

    @rule(days=st.integers(1, 6), health=st.booleans())
    def consents(self, days: int, health: bool) -> None:
        shared = SHARED | ({Category.HEALTH} if health else set())
        self.consent = Consent(AWA, RECIPIENT, frozenset(shared), self.now, self.now + timedelta(days=days * 9))

    @rule(hours=st.integers(1, 90))
    def waits(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(which=st.integers(0, 1), pick=st.integers(0, 999))
    def tries_what_may_be(self, which: int, pick: int) -> None:
        state = self.relays[which].state
        may = [(n, p) for n in oracle.MOVES for p in oracle.PARTIES if oracle.expected(n, p, state, True)]
        forward = [pair for pair in may if pair[0] not in ("withdraw", "mark_error", "cancel")]
        if forward:
            self.attempt(which, *forward[pick % len(forward)], {})
        elif pick % 5 == 0:
            # Both are over: another pair of requests begins.
            self.relays[which] = self.draft(RelayKind.TRANSFER if pick % 2 else RelayKind.REFERRAL)
            self.moves[which], self.asked[which], self.last[which] = 0, 0, None

    @rule(which=st.integers(0, 1), name=st.sampled_from(oracle.MOVES), party=st.sampled_from(oracle.PARTIES))
    def tries_anything(self, which: int, name: str, party: str) -> None:
        self.attempt(which, name, party, {})

    @rule(which=st.integers(0, 1), bad=st.sampled_from(BAD), party=st.sampled_from(oracle.PARTIES))
    def tries_badly(self, which: int, bad: tuple[str, dict[str, Any]], party: str) -> None:
        name, changes = bad
        before = self.relays[which]
        if name == "send" and before.shown and "shown" in changes:
            return
        if "proof" in changes and party != "paper":
            return
        allowed = oracle.expected(name, party, before.state, True)
        if allowed and not (name == "give_info" and self.consent and Category.HEALTH in self.consent.categories):
            assert isinstance(self.moved(which, name, party, changes), Refused), (name, changes)

    @rule(which=st.integers(0, 1), name=st.sampled_from(oracle.MOVES), party=st.sampled_from(oracle.PARTIES))
    def tries_from_an_old_page(self, which: int, name: str, party: str) -> None:
        relay = self.relays[which]
        if relay.version:
            assert isinstance(self.moved(which, name, party, {"version": relay.version - 1}), Refused)

    @rule(which=st.integers(0, 1))
    def repeats_the_last_click(self, which: int) -> None:
        if last := self.last[which]:
            after = move(self.relays[which], last[0], self.consent, self.machine)
            assert after is self.relays[which] or after is Refused.STALE

    @rule()
    def revokes(self) -> None:
        if self.consent is None or self.consent.revoked_at:
            return
        self.consent = replace(self.consent, revoked_at=self.now)
        for which, relay in enumerate(self.relays):
            if relay.recipient and self.machine.revocation(relay):
                self.attempt(which, "withdraw", "person", {})
        assert all(relay.state in oracle.FINAL for relay in self.relays if relay.recipient)

    @rule()
    def the_clock_runs(self) -> None:
        day = self.now.astimezone(PARIS).date()
        for which in (0, 1):
            for _ in range(2):
                if step := clock_move(self.relays[which], day, self.machine):
                    self.attempt(which, step.value, "clock", {})
            relay = self.relays[which]
            is_late = relay.due_on is not None and relay.due_on < day
            assert not is_late or relay.state == "draft", "still open after its deadline"

    def moved(self, which: int, name: str, party: str, changes: dict[str, Any]) -> Relay | Refused:
        self.tries += 1
        World.attempts += 1
        relay = self.relays[which]
        soon, key = self.now + timedelta(hours=5), uuid5(SPACE, f"{which} {self.tries}")
        past = self.now - timedelta(seconds=1)
        fields: dict[str, Any] = {"at": self.now, "key": key, "appointment_at": soon, "met_at": past, **changes}
        act = right_act(name, party, relay, **fields)
        after = move(relay, act, self.consent, self.machine)
        if isinstance(after, Relay):
            self.check(which, relay, act, after)
            self.relays[which], self.last[which] = after, (act, after)
            self.moves[which] += 1
            World.made += 1
        return after

    def attempt(self, which: int, name: str, party: str, changes: dict[str, Any]) -> None:
        self.now += timedelta(seconds=2)
        before = self.relays[which]
        after = self.moved(which, name, party, changes)
        must = oracle.expected(name, party, before.state, True)
        if name in ("withdraw", "cancel") and must:
            assert isinstance(after, Relay), f"{name} must always be possible here"

    def check(self, which: int, before: Relay, act: Act, after: Relay) -> None:
        """What must hold of a move that was made."""
        name, party = act.move.value, act.party.value
        assert after.state == oracle.expected(name, party, before.state, self.has_consent(before, act)), (name, party)
        assert act.version == before.version
        assert after.version == before.version + 1 == self.moves[which] + 1
        day = act.at.astimezone(PARIS).date()
        self.asked[which] += name == "request_info"
        assert self.asked[which] <= 2, "asked for ever"
        if name == "expire":
            assert before.due_on is not None and before.due_on < day
        if (name, party) == ("release", "clock"):
            assert before.lease_until is not None and before.lease_until < day
        if name == "release":
            assert before.due_on and after.due_on and after.due_on <= before.due_on
            assert after.due_on == before.answer_due_on
        led = lead_organisation(after)
        if led != lead_organisation(before):
            starts = name == "meet" and before.kind == "transfer" and led == RECIPIENT
            assert starts or (name in ("fail", "withdraw", "mark_error") and led == SOURCE)

    @invariant()
    def holds(self) -> None:
        World.steps += 1
        for relay in self.relays:
            state = relay.state.value
            if state in ("sent", "acknowledged", "info_requested", "accepted", "in_progress", "completed", "declined"):
                assert relay.recipient in relay.offered and relay.sent == relay.shown != "" and relay.choice_channel
                assert relay.choice_channel is not ConsentChannel.PAPER or relay.choice_proof
            if state in oracle.STATES[:6]:
                assert relay.due_on is not None, "waits without a deadline"
            if state in ("accepted", "in_progress", "completed"):
                assert (
                    relay.adviser == CHLOE
                    and relay.sent_at
                    and relay.accepted_at
                    and relay.sent_at <= relay.accepted_at
                )
            if state in ("in_progress", "completed"):
                assert relay.accepted_at and relay.met_at and relay.accepted_at < relay.met_at
                assert lead_organisation(relay) == (RECIPIENT if relay.kind == "transfer" else SOURCE)
            elif state != "completed":
                assert lead_organisation(relay) == SOURCE
            if state == "completed":
                assert relay.met_at and relay.ended_at and relay.met_at < relay.ended_at
            if state == "declined":
                assert relay.reason and relay.proposal
            self.sees_what_it_may(relay)

    def sees_what_it_may(self, relay: Relay) -> None:
        """The recipient: nothing before it is sent, an envelope, then the summary while a consent lives."""
        seen = view(relay, Party.RECIPIENT, self.consent, self.now, self.machine)
        lives = self.consent is not None and self.consent.revoked_at is None and self.now < self.consent.ends_at
        if relay.state in ("draft", "awaiting_person"):
            assert seen is View.NOTHING
        elif relay.state in oracle.FINAL[1:] or not lives:
            assert seen in (View.NOTHING, View.STUB)
        elif relay.state == "sent":
            assert seen in (View.ENVELOPE, View.STUB)


def world_of(machine: Machine) -> type[World]:
    """The world on this machine."""
    return type("WorldOf", (World,), {"machine": machine})


def random_life(machine: Machine, rng: Random, steps: int) -> None:
    """The same rules without Hypothesis, a hundred times faster: what may be done most often, the rest now and then."""
    world = world_of(machine)()
    for _ in range(steps):
        which, name, party = rng.randrange(2), rng.choice(oracle.MOVES), rng.choice(oracle.PARTIES)
        chance = rng.random()
        if chance < 0.55:
            world.tries_what_may_be(which, rng.randrange(1000))
        elif chance < 0.63:
            world.consents(rng.randint(1, 6), rng.random() < 0.3)
        elif chance < 0.71:
            world.waits(rng.randint(1, 90))
        elif chance < 0.79:
            world.tries_anything(which, name, party)
        elif chance < 0.87:
            world.tries_badly(which, rng.choice(BAD), party)
        elif chance < 0.92:
            world.tries_from_an_old_page(which, name, party)
        elif chance < 0.96:
            world.repeats_the_last_click(which)
        elif chance < 0.98:
            world.the_clock_runs()
        else:
            world.revokes()
        world.holds()
