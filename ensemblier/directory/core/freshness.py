"""Freshness: when a row must be read again by its owner, and whether that day has passed."""

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, date


@dataclass(frozen=True, slots=True)
class Freshness:
    """`due_on`: last day on which the row counts as fresh. Stale rows are shown as such, never hidden."""

    due_on: date
    is_stale: bool


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month (31 January + 1 month = 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year >= MAXYEAR:  # a source that dates itself in 9999 is odd, it must not break a page
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def freshness(
    *, reviewed_on: date | None, updated_on: date | None, created_on: date, months: int, on: date
) -> Freshness:
    """Freshness on the day `on`: from the latest of review and source's update, else creation."""
    known = [day for day in (reviewed_on, updated_on) if day is not None]
    due = add_months(max(known) if known else created_on, months)
    return Freshness(due, on > due)
