"""The steps that an adviser has to do soon. Call inside `acting(by)`."""

from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.sql import answers

_FILE = Path(__file__).parent / "due_steps.sql"


class StepLine(NamedTuple):
    """A row of `due_steps.sql`."""

    file: UUID
    given_name: str
    family_name: str
    title: str
    due_on: date


def steps_due(actor: Actor, until: date, most: int) -> list[StepLine]:
    """Soonest first. One statement, whatever the number of files."""
    values = {"user": actor.user_id, "organisation": actor.organisation_id, "until": until, "most": most}
    return [StepLine(*row) for row in answers(_FILE, values)]
