"""Doors of the functions that open the files of an absent member to her substitute, and close them again."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from ensemblier.kernel.orm.sql import question

_IN = Path(__file__).parent / "stand_in.sql"
_DOWN = Path(__file__).parent / "stand_down.sql"


def stand_in(absence: UUID, at: datetime, why: str) -> list[tuple[UUID, int]]:
    """Open what that absence opens at that instant; (file, its number) of each newly opened. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_IN), {"absence": absence, "at": at, "why": why})
        return [(row[0], int(row[1])) for row in cursor.fetchall()]


def stand_down(at: datetime) -> int:
    """End every substitution that nothing holds any more; how many. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_DOWN), {"at": at})
        return int(cursor.fetchone()[0])
