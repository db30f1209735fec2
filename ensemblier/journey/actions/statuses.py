"""The timeline of situations: add one, correct it, end it. Nothing is lost: what it said stays in the history."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.rows import added, changed, editing, writing
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.movers import Mover
from ensemblier.journey.core.statuses import StatusDraft
from ensemblier.journey.models import StatusPeriod
from ensemblier.kernel.errors import BadInput

DAY = timedelta(days=1)


def add_status(file: UUID, draft: StatusDraft, *, by: Mover, at: datetime, key: UUID | None = None) -> UUID:
    """Add a situation; several may hold at once. Raises NotFound."""
    with writing(by, file, at) as person:
        return added(StatusPeriod, person, _values(draft), key=key)


def correct_status(edit: Edit, draft: StatusDraft, *, by: Mover) -> None:
    """Correct a situation. Raises NotFound, StaleVersion."""
    with editing(StatusPeriod, edit, by) as row:
        changed(row, edit, _values(draft), by)


def end_status(edit: Edit, last_day: date, *, by: Mover) -> None:
    """A situation ends on that day. Raises NotFound, StaleVersion, BadInput (it had not begun)."""
    with editing(StatusPeriod, edit, by) as row:
        if row.valid_from is not None and last_day < row.valid_from:
            raise BadInput("Cette situation commence après ce jour.", field="last_day")
        changed(row, edit, {"valid_to": last_day + DAY}, by)


def _values(draft: StatusDraft) -> dict[str, Any]:
    return {
        "status": draft.status.value,
        "valid_from": draft.first_day,
        "valid_to": draft.last_day + DAY if draft.last_day else None,
        "words": draft.words.strip(),
    }
