"""Counts in two ways with their totals, so that no small one is shown nor found by subtraction.

Rule (INSEE, protection of tables): a count of 1 to `least` − 1 is hidden (primary), and enough others with it
(secondary) that what stays, totals included, leaves each primary count an interval of at least `least` values. The
secondary ones are the three other corners of a rectangle: along it, any value may pass from one count to the next
without a total changing, so the interval is at least as wide as what may pass. A table that cannot be protected so is
not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A table to show: None in a cell is hidden. Totals are exact, and none is small."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Key, int | None]
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]
    total: int


def two_ways(counts: Mapping[Key, int], least: int) -> TwoWays | None:
    """The table of these counts, safe to show; None when too few stand behind a total, or nothing protects it."""
    rows = tuple(sorted({row for row, _ in counts}))
    columns = tuple(sorted({column for _, column in counts}))
    full = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    row_totals = {row: sum(full[row, column] for column in columns) for row in rows}
    column_totals = {column: sum(full[row, column] for row in rows) for column in columns}
    if any(total < least for total in (*row_totals.values(), *column_totals.values())):
        return None
    hidden = {key for key, count in full.items() if 0 < count < least}
    for key in sorted(hidden):
        corners = _rectangle(key, full, hidden, least)
        if corners is None:
            return None
        hidden |= corners
    shown = {key: None if key in hidden else count for key, count in full.items()}
    return TwoWays(rows, columns, shown, row_totals, column_totals, sum(row_totals.values()))


def _rectangle(key: Key, full: Mapping[Key, int], hidden: set[Key], least: int) -> frozenset[Key] | None:
    """The other corners that protect a small count, those that hide the least besides; None when no rectangle does."""
    found: tuple[int, frozenset[Key]] | None = None
    row, column = key
    for other_row, other_column in sorted(full):
        if other_row == row or other_column == column:
            continue
        beside, below, across = (row, other_column), (other_row, column), (other_row, other_column)
        up, down = min(full[beside], full[below]), min(full[key], full[across])
        if up + down < least:
            continue
        corners = frozenset((beside, below, across))
        cost = sum(full[each] for each in corners if each not in hidden)
        if found is None or cost < found[0]:
            found = (cost, corners)
    return None if found is None else found[1]
