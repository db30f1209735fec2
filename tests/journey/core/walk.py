"""Every state × move × actor × consent against the oracle. Returns what differs, and counts what it tried."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from ensemblier.journey.core.consent import Category, Consent, ConsentChannel, Purpose
from ensemblier.journey.core.relay import Act, Machine, Relay, move, view
from ensemblier.journey.core.states import Move, Party, RelayKind, RelayState
from tests.journey.core import oracle

SOURCE, RECIPIENT, AWA, CHLOE = 1, 2, 10, 20
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SHARED = frozenset({Category.IDENTITY, Category.PROJECT})
LIVE = Consent(AWA, RECIPIENT, SHARED, NOW - timedelta(days=30), NOW + timedelta(days=200))
CONSENTS: dict[str, Consent | None] = {
    "live": LIVE,
    "none": None,
    "revoked": replace(LIVE, revoked_at=NOW - timedelta(hours=1)),
    "ended": replace(LIVE, ends_at=NOW),
    "not begun": replace(LIVE, given_at=NOW + timedelta(seconds=1)),
    "for another organisation": replace(LIVE, organisation=3),
    "of another person": replace(LIVE, person=11),
    "narrower": replace(LIVE, categories=frozenset({Category.IDENTITY})),
    "for another purpose": replace(LIVE, purpose=Purpose.EVALUATION),
}
KEY = UUID(int=7)


@dataclass
class Walk:
    """What one walk found."""

    legal: int = 0
    refused: int = 0
    reached: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def relay_in(state: str, kind: RelayKind = RelayKind.TRANSFER) -> Relay:
    """A relay that may stand in that state, written by hand: overdue since yesterday, so that the clock may act."""
    fields: dict[str, Any] = {"due_on": date(2026, 11, 20), "version": 4}
    step = oracle.STATES.index(state)
    if state != "draft":
        fields |= {"offered": (RECIPIENT, 3), "shown": "text"}
    if step >= 2 and state not in ("cancelled", "withdrawn", "expired"):
        fields |= {"recipient": RECIPIENT, "sent": "text", "choice_channel": ConsentChannel.ACCOUNT}
        fields |= {"sent_at": NOW - timedelta(days=9), "answer_due_on": date(2026, 11, 20)}
    if state in ("acknowledged", "info_requested"):
        fields |= {"adviser": CHLOE, "lease_until": date(2026, 11, 18)}
    if state in ("accepted", "in_progress", "completed", "failed"):
        fields |= {"adviser": CHLOE, "accepted_at": NOW - timedelta(days=6)}
    if state in ("in_progress", "completed"):
        fields |= {"met_at": NOW - timedelta(days=2), "has_lead_moved": kind is RelayKind.TRANSFER, "due_on": None}
    if state in oracle.FINAL:
        fields |= {"ended_at": NOW - timedelta(days=1), "due_on": None, "recipient": RECIPIENT}
    return Relay(kind=kind, person=AWA, source=SOURCE, categories=SHARED, state=RelayState(state), **fields)


def right_act(name: str, party: str, relay: Relay, **changes: Any) -> Act:
    """An act in which everything is right."""
    fields: dict[str, Any] = {
        "offered": (RECIPIENT, 3),
        "shown": "text",
        "recipient": RECIPIENT,
        "sent": "text",
        "channel": ConsentChannel.PAPER if party == "paper" else ConsentChannel.ACCOUNT,
        "proof": "classeur 3" if party == "paper" else "",
        "adviser": CHLOE,
        "appointment_at": NOW + timedelta(days=2),
        "reason": "full",
        "proposal": "none_known",
        "met_at": NOW - timedelta(hours=2),
        "outcome": "unreachable" if name == "fail" else "support_begun",
        "attempts": ("phone", "phone", "email"),
        "second_person": 21,
    }
    given: dict[str, Any] = {"move": Move(name), "party": Party(party), "at": NOW, "version": relay.version, "key": KEY}
    return Act(**(given | fields | changes))


def walk(machine: Machine) -> Walk:
    """All that can be tried, on this machine."""
    found = Walk()
    for state in oracle.STATES:
        for name in oracle.MOVES:
            for party in oracle.PARTIES:
                for label, consent in CONSENTS.items():
                    _try(found, machine, (state, name, party), label, consent)
    _try_bad(found, machine)
    _try_views(found, machine)
    _try_questions(found, machine)
    if found.reached != set(oracle.STATES) - {"draft"}:
        found.faults.append(f"never reached: {set(oracle.STATES) - found.reached}")
    return found


def _try(found: Walk, machine: Machine, at: tuple[str, str, str], label: str, consent: Consent | None) -> None:
    state, name, party = at
    relay = relay_in(state)
    after = move(relay, right_act(name, party, relay), consent, machine)
    expected = oracle.expected(name, party, state, label == "live")
    if expected is None:
        found.refused += 1
        if isinstance(after, Relay):
            found.faults.append(f"{name} by {party} from {state} with consent {label}: must be refused")
        return
    found.legal += 1
    found.reached.add(expected)
    if not isinstance(after, Relay) or after.state != expected:
        found.faults.append(f"{name} by {party} from {state} with consent {label}: {after} instead of {expected}")
    elif after.version != relay.version + 1:
        found.faults.append(f"{name}: the version does not count the move")


def _try_bad(found: Walk, machine: Machine) -> None:
    for name, changes, refusal in oracle.BAD:
        for state in oracle.STATES:
            for party in oracle.PARTIES:
                if oracle.expected(name, party, state, True) is None:
                    continue
                if "proof" in changes and party != "paper":
                    continue
                relay = relay_in(state)
                after = move(relay, right_act(name, party, relay, **changes), LIVE, machine)
                found.refused += 1
                if after != refusal:
                    found.faults.append(f"{name} by {party} from {state} with {changes}: {after}, not {refusal}")


def _try_questions(found: Walk, machine: Machine) -> None:
    """Two questions are answered, a third is refused: a relay is not kept waiting for ever."""
    relay = relay_in("acknowledged")
    for count, name in enumerate(("request_info", "give_info") * 3):
        party = "recipient" if name == "request_info" else "source"
        after = move(relay, right_act(name, party, relay, key=UUID(int=100 + count)), LIVE, machine)
        if isinstance(after, Relay) != (count < 4):
            found.faults.append(f"question {count // 2 + 1}: {after}")
        if not isinstance(after, Relay):
            return
        relay = after


def _try_views(found: Walk, machine: Machine) -> None:
    for state, rows in oracle.VIEWS.items():
        for party, seen in zip(("person", "source", "recipient", "outsider"), rows, strict=True):
            for label, consent in CONSENTS.items():
                closes = party == "recipient" and label != "live" and seen in ("envelope", "summary")
                shown = view(relay_in(state), Party(party), consent, NOW, machine)
                if shown != ("stub" if closes else seen):
                    found.faults.append(f"{party} sees {shown} of {state} with consent {label}")
