"""The part of the kernel that knows Django."""

from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Q

from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.orm.models import AuditRow, valid_on
from ensemblier.kernel.orm.sql import analyze, only_one, question

ON = date(2026, 11, 22)


class Fruit(StrEnum):
    """A list with a label for one member only."""

    APPLE = "apple"
    PEAR = "pear"


def test_choices_show_the_value_without_a_label() -> None:
    assert choices_of(Fruit) == [("apple", "apple"), ("pear", "pear")]


def test_a_closed_list_names_its_values() -> None:
    assert closed_list("fruit", Fruit, name="f").condition == Q(("fruit__in", ["apple", "pear"]))
    assert closed_list("fruit", Fruit, name="f", blank=True).condition == Q(("fruit__in", ["", "apple", "pear"]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (None, None, True),
        (ON, None, True),
        (None, ON, False),
        (date(2026, 11, 23), None, False),
        (None, date(2026, 11, 23), True),
        (date(2020, 1, 1), date(2026, 11, 23), True),
    ],
)
def test_the_database_reads_periods_as_the_core_does(start: date | None, end: date | None, holds: bool) -> None:
    row = Organisation.objects.create(name="Essai", valid_from=start, valid_to=end)
    assert Organisation.objects.filter(valid_on(ON), pk=row.pk).exists() == holds == row.period.contains(ON)


@pytest.mark.django_db
def test_a_line_of_history_says_who_did_what() -> None:
    row = AuditRow.objects.create(actor_label="Bruno", table="directory.site", row_id="7", verb="move")
    assert str(row) == "move directory.site 7"
    assert row.at is not None and row.actor_id is None


@pytest.mark.django_db
def test_a_question_is_read_once_and_statistics_refresh(tmp_path: Path) -> None:
    file = tmp_path / "question.sql"
    file.write_text("select 1")
    assert question(file) == "select 1"
    file.write_text("select 2")
    assert question(file) == "select 1", "lue une fois"
    Organisation.objects.bulk_create(Organisation(name=f"Structure {n}") for n in range(50))
    analyze("directory_organisation")
    with connection.cursor() as cursor:
        cursor.execute("select reltuples from pg_class where relname = 'directory_organisation'")
        assert cursor.fetchone()[0] == Organisation.objects.count()


@pytest.mark.django_db
def test_a_lock_is_given_back_even_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), only_one(4711):
        assert _held(4711) == 1
        raise ZeroDivisionError
    assert _held(4711) == 0


def _held(key: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and objid = %s", [key])
        return int(cursor.fetchone()[0])
