"""The door of the function that counts open loops: pages and tasks read no relay for it."""

from datetime import datetime
from pathlib import Path

from django.db import connection

from ensemblier.journey.core.loops import LoopCount, LoopKind
from ensemblier.kernel.orm.sql import question

_LOOPS = Path(__file__).parent / "loops.sql"


def loops(since: datetime, at: datetime) -> tuple[LoopCount, ...]:
    """Every count; none for who does not coordinate. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_LOOPS), {"since": since, "at": at})
        return tuple(LoopCount(row[0], row[1], row[2], LoopKind(row[3]), int(row[4])) for row in cursor.fetchall())
