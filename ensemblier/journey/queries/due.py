"""What of the plans, financings, years and appointments concerns "my day": of the files that the adviser leads."""

from dataclasses import dataclass
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


def due_steps(*, actor: Actor, until: date, limit: int = LIMIT) -> tuple[DueStep, ...]:
    """Her open steps due by `until`, soonest first; a step that still waits for another one is left out."""
    with acting(actor):
        rows = steps_due(actor, until, limit)
    return tuple(DueStep(row.file, full_name(row.given_name, row.family_name), row.title, row.due_on) for row in rows)


def due_fundings(*, actor: Actor, on: date, limit: int = LIMIT) -> tuple[DueFunding, ...]:
    """Requests to make and answers to chase within a fortnight, and those that are late, soonest first."""
    with acting(actor):
        ids = fundings_due(actor, on + SOON, limit * 4)
        lines = FundingLine.objects.filter(pk__in=ids).select_related("person", "training").order_by("pk")
        rows = list(lines) if ids else []
        found = [
            DueFunding(row.person.uid, _name(row.person), row.training.title, alert)
            for row in rows
            for alert in alerts([row.value], on)
        ]
    return tuple(sorted(found, key=lambda due: due.alert.day)[:limit])


def due_appointments(
    *, actor: Actor, at: datetime, ahead: timedelta = timedelta(days=7), limit: int = LIMIT
) -> tuple[DueAppointment, ...]:
    """Her meetings not over yet that begin within `ahead`, in order."""
    states = [state.value for state in OPEN_APPOINTMENTS]
    with acting(actor):
        rows = appointments_due(actor, (at, at + ahead), states, limit)
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


def _name(person: object) -> str:
    return full_name(getattr(person, "given_name", ""), getattr(person, "family_name", ""))
