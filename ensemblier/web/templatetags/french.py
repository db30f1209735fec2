"""How values are written: French typography, telephone numbers, dates, durations and distances in words."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache, wraps
from html import escape
from typing import ParamSpec, TypeVar

from django.utils import timezone
from django.utils.translation import get_language

P = ParamSpec("P")
R = TypeVar("R")

THIN = "\u202f"
WIDE = "\u00a0"

_TO_CHANGE = re.compile(
    r"(?P<thin> (?=[;?!]))"
    r"|(?P<wide> (?=[:»])|(?<=«) |(?<=\d) (?=(?:h|min|km|m|ans|mois|jours|€|%|\d{3})(?![\w’])))"
    r"|(?<=\w)'(?=\w)"
)
_INSTEAD = {"thin": THIN, "wide": WIDE, None: "’"}

MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
DAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


_held: ContextVar[str] = ContextVar("language held", default="")


def language() -> str:
    """ "fr" or "en": the two languages of the interface."""
    return _held.get() or ("en" if (get_language() or "fr").startswith("en") else "fr")


@contextmanager
def one_language() -> Iterator[None]:
    """The language does not change inside: it is looked up once, not fifty times for a page."""
    held = _held.set(language())
    try:
        yield
    finally:
        _held.reset(held)


def once_by_language(say: Callable[P, R]) -> Callable[P, R]:
    """Keeps what a function of hashable values says, in each language: rules and places say the same to everybody."""

    @lru_cache(maxsize=4096)
    def known(_language: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> R:
        return say(*args, **dict(kwargs))  # type: ignore[arg-type]  # those of `ask`, packed

    @wraps(say)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        return known(language(), args, tuple(kwargs.items()))

    return ask


def typography(text: str) -> str:
    """French spaces: thin before ; ? !, hard before : and inside « », hard between a number and its unit; apostrophes.

    Only spaces already there are changed: nothing is added, so codes and links stay as they are.
    """
    return _TO_CHANGE.sub(_instead, text)


def writer() -> Callable[[str], str]:
    """Text → HTML in the language of the page: its spaces put right in French, then escaped."""
    if language() != "fr":
        return escape
    return lambda text: escape(typography(text))


def _instead(found: re.Match[str]) -> str:
    return _INSTEAD[found.lastgroup]


def phone_words(number: str) -> str:
    """A French number in pairs ("04 65 71 12 30"), a short number in pairs ("39 49"); anything else as it came."""
    digits = phone_digits(number)
    if digits.startswith("+33") and len(digits) == 12:
        digits = "0" + digits[3:]
    if digits.isdigit() and len(digits) in (4, 10):
        return WIDE.join(digits[i : i + 2] for i in range(0, len(digits), 2))
    return number.strip()


def phone_digits(number: str) -> str:
    """What a tel: link holds: digits, with a leading + if there was one."""
    kept = re.sub(r"[^\d+]", "", number, flags=re.ASCII).replace("(0)", "")
    return kept[:1] + kept[1:].replace("+", "")


def day_words(day: date, *, weekday: bool = False) -> str:
    """ "1er décembre 2026", "mardi 1er décembre 2026"; "1 December 2026" in English."""
    lang = language()
    number = "1er" if day.day == 1 and lang == "fr" else str(day.day)
    words = f"{number}{WIDE}{MONTHS[lang][day.month - 1]} {day.year}"
    return f"{DAYS[lang][day.weekday()]} {words}" if weekday else words


def clock_words(moment: datetime) -> str:
    """ "9 h 30" (9:30 in English), in the time of the installation."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    if language() == "en":
        return f"{local.hour}:{local.minute:02d}"
    return f"{local.hour}{WIDE}h" + (f"{WIDE}{local.minute:02d}" if local.minute else "")


def moment_words(moment: datetime) -> str:
    """ "mardi 24 novembre 2026 à 9 h 30"."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    joint = "at" if language() == "en" else "à"
    return f"{day_words(local.date(), weekday=True)} {joint} {clock_words(moment)}"


def minutes_words(minutes: float) -> str:
    """ "13 min", "1 h 05": whole minutes, at least one."""
    whole = max(1, round(minutes))
    if whole < 60:
        return f"{whole}{WIDE}min"
    return f"{whole // 60}{WIDE}h" + (f"{WIDE}{whole % 60:02d}" if whole % 60 else "")


def km_words(km: float) -> str:
    """ "moins de 1 km", "4,2 km", "38 km"."""
    if km < 1:
        return f"less than 1{WIDE}km" if language() == "en" else f"moins de 1{WIDE}km"
    text = f"{km:.1f}".removesuffix(".0") if km < 10 else f"{km:.0f}"
    return (text if language() == "en" else text.replace(".", ",")) + f"{WIDE}km"


def number_words(value: float) -> str:
    """A count with thin spaces between thousands ("63 515"), commas in English."""
    text = f"{value:,.0f}"
    return text if language() == "en" else text.replace(",", THIN)
