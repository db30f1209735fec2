"""Dates of the interface: always an argument; the day of the request only when the caller names none."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query
from pydantic import AfterValidator

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def _within(day: date | None) -> date | None:
    if day is not None and not FIRST <= day <= LAST:
        raise ValueError(
            gettext("la date doit se trouver entre le %(first)s et le %(last)s")
            % {"first": FIRST.isoformat(), "last": LAST.isoformat()}
        )
    return day


SomeDay = Annotated[date | None, AfterValidator(_within)]
Day = Annotated[
    date | None, Query(description="Date AAAA-MM-JJ ; aujourd'hui si elle manque."), AfterValidator(_within)
]

AnyDay = Annotated[
    date | None, Query(description="Date AAAA-MM-JJ ; toutes les dates si elle manque."), AfterValidator(_within)
]


def today() -> date:
    """The day in France: read once, at the door."""
    return timezone.localdate()
