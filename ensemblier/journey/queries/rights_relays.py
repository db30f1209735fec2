"""The relays of a person, as she reads them: everything, in every state, with what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from ensemblier.directory.models import NetworkMembership, Organisation
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.explained import KeptDoor, Why, door_of, kept_doors
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.packets import Envelope, Packet, envelope_of, letter
from ensemblier.journey.core.states import OPEN, RelayKind, RelayState
from ensemblier.journey.models import Relay, RelayEvent, RelayMessage
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.queries.rules import rule_book


@dataclass(frozen=True, slots=True)
class OfferedDoor:
    """One structure she may choose. `why`: what `routing` said of it that day, with the texts of law; empty for one
    that was looked for by its name. `is_express`: the law made this door for her situation."""

    organisation_id: int
    name: str
    phone: str
    why: tuple[Why, ...] = ()
    is_express: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a relay."""

    state: RelayState
    at: datetime
    is_hers: bool


@dataclass(frozen=True, slots=True)
class MyMessage:
    """One message that is for her too."""

    who: str
    text: str
    at: datetime
    is_hers: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What is shared under one category, word for word. `added_at`: when, if it was added after the sending."""

    category: Category
    text: str
    added_at: datetime | None = None

    @property
    def is_complement(self) -> bool:
        """Whether it was added after the sending."""
        return self.added_at is not None


@dataclass(frozen=True, slots=True)
class MyRelay:
    """A relay as the person sees it: whole."""

    herself: PersonHerself
    uid: UUID
    version: int
    kind: RelayKind
    state: RelayState
    source: str
    source_adviser: str
    recipient: str
    adviser: str
    need: str
    envelope: Envelope
    summary: str
    parts: tuple[Part, ...]
    categories: frozenset[Category]
    due_on: date | None
    appointment_at: datetime | None
    met_at: datetime | None
    ended_at: datetime | None
    reason: str
    proposal: str
    outcome: str
    consent_uid: UUID | None
    has_opinion: bool
    offered: tuple[int, ...] = ()
    recipient_id: int | None = None
    is_explained: bool = False
    doors: tuple[OfferedDoor, ...] = ()
    steps: tuple[Step, ...] = ()
    messages: tuple[MyMessage, ...] = ()

    @property
    def door_chosen(self) -> OfferedDoor | None:
        """The door that she chose, when it is known why it was shown to her."""
        return next((door for door in self.doors if door.organisation_id == self.recipient_id and door.why), None)

    @property
    def awaits_her(self) -> bool:
        """Whether nothing happens before she decides."""
        return self.state is RelayState.AWAITING_PERSON

    @property
    def door_count(self) -> int:
        """How many doors she may choose from."""
        return len(self.offered)

    @property
    def asks_her(self) -> bool:
        """Whether somebody waits for a precision that she may give."""
        return self.state is RelayState.INFO_REQUESTED and any(not message.is_hers for message in self.messages)

    @property
    def is_open(self) -> bool:
        """Whether she may still stop it."""
        return self.state in OPEN

    def letter(self, categories: frozenset[Category]) -> str:
        """The whole text that goes when she shares these categories, as the fingerprint holds it."""
        kept = [part for part in self.parts if not part.is_complement and part.category in categories]
        return letter(self.envelope, self.summary, [Packet(part.category, part.text) for part in kept])

    def words_of(self, category: Category) -> str:
        """What this category says, word for word; "" when it stands alone."""
        return next((part.text for part in self.parts if part.category is category), "")

    @property
    def asks_opinion(self) -> bool:
        """Whether the two questions are asked: it was accepted by somebody, it ended, she has not answered."""
        return self.state in (RelayState.COMPLETED, RelayState.FAILED) and not self.has_opinion


def my_relays(herself: Iterable[PersonHerself], *, at: datetime) -> tuple[MyRelay, ...]:
    """All her relays: those that wait for her first, then the open ones, then the latest ended. Drafts are not shown:
    her adviser is still writing."""
    found: list[MyRelay] = []
    for one in herself:
        with acting(one):
            rows = _rows(one).exclude(state=RelayState.DRAFT.value)
            found += [_view(row, one) for row in rows]
            note(one, Act.LIST_RELAYS, person_id=one.person_id, at=at)
    return tuple(sorted(found, key=_order))


def my_relay(herself: Iterable[PersonHerself], uid: UUID, *, at: datetime) -> MyRelay:
    """One relay of hers, with the doors offered and what happened. Raises NotFound for anybody else's."""
    for one in herself:
        with acting(one):
            row = _rows(one).exclude(state=RelayState.DRAFT.value).filter(uid=uid).first()
            if row is not None:
                note(one, Act.READ_RELAY, person_id=one.person_id, subject="relay", subject_uid=uid, at=at)
                return _view(row, one, doors=_doors(row))
    raise NotFound("Ce relais n’existe pas.")


def _rows(one: PersonHerself) -> QuerySet[Relay]:
    for_her = RelayMessage.objects.filter(is_for_person=True).select_related("organisation").order_by("at", "pk")
    messages = Prefetch("messages", queryset=for_her, to_attr="for_her")
    steps = Prefetch("events", queryset=RelayEvent.objects.order_by("version"))
    return (
        Relay.objects.filter(person_id=one.person_id)
        .select_related("source", "source_adviser", "recipient", "adviser", "consent", "opinion")
        .prefetch_related(steps, "packets", messages)
        .order_by("-created_at", "-pk")
    )


def _view(row: Relay, one: PersonHerself, doors: tuple[OfferedDoor, ...] = ()) -> MyRelay:
    envelope = envelope_of(row.envelope)
    return MyRelay(
        herself=one,
        uid=row.uid,
        version=row.version,
        kind=RelayKind(row.kind),
        state=RelayState(row.state),
        source=row.source.name,
        source_adviser=row.source_adviser.name,
        recipient=row.recipient.name if row.recipient else "",
        adviser=row.adviser.name if row.adviser else row.partner,
        need=envelope.need,
        envelope=envelope,
        summary=row.summary,
        parts=_parts(row),
        categories=frozenset(map(Category, row.categories)),
        due_on=row.due_on,
        appointment_at=row.appointment_at,
        met_at=row.met_at,
        ended_at=row.ended_at,
        reason=row.reason,
        proposal=row.proposal,
        outcome=row.outcome,
        consent_uid=row.consent.uid if row.consent else None,
        has_opinion=hasattr(row, "opinion"),
        offered=tuple(row.offered),
        recipient_id=row.recipient_id,
        is_explained=bool(kept_doors(row.routing)),
        doors=doors,
        messages=tuple(_message(each) for each in row.for_her),  # type: ignore[attr-defined]
        steps=tuple(Step(RelayState(event.to_state), event.at, event.party == "person") for event in row.events.all()),
    )


def _message(row: RelayMessage) -> MyMessage:
    who = row.organisation.name if row.organisation else ""
    return MyMessage(who or row.author_label, row.text, row.at, row.party == "person")


def _parts(row: Relay) -> tuple[Part, ...]:
    order = list(Category)
    moments = {event.version: event.at for event in row.events.all()}
    packets = sorted(row.packets.all(), key=lambda p: (p.since_version, order.index(Category(p.category))))
    return tuple(Part(Category(p.category), p.text, moments.get(p.since_version)) for p in packets)


def _doors(row: Relay) -> tuple[OfferedDoor, ...]:
    """The structures offered, in the order in which they were shown."""
    names = Organisation.objects.in_bulk(row.offered)
    doors, on = kept_doors(row.routing), str(row.routing.get("on", ""))
    operators = _operators(row.offered, on) if any(door.organisations is None for door in doors) else {}
    return tuple(
        _offered(names[pk], door_of(doors, pk, operators.get(pk, ())), on) for pk in row.offered if pk in names
    )


def _operators(organisations: Iterable[int], on: str) -> dict[int, set[str]]:
    """Which operators each structure is, for relays written before the structures behind a door were kept."""
    held = valid_on(date.fromisoformat(on)) if on else Q()
    rows = NetworkMembership.objects.filter(held, organisation__in=list(organisations)).exclude(network__role="")
    found: dict[int, set[str]] = {}
    for organisation, role in rows.order_by("pk").values_list("organisation_id", "network__role"):
        found.setdefault(organisation, set()).add(role)
    return found


def _offered(one: Organisation, door: KeptDoor | None, on: str) -> OfferedDoor:
    if door is None:
        return OfferedDoor(one.pk, one.name, one.phone)
    return OfferedDoor(one.pk, one.name, one.phone, door.why or _looked_up(door, on), door.is_express)


def _looked_up(door: KeptDoor, on: str) -> tuple[Why, ...]:
    """The words of the rules that a relay kept by their names alone, as they were in force on its day."""
    if not door.rules or not on:
        return ()
    day = date.fromisoformat(on)
    rules = {rule.id: rule for rule in rule_book(read_on=day, in_force_on=day).rules}
    known = (rules[each] for each in door.rules if each in rules)
    return tuple(Why(r.id, r.plain_fr, r.plain_en, " ; ".join(text.citation for text in r.texts)) for r in known)


def _order(relay: MyRelay) -> tuple[int, float]:
    rank = 0 if relay.awaits_her else 1 if relay.is_open else 2
    moment = relay.steps[-1].at if relay.steps else None
    return rank, -(moment.timestamp() if moment else 0)
