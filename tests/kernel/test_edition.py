"""What a process remembers of the reference tables is forgotten as soon as anybody has changed them, and only then."""

from collections.abc import Iterator
from typing import LiteralString
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from ensemblier.directory.models import Network
from ensemblier.kernel.orm.edition import Editions, current_editions, remembered

HELD = "tests-held"


@pytest.fixture
def somebody_else(transactional_db: None) -> Iterator[psycopg.Connection]:
    """Another connection to the same database, in a transaction that the test ends."""
    given = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    where = {name: str(given[key]) for name, key in names.items() if given[key]}
    with psycopg.connect("", dbname=str(given["NAME"]), **where) as other:  # type: ignore[arg-type]  # words of libpq
        yield other


def add(cursor: object, code: str = HELD) -> None:
    cursor.execute(  # type: ignore[attr-defined]
        "insert into directory_network (code, role, circle, is_cep_only, data_inclusion_code)"
        " values (%s, '', 'economic', false, '')",
        [code],
    )


def directory() -> object:
    return (current_editions() or {}).get("directory")


def test_a_change_of_somebody_else_starts_another_edition_when_it_is_kept(somebody_else: psycopg.Connection) -> None:
    before = directory()
    add(somebody_else)
    assert directory() == before  # nobody sees it yet
    somebody_else.commit()
    after = directory()
    assert after != before
    assert directory() == after
    somebody_else.execute("delete from directory_network where code = %s", [HELD])
    somebody_else.commit()
    assert directory() != after


def test_what_is_given_up_starts_none(somebody_else: psycopg.Connection) -> None:
    before = directory()
    add(somebody_else)
    somebody_else.rollback()
    assert directory() == before


def test_two_who_end_in_another_order_than_they_began_are_both_seen(somebody_else: psycopg.Connection) -> None:
    add(somebody_else, "first")
    Network.objects.create(code="second", circle="economic")  # ends while the first one still goes on: nobody waits
    between = directory()
    somebody_else.commit()
    assert directory() != between


@pytest.mark.parametrize("statement", ["truncate directory_strength", "update territory_commune set name = name"])
def test_the_parts_are_apart(somebody_else: psycopg.Connection, statement: LiteralString) -> None:
    before = current_editions() or {}
    somebody_else.execute(statement)
    somebody_else.commit()
    changed = {part for part, edition in (current_editions() or {}).items() if before.get(part) != edition}
    assert changed == {"directory" if "directory" in statement else "territory"}


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_remembered() -> None:
    with transaction.atomic():
        assert current_editions() is None


def test_a_reading_is_asked_again_after_a_change_of_its_parts_only() -> None:
    asked: list[str] = []

    @remembered("territory", size=8)
    def read(_editions: Editions | None, code: str) -> str:
        asked.append(code)
        return code.upper()

    one, two, three = UUID(int=1), UUID(int=2), UUID(int=3)
    for editions in ({"territory": one, "directory": one}, {"territory": one, "directory": two}):
        assert [read(editions, "a"), read(editions, "a")] == ["A", "A"]
    assert asked == ["a"]
    for anew in ({"territory": three}, None, {"directory": one}, None):  # the third: a part that nobody watches
        read(anew, "a")
    assert len(asked) == 5
