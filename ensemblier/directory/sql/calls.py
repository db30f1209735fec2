"""Runs calls.sql: who to call while somebody is typing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from ensemblier.territory.core.geo import Point

_CALLS = (Path(__file__).parent / "calls.sql").read_text()
CAP = 1000
"""Rows read per word and table: a word found more often than that selects nothing by itself."""


@dataclass(frozen=True, slots=True)
class Call:
    """A counter (`site_id`) or an organisation without one, with the interlocutor who fits best."""

    organisation_id: int
    site_id: int | None
    contact_id: int | None
    km: float | None


def calls(words: Sequence[str], *, near: Point | None, inside: bool, on: date, limit: int) -> list[Call]:
    """Counters that satisfy every word, best first. One query."""
    values = {
        "words": list(words),
        "lat": near.lat if near else None,
        "lon": near.lon if near else None,
        "inside": inside,
        "on": on,
        "cap": CAP,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CALLS, values)
        return [Call(*row) for row in cursor.fetchall()]
