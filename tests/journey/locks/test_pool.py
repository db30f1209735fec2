"""Eight workers, two organisations, connections that change hands: nobody ever reads the other's row."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from ensemblier.journey.sql.scope import _OPEN, _settings
from ensemblier.kernel.orm.sql import question
from tests.directory.test_dump import _where
from tests.factories.journey import Desk, make_desk_of_two, make_episode

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORKERS = 8
EACH = 20_000 if os.environ.get("ENSEMBLIER_SOAK") else 250


def test_no_row_crosses_on_pooled_connections(capsys: pytest.CaptureFixture[str]) -> None:
    desk = make_desk_of_two()
    theirs = make_episode(Desk(desk.denis, desk.chloe, desk.bruno))
    files = {"bruno": make_episode(desk).person_id, "denis": theirs.person_id}
    told = {"bruno": _settings(desk.bruno, None), "denis": _settings(desk.denis, None)}
    where = _where() | {"dbname": str(connection.settings_dict["NAME"])}
    crossed: list[tuple[str, list[int]]] = []
    empty: list[int] = []

    def ask(worker: int) -> int:
        for number in range(EACH):
            with pool.connection() as used:
                if number % 3 == 2:  # somebody forgot to say who asks
                    used.execute("set local role ensemblier_web")
                    empty.append(len(used.execute("select id from journey_person").fetchall()))
                    continue
                name = ("bruno", "denis")[(worker + number) % 2]
                used.execute(question(_OPEN), told[name])
                seen = [row[0] for row in used.execute("select id from journey_person").fetchall()]
                if seen != [files[name]]:
                    crossed.append((name, seen))
                if number % 50 == 49:
                    raise_inside(used)
        return EACH

    with (
        closing(ConnectionPool(kwargs=where, min_size=2, max_size=3, open=True)) as pool,
        ThreadPoolExecutor(WORKERS) as threads,
    ):
        total = sum(threads.map(ask, range(WORKERS)))
    with capsys.disabled():
        print(f"\n  pool: {WORKERS} workers, {total} requests on 3 connections, {len(crossed)} crossed rows, "
              f"{len(empty)} without context, {sum(empty)} rows shown to them")  # fmt: skip
    assert (crossed, sum(empty)) == ([], 0)


def raise_inside(used: "psycopg.Connection[tuple[object, ...]]") -> None:
    """An error ends the transaction; the next one begins with nobody."""
    with pytest.raises(psycopg.errors.DivisionByZero):
        used.execute("select 1 / 0")
    used.rollback()


def test_a_context_of_the_session_is_caught() -> None:
    """What the pool would do with settings that outlive the transaction: the next reader has the last one's rows."""
    desk = make_desk_of_two()
    make_episode(desk)
    lasting = question(_OPEN).replace(", true)", ", false)")
    with psycopg.connect(dbname=str(connection.settings_dict["NAME"]), **_where()) as used:
        used.execute(lasting, _settings(desk.bruno, None))
        used.commit()
        assert len(used.execute("select id from journey_person").fetchall()) == 1
