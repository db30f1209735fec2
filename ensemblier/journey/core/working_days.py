"""Working days: Monday to Friday, French public holidays taken out. Source: code du travail, art. L3133-1.

Local days (Alsace-Moselle: Good Friday and 26 December; overseas: abolition of slavery) are given by the caller: the
law of a place is not guessed here.
"""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

NO_MORE_DAYS: frozenset[date] = frozenset()


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of L3133-1 in that year."""
    sunday = easter(year)
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    moving = {sunday + timedelta(days=1), sunday + timedelta(days=39), sunday + timedelta(days=50)}
    return frozenset({date(year, month, day) for month, day in fixed} | moving)


def is_working_day(day: date, more: frozenset[date] = NO_MORE_DAYS) -> bool:
    """Whether somebody is expected at a desk on that day; `more`: local holidays."""
    return day.weekday() < 5 and day not in public_holidays(day.year) and day not in more


def add_working_days(start: date, days: int, more: frozenset[date] = NO_MORE_DAYS) -> date:
    """The `days`-th working day after `start`, which is itself not counted. Raises ValueError when `days` < 1."""
    if days < 1:
        raise ValueError("at least one working day")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, more)
    return day
