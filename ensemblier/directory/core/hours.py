"""Opening hours in the syntax of OpenStreetMap, read with the opening-hours library. "" means not known.

Public holidays are those of mainland France. Times are the local ones of the place: no time zone is involved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import (  # type: ignore[attr-defined]  # its type stubs forget ParserError
    OpeningHours,
    ParserError,
    State,
)

from ensemblier.kernel.errors import BadInput

MAX_LENGTH = 2000
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ORDINARY_WEEK = date(2026, 11, 23)  # a Monday; that week holds no French public holiday
_VARIES = re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|week|easter|\[|\b(?:19|20)\d\d\b|SH", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!\s*:)")
_HOLIDAYS_OFF = re.compile(r"PH\s+(?:off|closed)", re.I)

Span = tuple[time, time, str]


@dataclass(frozen=True, slots=True)
class Exceptional:
    """From `first_day` to `last_day` (included) the hours are `hours_osm`; "" means closed."""

    first_day: date
    last_day: date
    hours_osm: str = ""


def parse_hours(text: str) -> str:
    """The hours, tidied, if they can be read. Raises BadInput that says what is wrong and shows an example."""
    tidy = " ".join(text.split())
    if len(text) > MAX_LENGTH:
        raise BadInput(
            "Ces horaires font %(length)s caractères, le maximum est %(limit)s. "
            "Gardez la semaine habituelle et notez le reste en précision.",
            values={"length": _thousands(len(text)), "limit": _thousands(MAX_LENGTH)},
            field="hours_osm",
        )
    if tidy:
        _parsed(tidy)
    return tidy


@lru_cache(maxsize=4096)
def _parsed(text: str) -> OpeningHours:
    try:
        return OpeningHours(text, country="FR", auto_country=False, auto_timezone=False)
    except (ParserError, ValueError, OverflowError) as error:
        raise BadInput(
            "Ces horaires ne se lisent pas : « %(text)s ». "
            "Exemple attendu : Mo-Fr 08:30-12:00,13:30-17:00; Sa 09:00-12:00.",
            values={"text": text[:60]},
            field="hours_osm",
        ) from error


def is_readable(text: str) -> bool:
    """Whether the hours are known and can be read: a bad row must never break a page."""
    try:
        return bool(parse_hours(text))
    except BadInput:
        return False


def spans_on(text: str, day: date) -> list[Span]:
    """(start, end, comment) of each opening on the day; an end at midnight is 00:00. [] when closed or not readable."""
    if not is_readable(text):
        return []
    start = datetime.combine(day, time())
    found = _parsed(" ".join(text.split())).intervals(start, start + timedelta(days=1))
    return [(a.time(), b.time(), comment) for a, b, state, comment in found if state == State.OPEN]


def open_on(text: str, day: date, exceptions: Sequence[Exceptional] = ()) -> bool | None:
    """Whether the place opens on the day: None when the hours are not known (or say "unknown")."""
    for exception in exceptions:
        if exception.first_day <= day <= exception.last_day:
            return bool(spans_on(exception.hours_osm, day))
    if not is_readable(text):
        return None
    start = datetime.combine(day, time())
    states = [s for *_, s, _ in _parsed(" ".join(text.split())).intervals(start, start + timedelta(days=1))]
    if State.OPEN in states:
        return True
    return None if State.UNKNOWN in states else False


@lru_cache(maxsize=4096)
def open_days(text: str) -> int | None:
    """Mask of the weekdays on which the place may open: bit 0 = Monday … bit 6 = Sunday; None = not known.

    A superset when the hours vary in the year: it selects candidates, `open_on` decides for a day. Hours that name a
    year are never excluded by the mask.
    """
    if not is_readable(text):
        return None
    if _YEAR.search(text):
        return 127
    days = 366 if _VARIES.search(text) else 7
    start = datetime.combine(_ORDINARY_WEEK, time())
    mask = 0
    for opens, closes, state, _ in _parsed(" ".join(text.split())).intervals(start, start + timedelta(days=days)):
        if state != State.CLOSED:
            mask |= _weekdays(opens, closes)
        if mask == 127:
            break
    return mask


def _weekdays(opens: datetime, closes: datetime) -> int:
    mask, day = 0, opens.date()
    last = (closes - timedelta(microseconds=1)).date()
    while day <= last and mask != 127:
        mask |= 1 << day.weekday()
        day += timedelta(days=1)
    return mask


@lru_cache(maxsize=4096)
def hours_text(text: str, *, on: date) -> tuple[str, ...]:
    """French lines, one per group of days with the same hours; () when the hours are not known or not readable.

    When the hours vary in the year, the lines are those of the week of `on`, and a last line says so.
    """
    if not is_readable(text):
        return ()
    varies = bool(_VARIES.search(text))
    monday = on - timedelta(days=on.weekday()) if varies else _ORDINARY_WEEK
    lines = list(_week_lines([spans_on(text, monday + timedelta(days=i)) for i in range(7)]))
    if not lines:
        lines = ["fermé cette semaine" if varies else "fermé"]
    if _HOLIDAYS_OFF.search(text):
        lines.append("fermé les jours fériés")
    if varies:
        lines.append(f"horaires de la semaine du {monday:%d/%m/%Y} ; ils changent selon la période")
    return tuple(lines)


def _week_lines(week: list[list[Span]]) -> Iterator[str]:
    day = 0
    while day < 7:
        last = day
        while last < 6 and week[last + 1] == week[day]:
            last += 1
        if week[day]:
            yield f"{_day_names(day, last)} : {', '.join(_span_text(span) for span in week[day])}"
        day = last + 1


def _day_names(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return "tous les jours"
    if first == last:
        return DAYS[first]
    return f"{DAYS[first]} {'et' if last == first + 1 else 'à'} {DAYS[last]}"


def _span_text(span: Span) -> str:
    start, end, comment = span
    if start == end == time():
        shown = "24 h sur 24"
    else:
        shown = f"{hour_text(start)} – {'minuit' if end == time() else hour_text(end)}"
    return f"{shown} ({comment})" if comment else shown


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def hour_text(at: time) -> str:
    """ "9 h", "13 h 30"."""
    return f"{at.hour} h {at.minute:02d}" if at.minute else f"{at.hour} h"


def next_opening(text: str, at: datetime, exceptions: Sequence[Exceptional] = ()) -> datetime | None:
    """The next time the place opens, or `at` when it is open, within 60 days; None when not known or never.

    `at` is a local time without a zone.
    """
    for offset in range(60):
        day = at.date() + timedelta(days=offset)
        hours = next((e.hours_osm for e in exceptions if e.first_day <= day <= e.last_day), text)
        for start, end, _ in spans_on(hours, day):
            opens = datetime.combine(day, start)
            closes = datetime.combine(day, end) if end > start else datetime.combine(day, time()) + timedelta(days=1)
            if closes > at:
                return max(opens, at)
    return None
