"""Permanences: their rhythm, their seasons, the table of their states."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.permanence import (
    HORIZON_DAYS,
    MAX_DATES,
    SEASON_MONTHS,
    TRANSITIONS,
    next_days,
    parse_rrule,
    sentence,
    transition,
)
from ensemblier.directory.core.states import HalfDay, PermanenceState, Season
from ensemblier.kernel.errors import BadInput, RuleViolated

FIRST = date(2026, 1, 6)  # a Tuesday
ON = date(2026, 11, 22)  # a Sunday


def _next(rule: str, *, season: Season = Season.ALL_YEAR, limit: int = 3) -> tuple[date, ...]:
    return next_days(rule, FIRST, season=season, on=ON, limit=limit)


def test_an_endless_rule_is_fine_and_its_dates_are_capped() -> None:
    days = _next("FREQ=DAILY", limit=10_000)
    assert len(days) == MAX_DATES
    assert days[0] == ON


def test_the_next_days_follow_the_rule_from_its_first_day() -> None:
    assert _next("FREQ=WEEKLY;BYDAY=TU") == (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8))
    assert _next("FREQ=WEEKLY;INTERVAL=2")[:2] == (date(2026, 11, 24), date(2026, 12, 8))
    assert _next("FREQ=MONTHLY;BYDAY=1TH")[:2] == (date(2026, 12, 3), date(2027, 1, 7))


def test_a_rule_with_an_end_stops() -> None:
    assert _next("FREQ=WEEKLY;UNTIL=20261201T000000Z") == (date(2026, 11, 24), date(2026, 12, 1))
    assert _next("FREQ=WEEKLY;COUNT=3") == ()


def test_a_season_keeps_its_months_only() -> None:
    days = _next("FREQ=WEEKLY;BYDAY=TU", season=Season.SPRING, limit=12)
    assert days[0] == date(2027, 3, 2)
    assert {day.month for day in days} <= {3, 4, 5}


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "chaque mardi",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYHOUR=9",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=4",
        "FREQ=WEEKLY\nDTSTART:20200101",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;UNTIL=20269999",
        "FREQ=WEEKLY;" * 100,
    ],
)
def test_a_rule_that_is_unreadable_or_never_happens_is_refused(bad: str) -> None:
    with pytest.raises(BadInput, match="Exemple attendu"):
        parse_rrule(bad, FIRST)
    assert next_days(bad, FIRST, season=Season.ALL_YEAR, on=ON) == (), "une ligne abîmée ne casse pas la page"


@pytest.mark.parametrize("first", [date(1, 1, 1), date(9999, 12, 31)])
def test_an_impossible_first_day_is_refused(first: date) -> None:
    with pytest.raises(BadInput, match="entre 2000 et 2100"):
        parse_rrule("FREQ=DAILY", first)


@pytest.mark.parametrize(
    ("rule", "season", "half_day", "said"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", Season.ALL_YEAR, HalfDay.MORNING, "chaque mardi matin"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", Season.WINTER, HalfDay.AFTERNOON, "un jeudi sur deux après-midi, en hiver"),
        ("FREQ=MONTHLY;BYDAY=1TH", Season.ALL_YEAR, HalfDay.DAY, "le premier jeudi du mois"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", Season.ALL_YEAR, HalfDay.DAY, "le dernier lundi du mois"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", Season.ALL_YEAR, HalfDay.DAY, "chaque lundi, mercredi et vendredi"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", Season.ALL_YEAR, HalfDay.DAY, "le 15 du mois"),
        ("n'importe quoi", Season.ALL_YEAR, HalfDay.DAY, "rythme à préciser"),
    ],
)
def test_the_rhythm_is_said_in_french(rule: str, season: Season, half_day: HalfDay, said: str) -> None:
    assert sentence(rule, FIRST, season=season, half_day=half_day) == said


@given(st.text(max_size=60) | st.builds("FREQ=WEEKLY;{}".format, st.text(max_size=30)))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(next_days(text, FIRST, season=Season.ALL_YEAR, on=ON), tuple)


_WEEKDAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True)
_RULES = st.one_of(
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 52), _WEEKDAYS.map(",".join)),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, 3, 4, -1]), st.sampled_from(["MO", "FR"])),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(-31, 31).filter(bool)),
    st.builds("FREQ=DAILY;INTERVAL={};BYMONTH={}".format, st.integers(1, 52), st.integers(1, 12)),
)


@given(_RULES, st.sampled_from(Season), st.dates(date(2001, 1, 1), date(2030, 12, 31)))
def test_days_are_ordered_in_season_and_within_the_horizon(rule: str, season: Season, on: date) -> None:
    days = next_days(rule, FIRST, season=season, on=on)
    assert all(a < b for a, b in pairwise(days))
    assert all(on <= day and (day - on).days <= HORIZON_DAYS and day.month in SEASON_MONTHS[season] for day in days)


@pytest.mark.parametrize(
    ("verb", "state", "after"),
    [
        ("accept", PermanenceState.DRAFT, PermanenceState.AGREED),
        ("refuse", PermanenceState.DRAFT, PermanenceState.REFUSED),
        ("refuse", PermanenceState.AGREED, PermanenceState.REFUSED),
        ("publish", PermanenceState.AGREED, PermanenceState.PUBLISHED),
        ("close", PermanenceState.DRAFT, PermanenceState.CLOSED),
        ("close", PermanenceState.PUBLISHED, PermanenceState.CLOSED),
    ],
)
def test_the_table_of_states(verb: str, state: PermanenceState, after: PermanenceState) -> None:
    assert transition(verb, state).after == after


def test_nothing_else_is_possible() -> None:
    allowed = {(row.verb, state) for row in TRANSITIONS for state in row.before}
    assert len(allowed) == 7
    with pytest.raises(RuleViolated, match="« publiée »"):
        transition("accept", PermanenceState.PUBLISHED)
    with pytest.raises(RuleViolated, match="« proposée »"):
        transition("publish", PermanenceState.DRAFT)
