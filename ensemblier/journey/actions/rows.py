"""The two ways in which a row of a file changes: one click adds one row; an update is guarded by the version read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F

from ensemblier.journey.core.edits import SOMEBODY_FIRST, Edit
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import Mover, user_of
from ensemblier.journey.models import ContentChange, Person
from ensemblier.journey.models.edited import Edited
from ensemblier.journey.queries.opened import UNKNOWN_FILE, open_to
from ensemblier.journey.sql.journal import note, note_refusal
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound, StaleVersion

Row = TypeVar("Row", bound=Edited)


@contextmanager
def writing(by: Mover, file: UUID, at: datetime) -> Iterator[Person]:
    """`with writing(by, file, at) as person:` in their name, journaled. Raises NotFound, journaled too."""
    missing = False
    with acting(by):
        person = open_to(by).filter(uid=file).first()
        if person is None:
            missing = True
            note_refusal(by, Act.WRITE_FILE, subject="person", subject_uid=file, at=at)
        else:
            yield person
            note(by, Act.WRITE_FILE, person_id=person.pk, subject="person", subject_uid=file, at=at)
    if missing:
        raise NotFound(UNKNOWN_FILE)


@contextmanager
def editing(table: type[Row], edit: Edit, by: Mover) -> Iterator[Row]:
    """The same for one row, in a file that they may open whole."""
    missing, what = False, table._meta.model_name or ""
    with acting(by):
        row = table._default_manager.filter(uid=edit.row, person__in=open_to(by)).first()
        if row is None:
            missing = True
            note_refusal(by, Act.WRITE_FILE, subject=what, subject_uid=edit.row, at=edit.at)
        else:
            yield row
            person_id = getattr(row, "person_id")  # noqa: B009 - of every table
            note(by, Act.WRITE_FILE, person_id=person_id, subject=what, subject_uid=edit.row, at=edit.at)
    if missing:
        raise NotFound(UNKNOWN_FILE)


def added(table: type[Row], person: Person, values: Mapping[str, Any], *, key: UUID | None) -> UUID:
    """The row that this click adds to the file; the same when repeated. Raises NotFound (a key of elsewhere)."""
    uid = once(key, table._meta.label)
    rows = table._default_manager
    already = rows.filter(uid=uid).first()
    if already is None:
        return rows.create(uid=uid, person=person, **values).uid
    if getattr(already, "person_id", None) != person.pk:
        raise NotFound(UNKNOWN_FILE)
    return uid


def changed(row: Row, edit: Edit, values: Mapping[str, Any], by: Mover, *, kept: bool = True) -> bool:
    """Whether the row changed: False when this click, or nothing, changed it. Raises StaleVersion.

    What it said before goes to the history, unless `kept` is False (the caller keeps it otherwise).
    """
    if edit.key is not None and row.last_key == edit.key:
        return False
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    if row.version == edit.version and not new:
        return False
    rows = type(row)._default_manager.filter(pk=row.pk, version=edit.version)
    if not rows.update(version=F("version") + 1, last_key=edit.key, **values):
        row.refresh_from_db()
        if edit.key is not None and row.last_key == edit.key:
            return False
        raise StaleVersion(SOMEBODY_FIRST)
    if kept and new:
        before = {name: getattr(row, name) for name in new}
        keep(row, before, new, by, edit.at)
    return True


def keep(row: Edited, before: Mapping[str, Any], after: Mapping[str, Any], by: Mover, at: datetime) -> None:
    """A line of the history of a row."""
    ContentChange.objects.create(
        person_id=row.pk if isinstance(row, Person) else getattr(row, "person_id"),  # noqa: B009 - of every table
        table=row._meta.model_name or "",
        subject=row.uid,
        before=_plain(before),
        after=_plain(after),
        author_id=user_of(by),
        at=at,
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in values.items()}


def _text(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
