"""Interview notes. A private one is sealed before it reaches the database, and only its author opens it again."""

from base64 import b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.rows import changed, editing, keep, writing
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.movers import user_of
from ensemblier.journey.core.notes import NoteDraft, NoteKind
from ensemblier.journey.models import Note
from ensemblier.journey.queries.opened import UNKNOWN_FILE
from ensemblier.journey.sql.once import once
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.kernel.orm.sealed import seal


def write_note(file: UUID, draft: NoteDraft, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """Write a note. Raises NotFound, BadInput (empty)."""
    with writing(by, file, at) as person:
        uid = once(key, Note._meta.label)
        if Note.objects.filter(uid=uid, person=person, author_id=by.user_id or 0).exists():
            return uid
        Note.objects.create(uid=uid, person=person, author_id=user_of(by) or 0, written_at=at, **_values(uid, draft))
        return uid


def correct_note(edit: Edit, draft: NoteDraft, *, by: Actor) -> None:
    """Correct one's own note. What is private stays private. Raises NotFound, StaleVersion, BadInput, RuleViolated."""
    with editing(Note, edit, by) as row:
        if row.author_id != by.user_id:
            raise NotFound(UNKNOWN_FILE)
        if (row.kind == NoteKind.PRIVATE) is not (draft.kind is NoteKind.PRIVATE):
            raise RuleViolated("Une note privée le reste : recopiez ce qui peut être partagé.", field="kind")
        values = _values(row.uid, draft)
        before = _sealed_line(row)
        if changed(row, edit, values, by, kept=False):
            row.refresh_from_db()
            keep(row, before, _sealed_line(row), by, edit.at)


def _values(uid: UUID, draft: NoteDraft) -> dict[str, Any]:
    body = draft.body.strip()
    if not body:
        raise BadInput("Écrivez au moins un mot.", field="body")
    is_private = draft.kind is NoteKind.PRIVATE
    return {
        "kind": draft.kind.value,
        "held_on": draft.held_on,
        "body": "" if is_private else body,
        "sealed": seal(body.encode(), purpose=purpose_of(uid)) if is_private else None,
    }


def _sealed_line(row: Note) -> dict[str, str]:
    """The history of a note is for its author alone, whoever reads the note: sealed too."""
    text = bytes(row.sealed) if row.sealed is not None else seal(row.body.encode(), purpose=purpose_of(row.uid))
    return {"kind": row.kind, "held_on": row.held_on.isoformat(), "sealed": b64encode(text).decode()}


def purpose_of(uid: UUID) -> str:
    """One key for each note: a sealed text moved to another row does not open."""
    return f"note {uid}"
