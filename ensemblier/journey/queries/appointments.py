"""Reads: the appointments of a file, the places where to meet, and the calendars that follow a secret address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.members import actor_for
from ensemblier.directory.core.states import PermanenceState
from ensemblier.directory.models import Organisation, Permanence, Site
from ensemblier.journey.adapters.ics import Entry, calendar_of
from ensemblier.journey.core.appointment_texts import Told
from ensemblier.journey.core.appointments import (
    AppointmentMove,
    AppointmentState,
    Meeting,
    Side,
    allowed,
)
from ensemblier.journey.core.consent import ConsentChannel
from ensemblier.journey.core.movers import CLERK, PersonHerself
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import Appointment, CalendarFeed
from ensemblier.journey.queries.own_file import Author, reading
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on

UNKNOWN_FEED = "Cette adresse d’agenda n’existe pas, ou elle a été arrêtée."
UNKNOWN_APPOINTMENT = "Ce rendez-vous n’existe pas dans ce dossier."
FEED_PAST = timedelta(days=30)
FEED_MOST = 500


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """A meeting as a page shows it. `where`: address or number; `may`: what who reads may say of it now."""

    uid: UUID
    version: int
    starts_at: datetime
    ends_at: datetime
    meeting: Meeting
    where: str
    place: str
    site: UUID | None
    about: str
    third_party: str
    adviser_name: str
    state: AppointmentState
    proposed_by: Side
    may: tuple[AppointmentMove, ...]


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """A place of the directory where the adviser's organisation receives, at home or in a permanence."""

    site: UUID
    label: str


def side_of(by: Author) -> Side:
    """As whom somebody speaks of an appointment."""
    return Side.PERSON if isinstance(by, PersonHerself) else Side.ADVISER


def list_appointments(file: UUID, *, by: Author, at: datetime) -> tuple[AppointmentView, ...]:
    """The meetings of a file: those to come, soonest first, then those that are over. Raises NotFound."""
    with reading(file, by=by, at=at) as person:
        rows = list(_rows().filter(person=person))
    views = [appointment_view(row, by, at) for row in rows]
    to_come = sorted((v for v in views if v.ends_at > at), key=lambda v: v.starts_at)
    return (*to_come, *sorted((v for v in views if v.ends_at <= at), key=lambda v: v.starts_at, reverse=True))


def read_appointment(file: UUID, appointment: UUID, *, by: Author, at: datetime) -> AppointmentView:
    """One meeting. Raises NotFound when it is not of this file."""
    with reading(file, by=by, at=at) as person:
        return appointment_view(_one(_rows().filter(person=person), appointment), by, at)


def invitation(file: UUID, appointment: UUID, *, by: Author, at: datetime) -> bytes:
    """The meeting as a calendar file, without a name. Raises NotFound."""
    with reading(file, by=by, at=at) as person:
        return calendar_of([entry_of(_one(_rows().filter(person=person), appointment), at)])


def feed(token: str, *, at: datetime) -> bytes:
    """The calendar of who holds this secret address: a month back, all that is to come. Raises NotFound.

    The clerk only finds whose address it is; the meetings are then read in the name of that one alone.
    """
    with acting(CLERK):
        row = CalendarFeed.objects.filter(token_hash=sha256(token.encode()).hexdigest(), ended_at=None).first()
    if row is None:
        raise NotFound(UNKNOWN_FEED)
    owner: Author = _adviser_of(row, at)
    mine = {"adviser_id": row.adviser_id, "organisation_id": row.organisation_id}
    if row.person_id is not None:
        owner, mine = PersonHerself(row.person_id, ConsentChannel.SIGNED_LINK), {"person_id": row.person_id}
    if owner == ANONYMOUS:
        raise NotFound(UNKNOWN_FEED)
    with acting(owner):
        rows = _rows().filter(ends_at__gt=at - FEED_PAST, **mine).order_by("starts_at", "pk")
        return calendar_of(entry_of(each, at) for each in rows[:FEED_MOST])


def _adviser_of(row: CalendarFeed, at: datetime) -> Actor:
    """The adviser of a feed as she is now: nobody once she has left, or while her organisation has no convention."""
    number, place = row.organisation_id or 0, Organisation.objects.filter(pk=row.organisation_id or 0).first()
    actor = actor_for(row.adviser_id, place.uid if place else None, on=at.astimezone(PARIS).date())
    return actor if actor.organisation_id == number and Role.ADVISER in actor.roles else ANONYMOUS


def has_feed(*, by: Author) -> bool:
    """Whether a calendar of theirs follows a secret address now."""
    with acting(by):
        return feeds_of(by).exists()


def feeds_of(by: Author) -> "QuerySet[CalendarFeed]":
    """The living feeds of somebody. Call inside `acting(by)`."""
    living = CalendarFeed.objects.filter(ended_at=None)
    if isinstance(by, PersonHerself):
        return living.filter(person_id=by.person_id)
    return living.filter(adviser_id=by.user_id or 0, organisation_id=by.organisation_id or 0)


def meeting_places(*, actor: Actor, at: datetime) -> tuple[MeetingPlace, ...]:
    """Sites of the adviser's organisation, and sites where it holds a permanence."""
    on, organisation = at.date(), actor.organisation_id or 0
    own = Site.objects.filter(valid_on(on), organisation_id=organisation).order_by("name", "pk")
    held = Permanence.objects.filter(holder_id=organisation, state=PermanenceState.PUBLISHED.value).select_related(
        "site"
    )
    found = {site.uid: MeetingPlace(site.uid, f"{site.name}, {address_of(site)}".strip(", ")) for site in own}
    for row in held.order_by("site__name", "pk"):
        label = f"{row.site.name}, {address_of(row.site)} (permanence)"
        found.setdefault(row.site.uid, MeetingPlace(row.site.uid, label))
    return tuple(found.values())


def address_of(site: Site) -> str:
    """The address without the name of the place, which may say which operator it is."""
    return ", ".join(part for part in (site.address, f"{site.postcode} {site.city}".strip()) if part)


def appointment_view(row: Appointment, by: Author, at: datetime) -> AppointmentView:
    """A row as a page shows it."""
    return AppointmentView(
        uid=row.uid,
        version=row.version,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        meeting=Meeting(row.meeting),
        where=told_of(row).where,
        place=row.place,
        site=row.site.uid if row.site else None,
        about=row.about,
        third_party=row.third_party,
        adviser_name=row.adviser.name,
        state=AppointmentState(row.state),
        proposed_by=Side(row.proposed_by),
        may=allowed(row.value, side_of(by), at),
    )


def told_of(row: Appointment) -> Told:
    """What may leave the house."""
    where = (address_of(row.site) if row.site else "") or row.place
    return Told(row.starts_at, row.ends_at, Meeting(row.meeting), where)


def entry_of(row: Appointment, at: datetime) -> Entry:
    """A row as a calendar reads it."""
    return Entry(row.uid, told_of(row), AppointmentState(row.state), row.sequence, at)


def _rows() -> "QuerySet[Appointment]":
    return Appointment.objects.select_related("site", "adviser").order_by("starts_at", "pk")


def _one(rows: "QuerySet[Appointment]", uid: UUID) -> Appointment:
    row = rows.filter(uid=uid).first()
    if row is None:
        raise NotFound(UNKNOWN_APPOINTMENT)
    return row
