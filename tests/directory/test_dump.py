"""A dump of the database restores, generated columns included: taken and restored by PostgreSQL's own programs."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from ensemblier.cli.server.account import account_for
from ensemblier.cli.server.binaries import find_binaries
from ensemblier.cli.server.console import silent
from ensemblier.routing.actions.demonstration import sign_demonstration_agreement
from ensemblier.settings.local_server import place_of
from tests.architecture.house import ROOT
from tests.factories.demonstration import TODAY, make_demonstration

TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"
GENERATED = """
select attrelid::regclass || '.' || attname from pg_attribute
where attgenerated = 's' and attrelid::regclass::text !~ '^pg_' order by 1
"""
ROWS = "select count(*), md5(coalesce(string_agg(row::text, ' ' order by row::text), '')) from {} as row"

# What a hasty migration would write: the body is a string, the name inside it is looked up where the dump restores.
UNQUALIFIED = """
create function hasty_key(text) returns text language sql immutable as $$ select lower(unaccent($1)) $$;
create table hasty (name text, key text generated always as (hasty_key(name)) stored);
insert into hasty values ('Élan');
"""


def _where() -> dict[str, Any]:
    given = connection.settings_dict
    known = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    return {name: str(value) for name, value in known.items() if value}


def _run(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    where = _where()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    folder = find_binaries(account_for(place_of(ROOT).data), silent).folder
    return subprocess.run(
        [folder / program, *options],
        env=os.environ | {names[name]: value for name, value in where.items()},
        check=False,
        capture_output=True,
        text=True,
    )


@contextmanager
def _empty_database(name: str) -> Iterator[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'drop database if exists "{name}"')
        cursor.execute(f'create database "{name}" template template0')
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'drop database "{name}" with (force)')


def _moved(source: str, target: str, dump: Path) -> str:
    """Dumps one database, restores it into another; what the restore complained about."""
    taken = _run("pg_dump", "--format=custom", f"--file={dump}", source)
    assert taken.returncode == 0, taken.stderr
    restored = _run("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={target}", str(dump))
    assert (restored.returncode == 0) == (restored.stderr == ""), restored.stderr
    return restored.stderr


def _contents(database: str) -> tuple[dict[str, tuple[int, str]], list[str]]:
    """Rows and digest of each table (generated columns are part of it), and the names of the generated columns."""
    with psycopg.connect(dbname=database, autocommit=True, **_where()) as reader:
        found = {}
        for (table,) in reader.execute(TABLES).fetchall():
            row = reader.execute(sql.SQL(ROWS).format(sql.Identifier(table))).fetchone()
            assert row is not None
            found[table] = (int(row[0]), str(row[1]))
        return found, [str(name) for (name,) in reader.execute(GENERATED).fetchall()]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_dump_restores_to_the_same_rows_and_generated_columns(tmp_path: Path) -> None:
    make_demonstration()
    sign_demonstration_agreement(today=TODAY)
    source = str(connection.settings_dict["NAME"])
    with _empty_database(f"{source}_restored") as copy:
        assert _moved(source, copy, tmp_path / "first.dump") == ""
        before, generated = _contents(source)
        assert _contents(copy) == (before, generated)
        assert {"directory_site.sphere", "directory_site.sort_key"} <= set(generated)
        assert before["directory_site"][0] > 10 and before["directory_offer"][0] > 10

        with psycopg.connect(dbname=copy, autocommit=True, **_where()) as writer:
            writer.execute(UNQUALIFIED)
        with _empty_database(f"{source}_again") as again:
            assert "unaccent" in _moved(copy, again, tmp_path / "second.dump")
