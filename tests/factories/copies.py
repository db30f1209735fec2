"""Thousands of the same thing: rows that the actions made once, copied by the database under other numbers."""

from collections.abc import Sequence

from django.db import connection, models
from psycopg import sql

APART = 1_000_000
"""How far apart the numbers of two copies are: a row and its neighbours keep their distance."""


def copy_rows(tables: Sequence[type[models.Model]], times: int) -> None:
    """Every row of these tables, `times` more; keys between them follow, identifiers are new. No trigger runs."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for table in tables:
            columns = {
                field.column or field.name: _copied(field, tables)
                for field in table._meta.concrete_fields
                if _is_kept(field)
            }
            cursor.execute(
                sql.SQL("insert into {table} ({names}) select {values} from {table}, generate_series(1, %s) k").format(
                    table=sql.Identifier(table._meta.db_table),
                    names=sql.SQL(", ").join(sql.Identifier(name) for name in columns),
                    values=sql.SQL(", ").join(columns.values()),
                ),
                [times],
            )
        cursor.execute("set session_replication_role = origin")
        for table in tables:
            cursor.execute(sql.SQL("analyze {}").format(sql.Identifier(table._meta.db_table)))


def _is_kept(field: "models.Field[object, object]") -> bool:
    return not isinstance(field, models.GeneratedField)


def _copied(field: "models.Field[object, object]", tables: Sequence[type[models.Model]]) -> sql.Composable:
    name = sql.Identifier(field.column or field.name)
    if field.primary_key or (field.is_relation and field.related_model in tables):
        return sql.SQL("{} + k::bigint * {}").format(name, sql.Literal(APART))
    return sql.SQL("gen_random_uuid()") if field.name in ("uid", "key") else name
