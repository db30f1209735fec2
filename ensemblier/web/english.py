"""Opening hours and rhythms in English.

The directory writes them in French, from a small closed vocabulary (`directory.core.hours.hours_text`,
`directory.core.permanence.sentence`). Each phrase of that vocabulary has its English here; a remark that somebody added
in (parentheses) stays as it was written.
"""

import re

_PHRASES: tuple[tuple[str, str], ...] = (
    (
        r"horaires de la semaine du (\S+) ; ils changent selon la période",
        r"hours of the week of \1; they change through the year",
    ),
    (r"fermé cette semaine", "closed this week"),
    (r"fermé les jours fériés", "closed on public holidays"),
    (r"fermé", "closed"),
    (r"rythme à préciser", "rhythm not known yet"),
    (r"une fois par an", "once a year"),
    (r"chaque jour|tous les jours", "every day"),
    (r"24 h sur 24", "day and night"),
    (r"minuit", "midnight"),
    (r"(\d+) h (\d\d)", r"\1:\2"),
    (r"(\d+) h\b", r"\1:00"),
    (r"\ble (\d+) du mois", r"on day \1 of every month"),
    (r"\ble (\d+) tous les (\d+) mois", r"on day \1, every \2 months"),
    (r"un ([\w, ]+) sur deux", r"every other \1"),
    (r"le ([\w, ]+) toutes les (\d+) semaines", r"\1, every \2 weeks"),
    (r"tous les (\d+) jours", r"every \1 days"),
    (r"tous les (\d+) mois", r"every \1 months"),
    (r"du mois", "of the month"),
    (r"chaque", "every"),
    (r"le premier", "the first"),
    (r"le deuxième", "the second"),
    (r"le troisième", "the third"),
    (r"le quatrième", "the fourth"),
    (r"le dernier", "the last"),
    (r"au printemps", "in spring"),
    (r"en été", "in summer"),
    (r"en automne", "in autumn"),
    (r"en hiver", "in winter"),
    (r"hors juillet et août", "except July and August"),
    (r"après-midi", "afternoon"),
    (r"matin", "morning"),
    *((french, english) for french, english in zip(
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )),
    (r"et", "and"),
    (r"à", "to"),
)  # fmt: skip
_WHOLE = tuple((re.compile(rf"(?<!\w){pattern}(?!\w)", re.I), english) for pattern, english in _PHRASES)
_REMARK = re.compile(r"(\([^()]*\))")


def in_english(text: str) -> str:
    """ "lundi à vendredi : 9 h – 12 h 30" → "Monday to Friday: 9:00 – 12:30"; remarks in parentheses untouched."""
    return "".join(part if part.startswith("(") else _said(part) for part in _REMARK.split(text))


def _said(text: str) -> str:
    for pattern, english in _WHOLE:
        text = pattern.sub(english, text)
    return text.replace(" : ", ": ")
