"""The relay as a value, and the pure function that moves it. No clock: every instant is an argument.

The machine itself (who may do what, from where, under which conditions) is data: `journey.core.machine.MACHINE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ensemblier.journey.core.consent import Category, Consent, ConsentChannel, Need, covers
from ensemblier.journey.core.states import (
    FINAL,
    Move,
    Outcome,
    Party,
    Refused,
    RelayKind,
    RelayState,
    View,
)
from ensemblier.journey.core.working_days import NO_MORE_DAYS, add_working_days

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Relay:
    """One request, one person, one recipient. `person`, `source`, `recipient`, `adviser` are numbers of rows.

    `due_on`: last day to act, included. `shown`/`sent`: fingerprints of the text previewed and of the text sent.
    `partner`: who answers by a signed link, without an account. `questions`: how many complements were asked for.
    `attempts`: the means of each try to reach the person.
    """

    kind: RelayKind
    person: int
    source: int
    categories: frozenset[Category]
    state: RelayState = RelayState.DRAFT
    version: int = 0
    offered: tuple[int, ...] = ()
    shown: str = ""
    sent: str = ""
    recipient: int | None = None
    choice_channel: ConsentChannel | None = None
    choice_proof: str = ""
    adviser: int | None = None
    due_on: date | None = None
    answer_due_on: date | None = None
    lease_until: date | None = None
    appointment_at: datetime | None = None
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""
    proposal: str = ""
    outcome: str = ""
    has_lead_moved: bool = False
    partner: str = ""
    questions: int = 0
    is_tripartite: bool = False
    attempts: tuple[str, ...] = ()
    last_key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One attempt. `version`: what the actor had read; `key`: the same for each repetition of one click.

    `others`: local holidays of the recipient's desk. `attempts`: the means used by each try to reach the person.
    """

    move: Move
    party: Party
    at: datetime
    version: int
    key: UUID
    offered: tuple[int, ...] = ()
    shown: str = ""
    recipient: int | None = None
    sent: str = ""
    channel: ConsentChannel | None = None
    proof: str = ""
    adviser: int | None = None
    categories: frozenset[Category] = frozenset()
    appointment_at: datetime | None = None
    reason: str = ""
    proposal: str = ""
    met_at: datetime | None = None
    outcome: str = ""
    is_tripartite: bool = False
    attempts: tuple[str, ...] = ()
    partner: str = ""
    second_person: int | None = None
    others: frozenset[date] = NO_MORE_DAYS

    @property
    def day(self) -> date:
        """The day in France."""
        return self.at.astimezone(PARIS).date()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the machine: a move, the states it leaves, the one it reaches, who, and under which conditions."""

    move: Move
    sources: frozenset[RelayState]
    target: RelayState
    parties: frozenset[Party]
    checks: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Days that a state may last: working days, or days of the calendar."""

    days: int
    is_working: bool = True

    def on(self, day: date, others: frozenset[date] = NO_MORE_DAYS) -> date:
        """The last day to act, counted from that day."""
        return add_working_days(day, self.days, others) if self.is_working else day + timedelta(days=self.days)

    def after(self, act: Act) -> date:
        """The last day to act, counted from the act."""
        return self.on(act.day, act.others)


@dataclass(frozen=True, slots=True)
class Case:
    """What a condition or an effect looks at."""

    relay: Relay
    act: Act
    consent: Consent | None


Check = Callable[[Case], bool]
Effect = Callable[[Case], dict[str, Any]]
Guard = Callable[[Case], Refused | None]


@dataclass(frozen=True, slots=True)
class Machine:
    """Everything that decides, as data, so that a test may change one thing and see it caught."""

    rules: tuple[Rule, ...]
    guards: tuple[Guard, ...]
    checks: Mapping[Refused, Check]
    effects: Mapping[Move, Effect]
    deadlines: Mapping[RelayState, Deadline]
    views: Mapping[RelayState, Mapping[Party, View]]
    revocation: Callable[[Relay], bool]
    rows: Mapping[Move, Rule] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {rule.move: rule for rule in self.rules})


def move(relay: Relay, act: Act, consent: Consent | None, machine: Machine) -> Relay | Refused:
    """The relay after the act, or why not. A repeated key gives back the relay itself, unchanged.

    `consent`: what the person decided for the recipient of the act, as read under lock; None when there is none.
    """
    if act.key == relay.last_key:
        return relay
    case = Case(relay, act, consent)
    for guard in machine.guards:
        if refusal := guard(case):
            return refusal
    rule = machine.rows[act.move]
    if relay.state not in rule.sources:
        return Refused.NOT_FROM_HERE
    if act.party not in rule.parties:
        return Refused.NOT_YOURS
    for name in rule.checks:
        if not machine.checks[name](case):
            return name
    changes: dict[str, Any] = {"state": rule.target, "version": relay.version + 1, "last_key": act.key}
    changes |= _dates(relay, act, rule.target, machine)
    return replace(relay, **(changes | machine.effects.get(act.move, _nothing)(case)))


def _nothing(_: Case) -> dict[str, Any]:
    return {}


def _dates(relay: Relay, act: Act, target: RelayState, machine: Machine) -> dict[str, Any]:
    if target in FINAL:
        return {"due_on": None, "lease_until": None, "ended_at": relay.ended_at or act.at}
    deadline = machine.deadlines.get(target)
    return {"due_on": deadline.after(act) if deadline else None, "lease_until": None}


def need_of(relay: Relay, act: Act) -> Need | None:
    """What consent the act needs: the organisation it goes to, and every category shared once it is done."""
    recipient = relay.recipient or act.recipient
    if recipient is None:
        return None
    return Need(relay.person, recipient, shared_after(relay, act))


def shared_after(relay: Relay, act: Act) -> frozenset[Category]:
    """The categories shared once the act is done: sending may share fewer than were proposed, an answer adds some."""
    if act.move is Move.SEND:
        return act.categories or relay.categories
    return relay.categories | act.categories


def is_narrowed(relay: Relay, act: Act) -> bool:
    """Whether the person sends less than was proposed: the text that counts is then the shorter one she read."""
    return act.move is Move.SEND and bool(act.categories) and act.categories < relay.categories


def clock_move(relay: Relay, day: date, machine: Machine) -> Move | None:
    """What the clock alone does on that day: expire what is overdue, give back what a lease no longer holds."""
    if relay.due_on and relay.due_on < day and relay.state in machine.rows[Move.EXPIRE].sources:
        return Move.EXPIRE
    if relay.lease_until and relay.lease_until < day and relay.state is RelayState.ACKNOWLEDGED:
        return Move.RELEASE
    return None


def lead_organisation(relay: Relay) -> int:
    """Who leads, as far as this relay decides: the recipient once a transfer has met, else the source."""
    return relay.recipient if relay.has_lead_moved and relay.recipient else relay.source


READ_AFTER_END = timedelta(days=30)


def view(relay: Relay, party: Party, consent: Consent | None, at: datetime, machine: Machine) -> View:
    """What a party sees of a relay at that instant; the recipient never more than the number without a live consent."""
    seen = machine.views[relay.state].get(party, View.NOTHING)
    if party is not Party.RECIPIENT or seen in (View.NOTHING, View.STUB):
        return seen
    if relay.recipient is None:
        return View.NOTHING
    is_over = relay.ended_at is not None and at >= relay.ended_at + READ_AFTER_END
    has_consent = covers(consent, Need(relay.person, relay.recipient, relay.categories), at)
    return seen if has_consent and not is_over else View.STUB


def is_tried_enough(attempts: tuple[str, ...], outcome: str) -> bool:
    """Whether a failure may be recorded: somebody unreachable was tried three times, by two means."""
    return outcome != Outcome.UNREACHABLE or (len(attempts) >= 3 and len(set(attempts)) >= 2)
