"""The functions of the database that open and close accesses; no page writes the table itself."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from ensemblier.kernel.orm.sql import question

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Term:
    """From when, until when (excluded; None: no end set), and why, as the person reads it."""

    since: datetime
    until: datetime | None = None
    why: str = ""


def open_number(at: datetime) -> int:
    """The number of a new file, already open to the adviser who asks."""
    return int(_asked("open_file.sql", {"at": at}))


def grant(person_id: int, colleague_id: int, term: Term) -> int | None:
    """Open a file to a colleague of the organisation that holds it; None when she does not advise there."""
    values = {"person": person_id, "colleague": colleague_id, "at": term.since, "until": term.until, "why": term.why}
    found = _asked("grant_access.sql", values)
    return None if found is None else int(found)


def substitute(file: UUID, term: Term) -> int | None:
    """Open a file of one's own organisation in the place of a colleague; its number, None when there is none such."""
    found = _asked("substitute.sql", {"file": file, "at": term.since, "until": term.until, "why": term.why})
    return None if found is None else int(found)


def end(access_id: int, at: datetime) -> bool:
    """Close an access; False when it is none of theirs, or already closed."""
    return bool(_asked("end_access.sql", {"access": access_id, "at": at}))


def lead_follows(relay_id: int, at: datetime) -> bool:
    """Move the lead where the relay says; False when it stays. Raises IntegrityError when the episode is closed."""
    return bool(_asked("lead_of_relay.sql", {"relay": relay_id, "at": at}))


def _asked(name: str, values: dict[str, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question(_FOLDER / name), values)
        row = cursor.fetchone()
        return row[0] if row else None
