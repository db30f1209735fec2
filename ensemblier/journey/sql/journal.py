"""Writing the journal: a SELECT of the only function that may, so that a page that reads can say that it read."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import Mover, PersonHerself, organisation_of, user_of
from ensemblier.kernel.orm.sql import question

_NOTE = Path(__file__).parent / "note.sql"


def note(
    by: Mover,
    act: Act,
    *,
    at: datetime,
    person_id: int | None = None,
    subject: str = "",
    subject_uid: UUID | None = None,
) -> None:
    """Say, in the caller's transaction and last of all, who did what. Numbers and public identifiers, never content.

    `person_id`: the file it is about; `subject`: a kind of row ("relay", "document"), `subject_uid`: which one.
    """
    _write(by, act, at, _About(person_id, subject, subject_uid, is_refused=False))


def note_refusal(
    by: Mover,
    act: Act,
    *,
    at: datetime,
    person_id: int | None = None,
    subject: str = "",
    subject_uid: UUID | None = None,
) -> None:
    """The same for what was refused: in a transaction that is kept, before the refusal is raised."""
    _write(by, act, at, _About(person_id, subject, subject_uid, is_refused=True))


@dataclass(frozen=True, slots=True)
class _About:
    person_id: int | None
    subject: str
    subject_uid: UUID | None
    is_refused: bool


def _write(by: Mover, act: Act, at: datetime, about: _About) -> None:
    values = {
        "user": user_of(by),
        "organisation": organisation_of(by),
        "herself": by.person_id if isinstance(by, PersonHerself) else None,
        "person": about.person_id,
        "act": act.value,
        "subject": about.subject,
        "subject_uid": about.subject_uid,
        "refused": about.is_refused,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(question(_NOTE), values)
