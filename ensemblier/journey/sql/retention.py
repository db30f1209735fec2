"""The one question of retention that the ORM would ask in eleven."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from ensemblier.kernel.orm.sql import question

_LAST = Path(__file__).parent / "last_exchange.sql"


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file with what decides of its end."""

    person_id: int
    last_exchange: datetime
    frozen_until: datetime | None
    archived_at: datetime | None
    warned_at: datetime | None


def old_files(*, before: datetime, at: datetime) -> list[OldFile]:
    """Files opened before an instant, in no order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(question(_LAST), {"before": before, "at": at})
        return [OldFile(*row) for row in cursor.fetchall()]
