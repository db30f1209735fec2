"""Doors of the functions by which what somebody leads passes to a colleague: pages do not touch these rows."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from ensemblier.kernel.orm.sql import question

_COUNT = Path(__file__).parent / "count_led.sql"
_HELD = Path(__file__).parent / "count_held.sql"
_HAND_OVER = Path(__file__).parent / "hand_over.sql"


def count_led(leaver: int) -> int:
    """Open accompaniments led in the organisation of who asks; 0 for who may not know. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_COUNT), {"leaver": leaver})
        return int(cursor.fetchone()[0])


def count_held(leaver: int) -> dict[str, int]:
    """How much somebody holds, by kind: lead, relay, appointment, claim, group, file. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_HELD), {"leaver": leaver})
        return {str(kind): int(number) for kind, number in cursor.fetchall()}


def hand_over(leaver: int, colleague: int, at: datetime) -> list[tuple[UUID, int]]:
    """Pass everything on and end the other accesses; (accompaniment, file) of each that passed. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_HAND_OVER), {"leaver": leaver, "colleague": colleague, "at": at})
        return [(row[0], int(row[1])) for row in cursor.fetchall()]
