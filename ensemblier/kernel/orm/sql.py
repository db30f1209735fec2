"""The few lines of SQL that belong to no app: questions read from their files, locks and statistics of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection
from psycopg import sql


@cache
def question(file: Path) -> str:
    """The text of a hand-written `.sql` file (one file = one question), read once."""
    return file.read_text(encoding="utf-8")


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
    with connection.cursor() as cursor:
        cursor.execute("select part, id from public.kernel_edition")
        return dict(cursor.fetchall())
