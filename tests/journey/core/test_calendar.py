"""The year read by stretches says what a reading day by day says; silence stays unknown."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ensemblier.directory.core.operators import Operator
from ensemblier.journey.core.calendar import (
    BUSY,
    Certainty,
    Doors,
    Question,
    Span,
    propose_by,
    read_year,
)
from ensemblier.journey.core.working_days import add_working_days, is_working_day
from ensemblier.routing.core.facts import Status

FIRST = date(2026, 11, 1)
LAST = date(2027, 12, 31)
TODAY = date(2026, 11, 23)
TRAVAIL, REGIONAL = Operator.FRANCE_TRAVAIL, Operator.REGIONAL_OPERATOR
JOBSEEKER, EMPLOYEE = Status.JOBSEEKER, Status.EMPLOYEE_PRIVATE
RULE_CHANGE = date(2027, 1, 1)


def judge(statuses: frozenset[Status], on: date) -> Doors:
    """A little law of the tests, with one dated change."""
    express = []
    if JOBSEEKER in statuses:
        express.append(TRAVAIL)
    if EMPLOYEE in statuses or (on >= RULE_CHANGE and Status.STUDENT in statuses):
        express.append(REGIONAL)
    return Doors(tuple(express))


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.dates(date(2026, 9, 1), date(2028, 1, 1)))
        end = draw(st.none() | st.integers(1, 200).map(lambda n: start + timedelta(days=n)))  # noqa: B023
        status = draw(st.sampled_from([JOBSEEKER, EMPLOYEE, Status.STUDENT, Status.RETIRED]))
        found.append(Span("x", status, start, end, draw(st.sampled_from(Certainty))))
    return found


@settings(max_examples=60)
@given(spans(), st.none() | st.integers(1, 30))
def test_stretches_say_what_each_day_says(held: list[Span], weeks: int | None) -> None:
    year = read_year(held, judge, Question(FIRST, LAST, TODAY, weeks, frozenset({RULE_CHANGE})))
    assert (year.stretches[0].start, year.stretches[-1].end) == (FIRST, LAST)
    day = FIRST
    for stretch in year.stretches:
        assert stretch.start == day
        while day < stretch.end:
            on = frozenset(span.status for span in held if span.period.contains(day))
            assert stretch.statuses == on
            assert stretch.doors == (judge(on, day) if on else None)
            free = day >= TODAY and not on & BUSY
            assert any(w.start <= day < w.end for w in year.windows) == free
            day += timedelta(days=1)
    for one, other in zip(year.windows, year.windows[1:], strict=False):
        assert one.end < other.start
    for window in year.windows:
        long_enough = weeks is not None and (window.end - window.start).days >= weeks * 7
        assert (window.fits is True) == (long_enough and window.is_known)
        assert (window.fits is False) == (weeks is not None and not long_enough)


@settings(max_examples=60)
@given(spans())
def test_each_change_is_to_come_and_proposed_in_time(held: list[Span]) -> None:
    year = read_year(held, judge, Question(FIRST, LAST, TODAY, None, frozenset({RULE_CHANGE})))
    for change in year.changes:
        assert change.on > TODAY
        assert change.opening or change.closing
        assert is_working_day(change.propose_by)
        assert add_working_days(change.propose_by, 5) < change.on


def test_the_winter_of_the_mock_up() -> None:
    """Lina is hired on Saturday 12 December: the relay is to be proposed by Friday 4."""
    winter = date(2026, 12, 12)
    held = [
        Span("Recherche d’emploi", JOBSEEKER, date(2026, 11, 2), None),
        Span("Remontées mécaniques", EMPLOYEE, winter, date(2027, 4, 12)),
    ]
    year = read_year(held, judge, Question(FIRST, LAST, TODAY, 12))
    first = year.changes[0]
    assert (first.on, first.opening, first.closing) == (winter, (REGIONAL,), ())
    assert (first.staying, first.propose_by) == ((TRAVAIL,), date(2026, 12, 4))
    assert [(w.start, w.weeks, w.fits) for w in year.windows] == [(TODAY, 2, False), (date(2027, 4, 12), 37, True)]


def test_days_that_nobody_spoke_of_open_no_door_and_change_nothing() -> None:
    held = [Span("Camping", EMPLOYEE, date(2027, 6, 7), date(2027, 9, 27))]
    year = read_year(held, judge, Question(FIRST, LAST, TODAY, 4))
    assert [s.doors is None for s in year.stretches] == [True, False, True]
    assert year.changes == ()
    assert [w.fits for w in year.windows] == [None, None]


def test_a_relay_is_proposed_on_a_working_day_before_holidays() -> None:
    assert propose_by(date(2026, 12, 12)) == date(2026, 12, 4)
    assert propose_by(date(2027, 1, 1)) == date(2026, 12, 23)
