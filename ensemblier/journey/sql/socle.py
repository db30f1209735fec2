"""Doors of the functions that count for the socle d'indicateurs."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from ensemblier.kernel.orm.sql import question

_FACTS = Path(__file__).parent / "socle_facts.sql"
_MONTHS = Path(__file__).parent / "socle_months.sql"


def socle_facts(organisation: int, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Coded facts of each accompaniment opened from `start` to `end` (excluded). Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_FACTS), {"organisation": organisation, "start": start, "end": end})
        return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def socle_months(organisation: int, since: datetime) -> list[tuple[date, int]]:
    """(first day of a month, how many accompaniments opened in it), the latest first. Inside `acting(by)`."""
    with connection.cursor() as cursor:
        cursor.execute(question(_MONTHS), {"organisation": organisation, "since": since})
        return [(row[0], int(row[1])) for row in cursor.fetchall()]
