"""The few lines of SQL that belong to no app: questions read from their files, locks and statistics of the database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql


@cache
def question(file: Path) -> str:
    """The text of a hand-written `.sql` file (one file = one question), read once."""
    return file.read_text(encoding="utf-8")


class _Prepared(psycopg.Cursor[tuple[Any, ...]]):
    """Parameters go apart from the text, which the server plans once for each connection."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> "_Prepared":
        """Runs the statement, prepared by the first time."""
        return super().execute(query, params, prepare=True)


def answers(asked: Path | str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that answer a hand-written question asked all day: for statements whose plan costs more than their rows.

    The question is a file or its text; every parameter has its cast in it. Whoever watches statements
    (`execute_wrapper`) sees these too; who logs them gets their text with its values, unprepared.
    """
    with connection.cursor() if connection.queries_logged else _prepared() as cursor:
        cursor.execute(question(asked) if isinstance(asked, Path) else asked, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _prepared() -> Any:
    connection.ensure_connection()
    connection.connection.prepare_threshold = 1  # Django forbids it for its own statements, which carry their values
    database: Any = connection  # takes any cursor of its driver
    return database.make_cursor(_Prepared(connection.connection))


@contextmanager
def only_one(key: int) -> Iterator[None]:
    """Holds the database's advisory lock `key`, waiting for it: one process at a time, freed if the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s::bigint)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s::bigint)", [key])


def analyze(*tables: str) -> None:
    """Refreshes the planner's statistics: a table just filled is planned as if it were empty."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("analyze {}").format(sql.Identifier(table)))


def editions() -> dict[str, UUID]:
    """The edition of each part of the reference tables."""
    return dict(answers("select part, id from public.kernel_edition"))
