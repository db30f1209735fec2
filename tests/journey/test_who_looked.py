"""Who looked, as the person reads it: what was done several times within a minute stands on one line."""

from dataclasses import replace

from ensemblier.journey.core.journal import Act
from ensemblier.journey.queries.rights_log import Look, grouped
from tests.factories.journey import MONDAY


def look(minute: int, second: int = 0, **fields: object) -> Look:
    """A line of the journal."""
    at = MONDAY.replace(minute=minute, second=second)
    return replace(Look(at, "Bruno", "France Travail Gap", Act.READ_FILE, False, False), **fields)  # type: ignore[arg-type]


def test_the_same_line_of_one_minute_is_said_once_with_how_many() -> None:
    lines = [look(5, 50), look(5, 20), look(5, 10, name="Chloé"), look(5, 5, is_refused=True), look(4, 59), look(5, 1)]
    found = grouped(lines)
    assert [(one.name, one.is_refused, one.times, one.at.minute) for one in found] == [
        *(("Bruno", False, 3, 5), ("Chloé", False, 1, 5), ("Bruno", True, 1, 5), ("Bruno", False, 1, 4)),
    ]
    assert sum(one.times for one in found) == len(lines)
