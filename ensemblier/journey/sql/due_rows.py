"""What an adviser has to do soon: steps, requests to funders, meetings. Call inside `acting(by)`."""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.sql import answers

_STEPS, _FUNDINGS, _APPOINTMENTS = (
    Path(__file__).parent / f"due_{name}.sql" for name in ("steps", "fundings", "appointments")
)


class StepLine(NamedTuple):
    """A row of `due_steps.sql`."""

    file: UUID
    given_name: str
    family_name: str
    title: str
    due_on: date


class AppointmentLine(NamedTuple):
    """A row of `due_appointments.sql`."""

    file: UUID
    uid: UUID
    given_name: str
    family_name: str
    starts_at: datetime
    ends_at: datetime
    meeting: str
    place: str
    state: str


def steps_due(actor: Actor, until: date, most: int) -> list[StepLine]:
    """Soonest first. One statement, whatever the number of files."""
    values = {"user": actor.user_id, "organisation": actor.organisation_id, "until": until, "most": most}
    return [StepLine(*row) for row in answers(_STEPS, values)]


def fundings_due(actor: Actor, until: date, most: int) -> list[int]:
    """Numbers of the lines to look at; one statement, and most often none of them."""
    values = {"user": actor.user_id, "organisation": actor.organisation_id, "until": until, "most": most}
    return [number for (number,) in answers(_FUNDINGS, values)]


def appointments_due(
    actor: Actor, between: tuple[datetime, datetime], states: list[str], most: int
) -> list[AppointmentLine]:
    """In order. One statement."""
    at, until = between
    values = {"user": actor.user_id, "organisation": actor.organisation_id, "at": at, "until": until}
    return [AppointmentLine(*row) for row in answers(_APPOINTMENTS, values | {"states": states, "most": most})]
