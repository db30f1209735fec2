"""Reads: the agenda, one event, who registered, what was thought of it. As many queries for 10 events as for 10,000."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from ensemblier.animation.core.access import ORGANISERS, check_keeper, may_keep
from ensemblier.animation.core.kinds import Audience, EventKind, EventMode, EventState, SeatState
from ensemblier.animation.models import CellCarrier, Evaluation, Event, Registration
from ensemblier.animation.queries.keepers import animators_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound
from ensemblier.territory.models import Perimeter

PAGE = 40
NO_SUCH = "Cet événement n’existe pas, ou plus."


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event as a line of an agenda. `seats_left` None: without limit."""

    uid: UUID
    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime
    mode: EventMode
    audience: Audience
    where: str
    organiser: str
    state: EventState
    seats_left: int | None
    is_full: bool
    is_fictitious: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """A page of an agenda; `following`: what to ask for the next one (None: this is the last)."""

    events: tuple[EventCard, ...]
    following: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an agenda is asked for. `communes` None: everywhere; `kind` "": all."""

    since: datetime
    communes: frozenset[str] | None = None
    kind: str = ""
    until: datetime | None = None


def agenda(wanted: Wanted, *, actor: Actor, limit: int = PAGE) -> Agenda:
    """Events that begin from `since`, by date: one query. Meetings of professionals are for those who are signed in."""
    rows = visible(actor).filter(starts_at__gte=wanted.since).exclude(state=EventState.CANCELLED.value)
    if wanted.until is not None:
        rows = rows.filter(starts_at__lt=wanted.until)
    if wanted.communes is not None:
        rows = rows.filter(inside(wanted.communes))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    found = list(rows.select_related("site", "commune", "organiser").order_by("starts_at", "id")[: limit + 1])
    return Agenda(tuple(map(card_of, found[:limit])), found[limit].starts_at if len(found) > limit else None)


def visible(actor: Actor) -> QuerySet[Event]:
    """Events that somebody may know of: published or past ones; those of professionals when signed in."""
    rows = Event.objects.exclude(state=EventState.DRAFT.value)
    return rows if actor.is_signed_in else rows.exclude(audience=Audience.PROFESSIONALS.value)


def inside(communes: Collection[str], prefix: str = "") -> Q:
    """Condition: held in one of these communes, or on a perimeter that has one of them."""
    links = Perimeter.communes.through.objects.filter(
        perimeter_id=OuterRef(f"{prefix}perimeter_id"), commune_id__in=sorted(communes)
    )
    return Q(Exists(links))


def where_of(row: Event) -> str:
    """The place in words: a place of the directory, an address, a commune; nothing for what is held at a distance."""
    parts = [row.site.name or "" if row.site else "", row.place, row.commune.name if row.commune else ""]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def card_of(row: Event) -> EventCard:
    """The line of an event whose site, commune and organiser were read with it."""
    left = None if row.capacity is None else row.capacity - row.seats_taken
    return EventCard(
        uid=row.uid,
        kind=EventKind(row.kind),
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        mode=EventMode(row.mode),
        audience=Audience(row.audience),
        where=where_of(row),
        organiser=row.organiser.name,
        state=EventState(row.state),
        seats_left=left,
        is_full=left == 0 and row.waiting >= row.waiting_capacity,
        is_fictitious=row.organiser.is_fictitious,
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own registration."""

    link_key: UUID
    state: SeatState


@dataclass(frozen=True, slots=True)
class Marks:
    """What opinions say: means from 1 to 4, None under three answers (somebody would be seen)."""

    answers: int
    useful: float | None
    met: float | None
    reuse: float | None


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event and what surrounds it, for who reads."""

    card: EventCard
    summary: str
    publics: str
    online_url: str
    capacity: int | None
    seats_taken: int
    waiting: int
    opens_to_all: bool
    closes_at: datetime
    report: str
    site_uid: UUID | None
    organiser_uid: UUID
    partners: tuple[tuple[UUID, str], ...]
    cell: tuple[UUID, str] | None
    group: tuple[UUID, str] | None
    problem: tuple[UUID, str] | None
    dates: tuple[tuple[UUID, datetime], ...]
    mine: Mine | None
    may_keep: bool
    came: int
    marks: Marks
    version: int
    library_key: UUID | None = None

    def is_open(self, at: datetime) -> bool:
        """Whether one can still register."""
        return self.card.state is EventState.PUBLISHED and at < self.closes_at


def event_page(uid: UUID, *, actor: Actor, at: datetime) -> EventPage:
    """One event: a constant number of queries. Raises NotFound, NotAllowed (a meeting of professionals)."""
    row = event_row(uid)
    keeps = may_keep(actor, event_keepers(row), roles=ORGANISERS)
    if row.state == EventState.DRAFT and not keeps:
        raise NotFound(NO_SUCH)
    if row.audience == Audience.PROFESSIONALS and not actor.is_signed_in:
        raise NotAllowed("Cette rencontre est réservée aux professionnels : identifiez-vous pour la lire.")
    dates = Event.objects.filter(series_id=row.series_id, starts_at__gte=at, state=EventState.PUBLISHED.value)
    return EventPage(
        card=card_of(row),
        summary=row.summary,
        publics=row.publics,
        online_url=row.online_url,
        capacity=row.capacity,
        seats_taken=row.seats_taken,
        waiting=row.waiting,
        opens_to_all=row.opens_to_all,
        closes_at=row.closes_at or row.starts_at,
        report=row.report,
        site_uid=row.site.uid if row.site else None,
        organiser_uid=row.organiser.uid,
        partners=tuple(row.partners.order_by("sort_key", "id").values_list("uid", "name")),
        cell=(row.cell.uid, row.cell.name) if row.cell else None,
        group=(row.group.uid, row.group.name) if row.group else None,
        problem=(row.problem.uid, row.problem.name) if row.problem else None,
        dates=tuple(dates.order_by("starts_at").values_list("uid", "starts_at")[:60]) if row.series_id else (),
        mine=_mine(row, actor),
        may_keep=keeps,
        came=Registration.objects.filter(event=row, attended=True).count(),
        marks=marks_of(row.pk),
        version=row.version,
        library_key=row.library_key,
    )


def event_row(uid: UUID) -> Event:
    """The event with what its page joins. Raises NotFound."""
    joined = ("site", "commune", "organiser", "cell", "group", "problem")
    row = Event.objects.select_related(*joined).filter(uid=uid).first()
    if row is None:
        raise NotFound(NO_SUCH)
    return row


def event_keepers(row: Event) -> frozenset[int]:
    """The organisations that keep an event: who organises it, who carries its cell, who animates its group."""
    found = {row.organiser_id}
    if row.cell_id is not None:
        carriers = CellCarrier.objects.filter(cell_id=row.cell_id, until__isnull=True).order_by()
        found |= set(carriers.values_list("organisation_id", flat=True))
    return frozenset(found | (animators_of(row.group_id) if row.group_id else set()))


def _mine(row: Event, actor: Actor) -> Mine | None:
    if actor.user_id is None:
        return None
    mine = Registration.objects.filter(event=row, user_id=actor.user_id).exclude(state=SeatState.WITHDRAWN.value)
    found = mine.values_list("link_key", "state").first()
    return Mine(found[0], SeatState(found[1])) if found else None


def marks_of(event_id: int) -> Marks:
    """The opinions on an event: one query."""
    found = Evaluation.objects.filter(event_id=event_id).aggregate(
        answers=Count("id"), useful=Avg("useful"), met=Avg("met"), reuse=Avg("reuse")
    )
    if found["answers"] < 3:
        return Marks(found["answers"], None, None, None)
    return Marks(found["answers"], found["useful"], found["met"], found["reuse"])


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A line of the attendance sheet."""

    uid: UUID
    name: str
    organisation: str
    state: SeatState
    attended: bool | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The attendance sheet: those who have a seat, by name, and those who wait. `words`: what opinions say."""

    card: EventCard
    seated: tuple[Enrolled, ...]
    waiting: tuple[Enrolled, ...]
    words: tuple[tuple[str, str], ...]
    marks: Marks


def attendance_sheet(uid: UUID, *, actor: Actor) -> Sheet:
    """Who is expected, for those who keep the event: a constant number of queries. Raises NotFound, NotAllowed."""
    row = event_row(uid)
    check_keeper(actor, event_keepers(row), roles=ORGANISERS)
    rows = Registration.objects.filter(event=row).exclude(state=SeatState.WITHDRAWN.value).order_by("id")
    found = [
        Enrolled(r.uid, r.user.name if r.user else r.name, r.organisation.name if r.organisation else "",
                 SeatState(r.state), r.attended)
        for r in rows.select_related("user", "organisation")[:5000]
    ]  # fmt: skip
    words = Evaluation.objects.filter(event=row).exclude(kept="", missing="").order_by("kept", "missing")
    return Sheet(
        card=card_of(row),
        seated=tuple(sorted((e for e in found if e.state is SeatState.SEATED), key=lambda e: e.name.casefold())),
        waiting=tuple(e for e in found if e.state is SeatState.WAITING),
        words=tuple(words.values_list("kept", "missing")[:200]),
        marks=marks_of(row.pk),
    )


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """What the link of a registration shows: the event, and where one stands."""

    card: EventCard
    state: SeatState
    has_evaluated: bool
    link_key: UUID


def own_seat(link_key: UUID) -> OwnSeat:
    """The registration that a link opens: two queries. Raises NotFound."""
    joined = ("event__site", "event__commune", "event__organiser", "evaluation_given")
    row = Registration.objects.select_related(*joined).filter(link_key=link_key).first()
    if row is None:
        raise NotFound("Ce lien ne mène plus à une inscription.")
    return OwnSeat(card_of(row.event), SeatState(row.state), hasattr(row, "evaluation_given"), row.link_key)


def href_of(uid: UUID) -> str:
    """The whole address of an event's page."""
    return f"{settings.PUBLIC_URL}/agenda/{uid}/"


@dataclass(frozen=True, slots=True)
class EventValues:
    """The columns of an event as a form shows them. `commune`: its name."""

    values: Mapping[str, Any]
    commune: str
    organiser: UUID
    partners: tuple[tuple[UUID, str], ...]


def event_values(uid: UUID, *, actor: Actor) -> EventValues:
    """What a form of an event starts from, for those who keep it. Raises NotFound, NotAllowed."""
    row = event_row(uid)
    check_keeper(actor, event_keepers(row), roles=ORGANISERS)
    values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.is_relation}
    partners = tuple(row.partners.order_by("sort_key", "id").values_list("uid", "name"))
    return EventValues(values, row.commune.name if row.commune else "", row.organiser.uid, partners)
