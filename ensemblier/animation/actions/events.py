"""Announcing, changing, cancelling and closing events. Each in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from ensemblier.animation.actions.checked import Values, audit, changed, check, resolved
from ensemblier.animation.actions.event_mail import tell
from ensemblier.animation.actions.heads import Ground
from ensemblier.animation.actions.registrations import fill_seats
from ensemblier.animation.core.access import ORGANISERS, check_keeper, check_organiser
from ensemblier.animation.core.event_mail import asks_opinion, cancelled, changed_mail
from ensemblier.animation.core.events import starts_of
from ensemblier.animation.core.kinds import EventState, Rhythm, SeatState
from ensemblier.animation.models import Cell, Event, EventSeries, Registration, WorkingGroup
from ensemblier.animation.queries.events import NO_SUCH, event_keepers
from ensemblier.animation.queries.keepers import animators_of
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.territory.actions.perimeters import NewPerimeter, record_perimeter
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.models import Perimeter

TELLS = frozenset({"starts_at", "ends_at", "site", "place", "commune_id", "online_url"})
"""Columns whose change is told to those who registered."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """How an event comes back: always a number of times, never for ever."""

    rhythm: Rhythm
    times: int


@transaction.atomic
def announce(
    ground: Ground, values: Values, *, by: Actor, at: datetime, key: UUID, repeat: Repeat | None = None
) -> UUID:
    """Write an event, or each date of a series, as drafts; the same click twice writes them once. The first one's key.

    `values`: columns of the event; `partners`: public identifiers of the organisations that hold it too.
    Raises NotAllowed, NotFound, BadInput.
    """
    organiser = Organisation.objects.get(pk=check_organiser(by))
    if Event.objects.filter(uid=key, organiser=organiser).exists():
        return key
    columns = dict(values)
    partners = columns.pop("partners", ())
    columns = resolved(Event, columns)
    if (group := columns.get("group")) is not None:
        _check_group(group, by)
    columns["perimeter"] = _perimeter(ground, columns, organiser, by)
    columns |= {"organiser": organiser, "created_at": at, "changed_at": at}
    if repeat is None:
        return _one(columns, key, partners, by).uid
    length = columns.pop("ends_at") - columns["starts_at"]
    starts = starts_of(columns.pop("starts_at"), repeat.rhythm, repeat.times)
    columns["series"] = EventSeries.objects.create(rhythm=repeat.rhythm.value, times=repeat.times)
    for number, start in enumerate(starts):
        dated = columns | {"starts_at": start, "ends_at": start + length}
        _one(dated, uuid5(key, str(number)) if number else key, partners, by)
    return key


def _check_group(group: WorkingGroup, by: Actor) -> None:
    if by.organisation_id not in animators_of(group.pk):
        raise NotAllowed("Seules les structures qui animent le groupe le réunissent.")


def _perimeter(ground: Ground, columns: dict[str, Any], organiser: Organisation, by: Actor) -> Perimeter:
    """That of the cell, of the group or of the problem for which it is held; else the territory, drawn once."""
    if ground.cell is not None:
        columns["cell"] = Cell.objects.select_related("perimeter").filter(uid=ground.cell).first()
        if columns["cell"] is None:
            raise NotFound("Cette cellule n’existe pas.", field="cell")
    for name in ("cell", "group", "problem", "course"):
        if (holder := columns.get(name)) is not None:
            return holder.perimeter  # type: ignore[no-any-return]
    new = NewPerimeter(
        ground.name[:200], organiser.name[:200], PerimeterPurpose.OTHER, ground.communes, holder_uid=organiser.uid
    )
    return Perimeter.objects.get(uid=record_perimeter(new, actor=by))


def _one(columns: dict[str, Any], key: UUID, partners: Collection[UUID], by: Actor) -> Event:
    row = Event(uid=key, **columns)
    check(row)
    row.save(force_insert=True)
    if partners:
        row.partners.set(Organisation.objects.filter(uid__in=partners).order_by("pk"))
    audit(by, row, "announce", columns)
    return row


def held(uid: UUID, by: Actor) -> Event:
    """The event under its lock, for those who keep it."""
    row = Event.objects.select_for_update(of=("self",)).filter(uid=uid).first()
    if row is None:
        raise NotFound(NO_SUCH)
    check_keeper(by, event_keepers(row), roles=ORGANISERS)
    return row


@transaction.atomic
def publish_event(uid: UUID, *, by: Actor, at: datetime, whole_series: bool = False) -> int:
    """Show it in the agenda, open registrations; returns how many dates. Raises NotFound, NotAllowed, RuleViolated."""
    row = held(uid, by)
    rows = Event.objects.filter(pk=row.pk)
    if whole_series and row.series_id:
        rows = Event.objects.filter(series_id=row.series_id)
    done = rows.filter(state=EventState.DRAFT.value).update(
        state=EventState.PUBLISHED.value, changed_at=at, version=F("version") + 1
    )
    if not done:
        raise RuleViolated("Cet événement est déjà annoncé, tenu ou annulé.")
    audit(by, row, "publish")
    return done


@transaction.atomic
def change_event(uid: UUID, values: Values, *, by: Actor, at: datetime, version: int) -> bool:
    """Change an event. A new day or place is told to all; more seats go to those who wait, in their order.

    Raises NotFound, NotAllowed, BadInput (fewer seats than taken), StaleVersion, RuleViolated (cancelled).
    """
    row = held(uid, by)
    if row.state == EventState.CANCELLED:
        raise RuleViolated("Cet événement est annulé : annoncez-en un autre.")
    columns = dict(values)
    partners = columns.pop("partners", None)
    if (capacity := columns.get("capacity")) is not None and capacity < row.seats_taken:
        raise BadInput(
            "%(taken)s places sont déjà prises : gardez-en au moins autant.", field="capacity",
            values={"taken": row.seats_taken},
        )  # fmt: skip
    new = resolved(Event, columns)
    is_told = any(getattr(row, name) != value for name, value in new.items() if name in TELLS)
    is_written = changed(row, columns, version=version)
    is_joined = partners is not None and _partnered(row, partners)
    if not is_written and not is_joined:
        return False
    step = 0 if is_written else 1  # who changes the partners alone is guarded as well
    Event.objects.filter(pk=row.pk).update(sequence=F("sequence") + 1, version=F("version") + step, changed_at=at)
    row = Event.objects.select_related("site", "commune").get(pk=row.pk)
    if is_told and row.state == EventState.PUBLISHED:
        tell(row, _expecting(row), f"changed {row.sequence}", changed_mail, at=at)
    fill_seats(row, at=at)
    audit(by, row, "change", values)
    return True


def _partnered(row: Event, partners: Collection[UUID]) -> bool:
    """Whether other organisations than before now hold it too."""
    found = Organisation.objects.filter(uid__in=partners).order_by("pk")
    if set(found) == set(row.partners.order_by()):
        return False
    row.partners.set(found)
    return True


def _expecting(row: Event) -> list[Registration]:
    rows = Registration.objects.filter(event=row).exclude(state=SeatState.WITHDRAWN.value)
    return list(rows.select_related("user").order_by("id"))


@transaction.atomic
def cancel_event(uid: UUID, *, by: Actor, at: datetime) -> int:
    """It will not be held: all who registered are told; returns how many. Raises NotFound, NotAllowed, RuleViolated."""
    row = held(uid, by)
    if row.state not in (EventState.DRAFT, EventState.PUBLISHED):
        raise RuleViolated("Cet événement est déjà tenu ou annulé.")
    Event.objects.filter(pk=row.pk).update(
        state=EventState.CANCELLED.value, sequence=F("sequence") + 1, changed_at=at, version=F("version") + 1
    )
    row = Event.objects.select_related("site", "commune").get(pk=row.pk)
    audit(by, row, "cancel")
    return tell(row, _expecting(row), "cancelled", cancelled, at=at)


@transaction.atomic
def record_attendance(uid: UUID, present: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Who came, among those who had a seat; the others did not. Those who came are asked for their opinion.

    Returns how many came. Raises NotFound, NotAllowed, RuleViolated (before the day).
    """
    row = held(uid, by)
    if row.starts_at > at or row.state == EventState.CANCELLED:
        raise RuleViolated("Les présences se notent à partir du début de la rencontre.")
    seated = Registration.objects.filter(event=row, state=SeatState.SEATED.value)
    seated.exclude(uid__in=present).update(attended=False)
    came = seated.filter(uid__in=present)
    count = came.update(attended=True)
    _close(row, at)
    audit(by, row, "attendance")
    event = Event.objects.select_related("site", "commune").get(pk=row.pk)
    tell(event, came.select_related("user").order_by("id"), "opinion", asks_opinion, at=at)
    return count


@transaction.atomic
def write_report(uid: UUID, words: str, *, by: Actor, at: datetime, version: int) -> bool:
    """Write, or rewrite, the report. Raises NotFound, NotAllowed, BadInput, StaleVersion, RuleViolated."""
    row = held(uid, by)
    if row.starts_at > at or row.state == EventState.CANCELLED:
        raise RuleViolated("Le compte rendu s’écrit après le début de la rencontre.")
    done = changed(row, {"report": words}, version=version)
    _close(row, at)
    audit(by, row, "report")
    return done


def _close(row: Event, at: datetime) -> None:
    Event.objects.filter(pk=row.pk, state=EventState.PUBLISHED.value).update(state=EventState.HELD.value, changed_at=at)
