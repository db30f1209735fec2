"""Opening hours of the national directories, converted to the syntax of OpenStreetMap ("Mo-Fr 09:00-12:00").

What a person wrote beside the hours is kept as a note; hours that cannot be read are said unknown, never guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from ensemblier.directory.core.exchange.text import as_text, danger_in, key_of, tidy
from ensemblier.directory.core.hours import parse_hours
from ensemblier.kernel.errors import BadInput

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_FRENCH_DAYS = {"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6}
_CLOCK = re.compile(r"^(\d{1,2})\s*[:hH]\s*(\d{2})?(?::\d{2})?$")
_RANGES = re.compile(r"(\d{1,2}\s*[:hH]\s*\d{0,2})\s*(?:-|–|à|a)\s*(\d{1,2}\s*[:hH]\s*\d{0,2})")
MOST_RANGES = 200
Range = tuple[str, str]


def clock(text: str) -> str:
    """ "9h" or "09:00:00" as "09:00"; "" when it is not a time of the day ("24:00" is one)."""
    match = _CLOCK.match(text.strip())
    if not match:
        return ""
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return ""
    return f"{hour:02d}:{minute:02d}"


def compose(week: Mapping[int, Sequence[Range]]) -> str:
    """OSM text of a week: `week[0]` are Monday's ranges; days with the same ranges are joined, empty days left out."""
    texts = [",".join(f"{start}-{end}" for start, end in sorted(set(week.get(day, ())))) for day in range(7)]
    groups: list[tuple[str, list[int]]] = []
    for text in dict.fromkeys(text for text in texts if text):
        groups.append((text, [day for day in range(7) if texts[day] == text]))
    return "; ".join(f"{_days(days)} {text}" for text, days in groups)


def _days(days: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)


def problem_of(osm: str) -> str:
    """Why an OSM text cannot be kept (French, with an example), or ""."""
    try:
        parse_hours(osm)
    except BadInput as error:
        return error.message
    return ""


def from_dila(plages: object) -> tuple[str, str, str]:
    """(OSM text, note, problem) of the DILA list `plage_ouverture`; the problem is French, "" when all was read."""
    if plages in (None, "", []):
        return "", "", ""
    if not isinstance(plages, list):
        return "", "", "Une liste de plages d'ouverture est attendue."
    if len(plages) > MOST_RANGES:
        return "", "", f"{len(plages)} plages d'ouverture : {MOST_RANGES} au plus."
    week: dict[int, list[Range]] = {}
    notes: list[str] = []
    unread = False
    for plage in plages:
        if not isinstance(plage, Mapping):
            unread = True
            continue
        note = tidy(as_text(plage.get("commentaire")))
        if note and not danger_in(note) and note not in notes:
            notes.append(note)
        days, ranges = _dila_days(plage), _dila_ranges(plage)
        if days is None or ranges is None:
            unread = True
            continue
        for day in days:
            week.setdefault(day, []).extend(ranges)
    problem = "Certains horaires n'ont pas pu être lus ; ils sont dits « non connus »." if unread else ""
    return ("" if unread else compose(week)), " ".join(notes)[:500], problem


def _dila_days(plage: Mapping[str, object]) -> range | list[int] | None:
    first = _FRENCH_DAYS.get(key_of(as_text(plage.get("nom_jour_debut"))))
    last_text = as_text(plage.get("nom_jour_fin"))
    last = _FRENCH_DAYS.get(key_of(last_text)) if last_text.strip() else first
    if first is None or last is None:
        return None
    return range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]


def _dila_ranges(plage: Mapping[str, object]) -> list[Range] | None:
    found: list[Range] = []
    for part in ("1", "2"):
        start_text = as_text(plage.get(f"valeur_heure_debut_{part}")).strip()
        end_text = as_text(plage.get(f"valeur_heure_fin_{part}")).strip()
        if not start_text and not end_text:
            continue
        start, end = clock(start_text), clock(end_text)
        if not start or not end or start >= end:
            return None
        found.append((start, end))
    return found


def from_day_columns(days: Iterable[object]) -> tuple[str, str]:
    """(OSM text, problem) of a week, Monday first, each day as "09:00 - 12:00 / 13:30 - 17:00", empty if closed."""
    week: dict[int, list[Range]] = {}
    for day, value in enumerate(days):
        text = " ".join(as_text(value).split())
        if not text or key_of(text) in {"ferme", "fermee", "closed", "off", "non"}:
            continue
        parts = re.split(r"[/,;]| et ", text)
        for part in parts[:MOST_RANGES]:
            match = _RANGES.fullmatch(part.strip())
            start, end = (clock(match[1]), clock(match[2])) if match else ("", "")
            if (start, end) == ("00:00", "00:00"):
                continue  # how the national list writes « closed »
            if not start or not end or start >= end:
                return "", f"Horaires illisibles (« {text[:60]} ») : attendu « 09:00 - 12:00 / 13:30 - 17:00 »."
            week.setdefault(day, []).append((start, end))
    return compose(week), ""
