"""The chains of the journal: their heads, their verification, and the erasure that their law asks for."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from ensemblier.journey.core.journal import ChainFault, ChainHead
from ensemblier.kernel.orm.sql import question

_FOLDER = Path(__file__).parent


def heads() -> list[ChainHead]:
    """The last link of each chain."""
    return [ChainHead(int(shard), int(position), str(mark)) for shard, position, mark in _rows("heads_of_journal.sql")]


def faults(known: Sequence[ChainHead]) -> list[ChainFault]:
    """At most a hundred places where the journal is not what was written; `known`: heads exported before."""
    values = {
        "shards": [head.shard for head in known],
        "positions": [head.position for head in known],
        "marks": [bytes.fromhex(head.mark) for head in known],
    }
    return [ChainFault(str(kind), int(shard), int(position)) for kind, shard, position in _rows(_VERIFY, values)]


def erase(before: datetime, at: datetime) -> int:
    """Erase the entries written before an instant; their links stay, and the journal says so. How many."""
    return int(_rows("erase_journal.sql", {"before": before, "at": at})[0][0])


_VERIFY = "verify_journal.sql"


def _rows(name: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question(_FOLDER / name), values or {})
        return list(cursor.fetchall())
