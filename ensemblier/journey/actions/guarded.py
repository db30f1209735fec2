"""Rows that two people may edit at once: one guarded update, what it said before is kept, nothing is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import F, Model

from ensemblier.journey.core.movers import user_of
from ensemblier.journey.models import ContentChange
from ensemblier.journey.queries.own_file import Author
from ensemblier.kernel.errors import BadInput, StaleVersion

CHANGED_MEANWHILE = (
    "Quelqu’un a changé cette ligne pendant que vous écriviez. Rien n’est perdu : comparez les deux textes, gardez ce "
    "qui est juste, puis enregistrez."
)


@dataclass(frozen=True, slots=True)
class Edit:
    """Who edits, when, from which version of the row."""

    by: Author
    at: datetime
    version: int = 0


def change(row: Any, fields: Mapping[str, Any], edit: Edit) -> bool:
    """Write `fields` if the row is still at `edit.version`. Returns whether anything changed.

    A row that already says all this is left alone, whatever its version: a second click does nothing more.
    Raises StaleVersion when somebody else changed it first.
    """
    before = {name: _plain(getattr(row, name)) for name in fields}
    after = {name: _plain(value) for name, value in fields.items()}
    if before == after:
        return False
    table: type[Model] = type(row)
    done = table._default_manager.filter(pk=row.pk, version=edit.version).update(**fields, version=F("version") + 1)
    if not done:
        raise StaleVersion(CHANGED_MEANWHILE)
    moved = [name for name in fields if before[name] != after[name]]
    keep(row, {n: before[n] for n in moved}, {n: after[n] for n in moved}, edit)
    return True


def keep(row: Any, before: Mapping[str, Any], after: Mapping[str, Any], edit: Edit) -> None:
    """One line of what this row said and says."""
    ContentChange.objects.create(
        person_id=row.person_id,
        table=row._meta.model_name,
        subject=row.uid,
        before=dict(before),
        after=dict(after),
        author_id=user_of(edit.by),
        at=edit.at,
    )


def refuse(faults: list[tuple[str, str]]) -> None:
    """Raise BadInput on the first fault, with its field; nothing when there is none."""
    if faults:
        field, sentence = faults[0]
        raise BadInput(sentence, field=field)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # datetime too
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
