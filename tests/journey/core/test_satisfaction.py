"""Counts of opinions: nothing about fewer people than the floor, nothing by subtraction; seeded fault included."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ensemblier.journey.core.rights import answer_due_on
from ensemblier.journey.core.satisfaction import FLOOR_INSIDE, FLOOR_OUTSIDE, Counts, shown_counts

answers = st.fixed_dictionaries({name: st.integers(0, 40) for name in ("yes", "partly", "no")})


def tells_of_few(counts: Counts, truth: Mapping[str, int], floor: int) -> bool:
    """Whether somebody learns a part of 1 to floor − 1 people, or what all who answered said."""
    if counts.total is None:
        return bool(counts.parts)
    if counts.total < floor:
        return True
    small = any(0 < count < floor for count in counts.parts.values())
    alike = bool(counts.parts) and sum(1 for count in counts.parts.values() if count) < 2
    return small or alike or bool(counts.parts and dict(counts.parts) != dict(truth))


@given(answers, st.sampled_from([FLOOR_INSIDE, FLOOR_OUTSIDE]))
@example({"yes": 11, "partly": 0, "no": 1}, FLOOR_OUTSIDE)
@example({"yes": 5, "partly": 0, "no": 0}, FLOOR_INSIDE)
def test_nothing_is_said_of_few(truth: dict[str, int], floor: int) -> None:
    assert not tells_of_few(shown_counts(truth, floor), truth, floor)


def test_hiding_only_the_small_cell_is_caught() -> None:
    truth = {"yes": 20, "partly": 0, "no": 1}
    assert tells_of_few(Counts(21, truth), truth, FLOOR_OUTSIDE)


@pytest.mark.parametrize(
    ("truth", "floor", "total", "has_detail"),
    [
        ({"yes": 6, "partly": 5, "no": 0}, FLOOR_INSIDE, 11, True),
        ({"yes": 6, "partly": 5, "no": 0}, FLOOR_OUTSIDE, 11, False),
        ({"yes": 4, "partly": 0, "no": 0}, FLOOR_INSIDE, None, False),
    ],
)
def test_what_is_said(truth: dict[str, int], floor: int, total: int | None, has_detail: bool) -> None:
    counts = shown_counts(truth, floor)
    assert counts.total == total
    assert bool(counts.parts) is has_detail


def test_a_request_is_answered_within_a_month() -> None:
    assert answer_due_on(date(2027, 1, 31)) == date(2027, 2, 28)
