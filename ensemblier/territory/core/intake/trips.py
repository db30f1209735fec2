"""Travel times: a square matrix of commune codes, or one row per trip."""

from collections.abc import Iterator

from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.intake.cells import Table, commune_code_of, number_of
from ensemblier.territory.core.intake.communes import Refuse
from ensemblier.territory.core.intake.recognise import MINUTES
from ensemblier.territory.core.rows import Problem

Trip = tuple[str, str, float, int]
"""(origin, destination, minutes, row of the file)."""

_MOST = 60.0 * 48  # two days by car: beyond, the unit is wrong


def read_matrix(table: Table, refuse: Refuse) -> Iterator[Trip]:
    """Trips of a square matrix whose first column and header hold commune codes; a cell without value is skipped.

    Seconds, unless the first cell of the header says "minutes".
    """
    label, *columns = table.header
    minutes_per_unit = MINUTES.get(label, 1 / 60)
    destinations = [(c, c.upper()) for c in columns]
    for number, row in table.rows:
        try:
            origin = commune_code_of(row, label)
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
            continue
        for column, destination in destinations:
            try:
                minutes = _minutes(number_of(row, column), minutes_per_unit, column)
            except BadInput as error:
                refuse(Problem(number, error.field, error.message))
                continue
            if minutes is not None and origin != destination:
                yield origin, destination, minutes, number


def read_trips(table: Table, refuse: Refuse) -> Iterator[Trip]:
    """Trips of a table with origin, destination and a duration whose column name says the unit."""
    start = "origin" if "origin" in table.header else "origine"
    column = next(c for c in table.header if c in MINUTES)
    for number, row in table.rows:
        try:
            origin, destination = commune_code_of(row, start), commune_code_of(row, "destination")
            minutes = _minutes(number_of(row, column), MINUTES[column], column)
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
            continue
        if minutes is not None and origin != destination:
            yield origin, destination, minutes, number


def _minutes(value: float | None, minutes_per_unit: float, column: str) -> float | None:
    if value is None:
        return None
    minutes = value * minutes_per_unit
    if minutes < 0 or minutes > _MOST:
        raise BadInput(
            "une durée de %(minutes)s minutes n'est pas possible : vérifiez l'unité",
            values={"minutes": f"{minutes:.0f}"},
            field=column,
        )
    return minutes
