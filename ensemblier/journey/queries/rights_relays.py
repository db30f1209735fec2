"""The relays of a person, as she reads them: everything, in every state, with what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from ensemblier.directory.models import Organisation
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.packets import Envelope, Packet, envelope_of, letter
from ensemblier.journey.core.states import OPEN, RelayKind, RelayState
from ensemblier.journey.models import Relay, RelayEvent, RelayMessage
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class OfferedDoor:
    """One structure she may choose. `why`: what `routing` said of it that day."""

    organisation_id: int
    name: str
    phone: str
    why: str = ""


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
    """What is shared under one category, word for word. `is_complement`: it was added after the sending."""

    category: Category
    text: str
    is_complement: bool


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
    doors: tuple[OfferedDoor, ...] = ()
    steps: tuple[Step, ...] = ()
    messages: tuple[MyMessage, ...] = ()

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
        doors=doors,
        messages=tuple(_message(each) for each in row.for_her),  # type: ignore[attr-defined]
        steps=tuple(Step(RelayState(event.to_state), event.at, event.party == "person") for event in row.events.all()),
    )


def _message(row: RelayMessage) -> MyMessage:
    who = row.organisation.name if row.organisation else ""
    return MyMessage(who or row.author_label, row.text, row.at, row.party == "person")


def _parts(row: Relay) -> tuple[Part, ...]:
    order = list(Category)
    parts = [Part(Category(p.category), p.text, bool(p.since_version)) for p in row.packets.all()]
    return tuple(sorted(parts, key=lambda part: order.index(part.category)))


def _doors(row: Relay) -> tuple[OfferedDoor, ...]:
    """The structures offered, in the order in which they were shown."""
    names = Organisation.objects.in_bulk(row.offered)
    why = {str(door.get("organisation")): str(door.get("why", "")) for door in row.routing.get("doors", ())}
    return tuple(
        OfferedDoor(pk, names[pk].name, names[pk].phone, why.get(str(pk), "")) for pk in row.offered if pk in names
    )


def _order(relay: MyRelay) -> tuple[int, float]:
    rank = 0 if relay.awaits_her else 1 if relay.is_open else 2
    moment = relay.steps[-1].at if relay.steps else None
    return rank, -(moment.timestamp() if moment else 0)
