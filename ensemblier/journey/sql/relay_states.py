"""Door of the function by which a system reads the states of its organisation's relays."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from ensemblier.kernel.orm.sql import question

_STATES = Path(__file__).parent / "relay_states.sql"


def relay_states(since: datetime, most: int) -> list[tuple[Any, ...]]:
    """(uid, kind, state, version, due_on, ended_at, is_sent), soonest deadline first. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_STATES), {"since": since, "most": most})
        return list(cursor.fetchall())
