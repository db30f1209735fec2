"""What of the plans, financings, years and appointments concerns "my day": of the files that the adviser leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ensemblier.journey.core.appointments import OPEN_APPOINTMENTS, AppointmentState, Meeting
from ensemblier.journey.core.financing import SOON, DeadlineAlert, alerts
from ensemblier.journey.core.persons import full_name
from ensemblier.journey.models import FundingLine
from ensemblier.journey.sql.due_rows import appointments_due, fundings_due, steps_due
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

LIMIT = 30


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step that the adviser does, whose day is near or past. `step` is the title, in the words of the plan."""

    file: UUID
    person_name: str
    step: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DueFunding:
    """A request to a funder whose day is near or past."""

    file: UUID
    person_name: str
    training: str
    alert: DeadlineAlert


@dataclass(frozen=True, slots=True)
class DueAppointment:
    """A meeting to come. `place`: address, number or name of the site."""

    file: UUID
    uid: UUID
    person_name: str
    starts_at: datetime
    ends_at: datetime
    meeting: Meeting
    place: str
    state: AppointmentState


def due_steps(*, actor: Actor, until: date, limit: int = LIMIT, also: Sequence[int] = ()) -> tuple[DueStep, ...]:
    """Her open steps due by `until`, soonest first; a step that still waits for another one is left out.

    `also`, here and below: colleagues whom she replaces today, whose work is hers.
    """
    with acting(actor):
        rows = [row for one in _each(actor, also) for row in steps_due(one, until, limit)]
    rows = sorted(rows, key=lambda row: row.due_on)[:limit] if also else rows
    return tuple(DueStep(row.file, full_name(row.given_name, row.family_name), row.title, row.due_on) for row in rows)


def due_fundings(*, actor: Actor, on: date, limit: int = LIMIT, also: Sequence[int] = ()) -> tuple[DueFunding, ...]:
    """Requests to make and answers to chase within a fortnight, and those that are late, soonest first."""
    with acting(actor):
        ids = [pk for one in _each(actor, also) for pk in fundings_due(one, on + SOON, limit * 4)]
        lines = FundingLine.objects.filter(pk__in=ids).select_related("person", "training").order_by("pk")
        rows = list(lines) if ids else []
        found = [
            DueFunding(row.person.uid, _name(row.person), row.training.title, alert)
            for row in rows
            for alert in alerts([row.value], on)
        ]
    return tuple(sorted(found, key=lambda due: due.alert.day)[:limit])


def due_appointments(
    *, actor: Actor, at: datetime, ahead: timedelta = timedelta(days=7), limit: int = LIMIT, also: Sequence[int] = ()
) -> tuple[DueAppointment, ...]:
    """Her meetings not over yet that begin within `ahead`, in order."""
    states = [state.value for state in OPEN_APPOINTMENTS]
    with acting(actor):
        rows = [row for one in _each(actor, also) for row in appointments_due(one, (at, at + ahead), states, limit)]
    rows = sorted(rows, key=lambda row: row.starts_at)[:limit] if also else rows
    return tuple(
        DueAppointment(
            file=row.file,
            uid=row.uid,
            person_name=full_name(row.given_name, row.family_name),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            meeting=Meeting(row.meeting),
            place=row.place,
            state=AppointmentState(row.state),
        )
        for row in rows
    )


def _each(actor: Actor, also: Sequence[int]) -> list[Actor]:
    """Herself, then as each colleague whom she replaces: the same question, under her own rights."""
    return [actor, *(replace(actor, user_id=colleague) for colleague in also)]


def _name(person: object) -> str:
    return full_name(getattr(person, "given_name", ""), getattr(person, "family_name", ""))
