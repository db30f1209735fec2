"""Every table and column has a rule; every table of a file leads to it; the rules have teeth."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models

from ensemblier.journey.core.retention import Life, Stage, TableRule, Term, archive_at, erase_at, stage
from ensemblier.journey.core.retention_tables import TABLES

ROOMS = ("ensemblier.journey", "ensemblier.accounts", "ensemblier.kernel")
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def tables() -> list[type[models.Model]]:
    """Tables that may hold something of somebody."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(ROOMS)]


def without_rule(found: Iterable[type[models.Model]], rules: Mapping[str, TableRule]) -> set[str]:
    """ "table" or "table.column" that nobody decided about, and rules about what no longer exists."""
    faults = set()
    names = set()
    for model in found:
        table = model._meta.db_table
        names.add(table)
        columns = {str(field.column) for field in model._meta.local_fields}
        rule = rules.get(table)
        if rule is None:
            faults.add(table)
            continue
        faults |= {f"{table}.{column}" for column in columns ^ rule.columns}
    return faults | (set(rules) - names)


def leads_nowhere(rules: Mapping[str, TableRule]) -> set[str]:
    """Tables that go with a file but do not say how they lead to it."""
    return {table for table, rule in rules.items() if rule.term is Term.FILE and not rule.person}


def test_every_table_and_column_has_a_rule() -> None:
    assert without_rule(tables(), TABLES) == set()
    assert leads_nowhere(TABLES) == set()


def test_a_table_a_column_and_a_ghost_are_caught() -> None:
    person = TABLES["journey_person"]
    assert without_rule(tables(), {k: v for k, v in TABLES.items() if k != "journey_note"}) == {"journey_note"}
    shorter = replace(person, says=person.says.replace("given_name ", ""))
    assert without_rule(tables(), {**TABLES, "journey_person": shorter}) == {"journey_person.given_name"}
    assert without_rule(tables(), {**TABLES, "journey_ghost": person}) == {"journey_ghost"}
    assert leads_nowhere({"journey_person": replace(person, person="")}) == {"journey_person"}


def test_no_column_is_said_twice() -> None:
    for table, rule in TABLES.items():
        words = f"{rule.says} {rule.codes} {rule.keys}".split()
        assert len(words) == len(set(words)), table


@pytest.mark.parametrize(
    ("months", "days", "expected"),
    [
        (23, 0, Stage.ACTIVE),
        (24, -1, Stage.ACTIVE),
        (24, 0, Stage.ARCHIVED),
        (45, 0, Stage.ARCHIVED),
        (48, -59, Stage.WARNED),
        (48, -1, Stage.WARNED),
        (48, 0, Stage.ERASED),
    ],
)
def test_the_stages_of_a_life(months: int, days: int, expected: Stage) -> None:
    from dateutil.relativedelta import relativedelta

    assert stage(Life(AT), AT + relativedelta(months=months) + timedelta(days=days)) is expected


def test_a_frozen_file_waits_and_a_freezing_that_ended_changes_nothing() -> None:
    term = erase_at(Life(AT))
    assert erase_at(Life(AT, AT + timedelta(days=10))) == term
    assert erase_at(Life(AT, term + timedelta(days=10))) == term + timedelta(days=10)
    assert archive_at(Life(AT, term + timedelta(days=10))) == archive_at(Life(AT))
