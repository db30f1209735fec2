"""Periods: half-open intervals of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.period import Period

DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))
JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def test_the_start_is_inside_and_the_end_is_not() -> None:
    january = Period(JAN, FEB)
    assert january.contains(JAN)
    assert january.contains(date(2026, 1, 31))
    assert not january.contains(FEB)
    assert not january.contains(date(2025, 12, 31))


def test_without_limit_on_either_side() -> None:
    assert Period().contains(date.min) and Period().contains(date.max)
    assert Period(JAN).contains(date.max) and not Period(JAN).contains(date(2025, 12, 31))
    assert Period(None, FEB).contains(date.min) and not Period(None, FEB).contains(FEB)


@pytest.mark.parametrize("end", [JAN, date(2025, 12, 31)])
def test_a_period_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(BadInput, match="01/01/2026"):
        Period(JAN, end)


def test_neighbours_do_not_overlap() -> None:
    assert not Period(JAN, FEB).overlaps(Period(FEB, MAR))
    assert Period(JAN, MAR).overlaps(Period(FEB, MAR))
    assert Period(None, FEB).overlaps(Period(JAN, None))
    assert not Period(None, JAN).overlaps(Period(JAN, None))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period, limits on both sides, one, or none."""
    start = draw(st.none() | DAYS)
    end = draw(st.none() | DAYS)
    if start and end and end <= start:
        start, end = end, start + timedelta(days=1)
    return Period(start, end)


@given(periods(), periods())
def test_two_periods_overlap_when_a_day_lies_in_both(one: Period, other: Period) -> None:
    edges = [day for day in (one.start, one.end, other.start, other.end) if day]
    days = {date.min, date.max} | {edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)}
    assert one.overlaps(other) == any(one.contains(day) and other.contains(day) for day in days)
    assert one.overlaps(other) == other.overlaps(one)
