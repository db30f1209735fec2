"""Inserting many rows at once with COPY: some four times faster than INSERT for tables as wide as ours."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert rows of one table, whose primary key is a sequence; their keys are set. Constraints hold as ever."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [field for field in meta.concrete_fields if not getattr(field, "generated", False)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s::text, %s::text)) from generate_series(1, %s::int)",
            [meta.db_table, meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
        names: list[sql.Composable] = [sql.Identifier(str(field.column)) for field in fields]
        query = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(meta.db_table), sql.SQL(", ").join(names))
        with cursor.copy(query) as copy:
            for row in rows:
                copy.write_row([_value(field, row) for field in fields])
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _value(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)
