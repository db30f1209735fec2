"""Permanences: their recurrence, their seasons, and the table of their states.

Recurrence is an RRULE (RFC 5545) read with dateutil. Only the parts a half-day rhythm needs are accepted, and only in
combinations that always have a next date: an endless rule is fine, a rule that never happens is refused.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrule, rrulestr

from ensemblier.directory.core.hours import DAYS
from ensemblier.directory.core.states import HalfDay, PermanenceState, Season
from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.kernel.words import Sentence

MAX_LENGTH = 500
MAX_DATES = 12
HORIZON_DAYS = 400
FIRST_YEAR, LAST_YEAR = 2000, 2100

SEASON_MONTHS: dict[Season, frozenset[int]] = {
    Season.ALL_YEAR: frozenset(range(1, 13)),
    Season.SPRING: frozenset({3, 4, 5}),
    Season.SUMMER: frozenset({6, 7, 8}),
    Season.AUTUMN: frozenset({9, 10, 11}),
    Season.WINTER: frozenset({12, 1, 2}),
    Season.SCHOOL_TERM: frozenset(range(1, 13)) - {7, 8},
}

_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"})
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EXAMPLE = Sentence(
    "Exemple attendu : FREQ=WEEKLY;BYDAY=TU (chaque mardi) ou FREQ=MONTHLY;BYDAY=1TH (le premier jeudi du mois)."
)


@dataclass(frozen=True, slots=True)
class Transition:
    """A verb leads from some states to one; `by_holder` says that only the operator concerned may do it."""

    verb: str
    before: frozenset[PermanenceState]
    after: PermanenceState
    by_holder: bool = True


TRANSITIONS = (
    Transition("accept", frozenset({PermanenceState.DRAFT}), PermanenceState.AGREED),
    Transition("refuse", frozenset({PermanenceState.DRAFT, PermanenceState.AGREED}), PermanenceState.REFUSED),
    Transition("publish", frozenset({PermanenceState.AGREED}), PermanenceState.PUBLISHED),
    Transition(
        "close",
        frozenset({PermanenceState.DRAFT, PermanenceState.AGREED, PermanenceState.PUBLISHED}),
        PermanenceState.CLOSED,
        by_holder=False,
    ),
)


def transition(verb: str, state: PermanenceState) -> Transition:
    """The transition of this verb from this state. Raises RuleViolated with the state as a reason."""
    for row in TRANSITIONS:
        if row.verb == verb and state in row.before:
            return row
    raise RuleViolated(
        "Cette permanence est « %(state)s » : cette action n'est pas possible. "
        "Rechargez la page pour voir où elle en est.",
        values={"state": state.label},
    )


def parse_rrule(text: str, first_day: date) -> str:
    """The rule, tidied, if it can be read and happens. Raises BadInput that says what to write instead."""
    if len(text) > MAX_LENGTH:
        raise _bad(
            Sentence(
                "La récurrence fait %(count)s caractères, le maximum est %(most)s.", count=len(text), most=MAX_LENGTH
            )
        )
    if not FIRST_YEAR <= first_day.year <= LAST_YEAR:
        raise BadInput(
            "Le premier jour (%(day)s) doit être entre %(first)s et %(last)s.",
            field="first_day",
            values={"day": f"{first_day:%d/%m/%Y}", "first": FIRST_YEAR, "last": LAST_YEAR},
        )
    parts = _parts(text)
    _check(parts)
    tidy = ";".join(f"{k}={v}" for k, v in parts.items())
    _rule(tidy, first_day)
    return tidy


def _bad(why: Sentence) -> BadInput:
    return BadInput("%(why)s %(example)s", values={"why": why, "example": _EXAMPLE}, field="rrule")


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in "".join(text.split()).upper().removeprefix("RRULE:").strip(";").split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS or not value or name in parts:
            raise _bad(
                Sentence("La récurrence « %(text)s » ne se lit pas : « %(part)s ».", text=text[:60], part=part[:30])
            )
        parts[name] = value[:8] if name == "UNTIL" else value
    if parts.get("FREQ") not in _FREQUENCIES:
        raise _bad(Sentence("La récurrence doit être quotidienne, hebdomadaire, mensuelle ou annuelle."))
    return parts


def _numbers(parts: dict[str, str], name: str) -> list[int]:
    try:
        return [int(n) for n in parts[name].split(",")] if name in parts else []
    except ValueError:
        raise _bad(Sentence("« %(name)s=%(value)s » n'est pas un nombre.", name=name, value=parts[name][:30])) from None


def _check(parts: dict[str, str]) -> None:
    """Refuse what could loop without ever giving a date (RFC 5545 allows 30 February; a calendar does not)."""
    freq, months, days = parts["FREQ"], _numbers(parts, "BYMONTH"), _numbers(parts, "BYMONTHDAY")
    interval = _numbers(parts, "INTERVAL") or [1]
    if not all(1 <= n <= 52 for n in interval) or not all(1 <= n <= 12 for n in months):
        raise _bad(Sentence("L'intervalle va de 1 à 52 et les mois de 1 à 12."))
    if not all(1 <= abs(n) <= 31 for n in days) or not all(1 <= n <= 1000 for n in _numbers(parts, "COUNT")):
        raise _bad(Sentence("Les jours du mois vont de 1 à 31 et le nombre de fois de 1 à 1000."))
    longest = max((29 if m == 2 else calendar.monthrange(2023, m)[1] for m in months), default=31)
    if days and min(map(abs, days)) > longest:
        raise _bad(Sentence("Ce jour n'existe dans aucun de ces mois."))
    if days and (freq not in {"MONTHLY", "YEARLY"} or "BYDAY" in parts):
        raise _bad(
            Sentence("Un jour du mois ne va qu'avec une récurrence mensuelle ou annuelle, sans jour de semaine.")
        )
    if "BYSETPOS" in parts and (
        freq != "MONTHLY" or "BYDAY" not in parts or any(n not in {1, 2, 3, 4, -1} for n in _numbers(parts, "BYSETPOS"))
    ):
        raise _bad(Sentence("BYSETPOS (1 à 4, ou -1) ne va qu'avec une récurrence mensuelle et des jours de semaine."))
    if freq == "MONTHLY" and months and interval != [1]:
        raise _bad(Sentence("Choisissez un intervalle ou des mois, pas les deux."))
    _check_weekdays(parts, freq)


def _check_weekdays(parts: dict[str, str], freq: str) -> None:
    for code in parts["BYDAY"].split(",") if "BYDAY" in parts else []:
        rank = code[:-2].removeprefix("+")
        if code[-2:] not in _CODES or rank not in {"", "1", "2", "3", "4", "-1"}:
            raise _bad(Sentence("« %(code)s » n'est pas un jour de semaine (MO, TU… ou 1MO, -1FR).", code=code[:10]))
        if rank and (freq != "MONTHLY" or "BYSETPOS" in parts):
            raise _bad(Sentence("« 1MO » ne va qu'avec une récurrence mensuelle."))


def _rule(text: str, first_day: date) -> rrule:
    try:
        rule = rrulestr(text, dtstart=datetime.combine(first_day, time()))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise _bad(Sentence("La récurrence « %(text)s » ne se lit pas.", text=text[:60])) from error
    if not isinstance(rule, rrule):
        raise _bad(Sentence("Une seule récurrence par permanence."))
    return rule


def _days(text: str, first_day: date, season: Season, start: date) -> Iterator[date]:
    until = start + timedelta(days=HORIZON_DAYS)
    for at in _rule(text, first_day):
        day = at.date()
        if day > until:
            return
        if day >= start and day.month in SEASON_MONTHS[season]:
            yield day


def next_days(text: str, first_day: date, *, season: Season, on: date, limit: int = MAX_DATES) -> tuple[date, ...]:
    """The next days from `on` (included), at most `limit` (capped at MAX_DATES) and within HORIZON_DAYS.

    A stored rule that can no longer be read gives no day: a bad row never breaks a page.
    """
    try:
        tidy = parse_rrule(text, first_day)
    except BadInput:
        return ()
    return tuple(islice(_days(tidy, first_day, season, on), min(limit, MAX_DATES)))


def half_day_start(half_day: HalfDay) -> time:
    """When a half-day begins, when no hour is given: 9 h or 14 h."""
    return time(14) if half_day == HalfDay.AFTERNOON else time(9)


def sentence(text: str, first_day: date, *, season: Season, half_day: HalfDay) -> str:
    """The rhythm in French: "chaque mardi matin", "un jeudi sur deux, l'après-midi, en hiver"."""
    try:
        parts = _parts(text)
    except BadInput:
        return "rythme à préciser"
    shown = _rhythm(parts, first_day)
    if half_day != HalfDay.DAY:
        shown += " matin" if half_day == HalfDay.MORNING else " après-midi"
    return shown if season == Season.ALL_YEAR else f"{shown}, {_SEASON_WORDS[season]}"


_SEASON_WORDS = {
    Season.SPRING: "au printemps",
    Season.SUMMER: "en été",
    Season.AUTUMN: "en automne",
    Season.WINTER: "en hiver",
    Season.SCHOOL_TERM: "hors juillet et août",
}
_RANKS = {"1": "le premier", "2": "le deuxième", "3": "le troisième", "4": "le quatrième", "-1": "le dernier"}


def _rhythm(parts: dict[str, str], first_day: date) -> str:
    every = parts.get("INTERVAL", "1")
    codes = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    names = [DAYS[_CODES.index(code[-2:])] for code in codes if code[-2:] in _CODES] or [DAYS[first_day.weekday()]]
    days = " et ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    if parts["FREQ"] == "DAILY":
        return "chaque jour" if every == "1" else f"tous les {every} jours"
    if parts["FREQ"] == "WEEKLY":
        words = {"1": f"chaque {days}", "2": f"un {days} sur deux"}
        return words.get(every, f"le {days} toutes les {every} semaines")
    if parts["FREQ"] == "YEARLY":
        return "une fois par an"
    rank = parts.get("BYSETPOS", codes[0][:-2].removeprefix("+") if codes else "")
    when = "du mois" if every == "1" else f"tous les {every} mois"
    if rank in _RANKS:
        return f"{_RANKS[rank]} {days} {when}"
    return f"le {parts.get('BYMONTHDAY', str(first_day.day))} {when}"
