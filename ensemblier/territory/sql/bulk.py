"""Bulk writes: COPY into a temporary table, then one merge that touches only what differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from ensemblier.territory.core.rows import Counts


@dataclass(frozen=True, slots=True)
class Target:
    """Where rows go: the table, the columns of each row in order, and those that identify a row."""

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def merge(target: Target, rows: Iterable[Sequence[object]]) -> Counts:
    """Insert new rows, update those that differ, leave the others untouched. Must run in a transaction.

    Rows must be unique by key. Returns how many were created, changed and unchanged.
    """
    names = [sql.Identifier(c) for c in target.columns]
    values = [c for c in target.columns if c not in target.key]
    staging = sql.Identifier(f"{target.table}_incoming")
    parts = {
        "table": sql.Identifier(target.table),
        "staging": staging,
        "columns": sql.SQL(", ").join(names),
        "key": sql.SQL(", ").join(map(sql.Identifier, target.key)),
        "action": _action(target.table, values),
    }
    with connection.cursor() as cursor:
        total = _stage(cursor, target, rows)
        cursor.execute(
            sql.SQL(
                "with written as (insert into {table} ({columns}) select {columns} from {staging} "
                "on conflict ({key}) {action} returning (xmax = 0) as is_new) "
                "select count(*) filter (where is_new), count(*) filter (where not is_new) from written"
            ).format(**parts)
        )
        created, changed = cursor.fetchone()
        cursor.execute(sql.SQL("drop table {staging}").format(**parts))
    return Counts(created, changed, total - created - changed)


def _action(table: str, values: Sequence[str]) -> sql.Composable:
    """`do update` of the columns that differ, or `do nothing` when the key is the whole row."""
    if not values:
        return sql.SQL("do nothing")
    mine = sql.SQL(", ").join(sql.Identifier(table, c) for c in values)
    theirs = sql.SQL(", ").join(sql.Identifier("excluded", c) for c in values)
    sets = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(c), sql.Identifier("excluded", c)) for c in values
    )
    return sql.SQL("do update set {} where ({}) is distinct from ({})").format(sets, mine, theirs)


def update(target: Target, rows: Iterable[Sequence[object]]) -> Counts:
    """Update existing rows; a None leaves the column as it is, an unknown key is ignored. Must run in a transaction."""
    values = [sql.Identifier(c) for c in target.columns if c not in target.key]
    table, staging = sql.Identifier(target.table), sql.Identifier(f"{target.table}_incoming")
    kept = [sql.SQL("coalesce(i.{0}, t.{0})").format(c) for c in values]
    with connection.cursor() as cursor:
        total = _stage(cursor, target, rows)
        cursor.execute(
            sql.SQL(
                "update {table} t set {sets} from {staging} i where {same} and ({old}) is distinct from ({new})"
            ).format(
                table=table,
                staging=staging,
                sets=sql.SQL(", ").join(sql.SQL("{} = {}").format(c, k) for c, k in zip(values, kept, strict=True)),
                same=sql.SQL(" and ").join(sql.SQL("t.{0} = i.{0}").format(sql.Identifier(c)) for c in target.key),
                old=sql.SQL(", ").join(sql.SQL("t.{}").format(c) for c in values),
                new=sql.SQL(", ").join(kept),
            )
        )
        changed = cursor.rowcount
        cursor.execute(sql.SQL("drop table {}").format(staging))
    return Counts(0, changed, total - changed)


def _stage(cursor: CursorWrapper, target: Target, rows: Iterable[Sequence[object]]) -> int:
    """COPY the rows into a temporary table named after the target; returns how many."""
    parts = {
        "staging": sql.Identifier(f"{target.table}_incoming"),
        "table": sql.Identifier(target.table),
        "columns": sql.SQL(", ").join(map(sql.Identifier, target.columns)),
    }
    cursor.execute(
        sql.SQL("create temp table {staging} on commit drop as select {columns} from {table} limit 0").format(**parts)
    )
    total = 0
    with cursor.copy(sql.SQL("copy {staging} ({columns}) from stdin").format(**parts)) as copy:
        for row in rows:
            copy.write_row(row)
            total += 1
    return total
