"""Tables in two ways against an attacker who solves the linear program of everything shown (HiGHS, through scipy)."""

import random
from collections.abc import Mapping

import pytest
from scipy.optimize import linprog

from ensemblier.journey.core.disclosure import Key, TwoWays, two_ways

LEAST = 11


def interval(table: TwoWays, key: Key, cells: Mapping[Key, int | None]) -> tuple[float, float]:
    """What somebody who reads the whole table can say of a hidden cell: from, to."""
    unknown = [each for each, count in cells.items() if count is None]
    left, right = [], []
    totals = [(total, 0, row) for row, total in table.row_totals.items()]
    totals += [(total, 1, column) for column, total in table.column_totals.items()]
    for total, side, name in totals:
        left.append([float(each[side] == name) for each in unknown])
        right.append(total - sum(count for each, count in cells.items() if count is not None and each[side] == name))
    ends = []
    for sign in (1, -1):
        aim = [sign * float(each == key) for each in unknown]
        ends.append(sign * linprog(aim, A_eq=left, b_eq=right, bounds=[(0, None)] * len(unknown)).fun)
    return round(ends[0], 6), round(ends[1], 6)


def drawn(seed: int) -> dict[Key, int]:
    """A table with a few small counts among large ones."""
    draw = random.Random(seed)  # noqa: S311 - tables of a test
    return {
        (f"n{row}", f"a{column}"): draw.choice((0, 3, 7, 10, 12, 18, 25, 60, 140))
        for row in range(draw.randint(2, 4))
        for column in range(draw.randint(2, 5))
    }


def broken(table: TwoWays, small: list[Key], cells: Mapping[Key, int | None]) -> list[Key]:
    """Small counts that an attacker bounds within ten."""
    return [key for key in small if interval(table, key, cells)[1] - interval(table, key, cells)[0] < LEAST]


def test_no_small_count_is_shown_nor_bounded_by_subtraction(capsys: pytest.CaptureFixture[str]) -> None:
    shown = small_ones = naive = 0
    for seed in range(150):
        counts = drawn(seed)
        table = two_ways(counts, LEAST)
        if table is None:
            continue
        shown += 1
        small = [key for key, count in counts.items() if 0 < count < LEAST]
        small_ones += len(small)
        assert all(table.cells[key] is None for key in small)
        assert broken(table, small, table.cells) == [], seed
        # The seeded fault: small counts alone are hidden, nothing besides.
        alone = {key: None if key in small else count for key, count in counts.items()}
        naive += len(broken(table, small, alone))
    with capsys.disabled():
        print(f"\n  two ways: {shown} tables shown of 150, {small_ones} small counts, 0 bounded; hidden alone: {naive}")
    assert shown >= 30 and small_ones >= 30 and naive >= 20


def test_a_table_of_too_few_is_not_shown_and_a_safe_one_hides_nothing() -> None:
    assert two_ways({("1", "a"): 4, ("1", "b"): 3, ("2", "a"): 40, ("2", "b"): 40}, LEAST) is None
    assert two_ways({("1", "a"): 12, ("1", "b"): 5}, LEAST) is None, "un total de colonne dirait 5"
    safe = two_ways({("1", "a"): 12, ("1", "b"): 20, ("2", "a"): 40, ("2", "b"): 0}, LEAST)
    assert safe is not None and None not in safe.cells.values() and safe.total == 72
