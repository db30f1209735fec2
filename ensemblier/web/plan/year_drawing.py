"""The year as two drawings, a wide one and a narrow one: bars, doors, room for a training. Attributes only, no style.

Numbers on the bars are those of the table that follows: the drawing says nothing that the table does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ensemblier.journey.core.calendar import WORK, Certainty, Span, Year
from ensemblier.web.templatetags.french import MONTHS, language

TOP, BAR, GAP = 40, 26, 6
INK, SOFT, TEAL, TINT, LINE, PAPER, WARM = "#16262c", "#3f4f56", "#0b5560", "#e1efec", "#8dbab5", "#fbf8f2", "#93390a"

SHORT = {"janvier": "janv.", "février": "févr.", "avril": "avril", "juillet": "juil.", "septembre": "sept."}


@dataclass(frozen=True, slots=True)
class YearDrawing:
    """One SVG: its class, its size, its marks. `pattern`: the identifier of its hatching."""

    kind: str
    width: int
    height: int
    pattern: str
    marks: SafeString


@dataclass(frozen=True, slots=True)
class _Scale:
    start: date
    days: int
    width: int

    def x(self, day: date) -> float:
        """Where a day stands, within the drawing."""
        return round(min(max((day - self.start).days, 0), self.days) * self.width / self.days, 1)


def numbered(year: Year) -> tuple[Span, ...]:
    """Every span of the year, once, in the order of its first day: the rows of the table."""
    found = dict.fromkeys(span for stretch in year.stretches for span in stretch.spans)
    return tuple(sorted(found, key=lambda span: (span.start or date.min, span.label)))


def draw_year(year: Year, today: date) -> tuple[YearDrawing, YearDrawing]:
    """The wide drawing, then the narrow one."""
    return _draw(year, today, "e-wide", 860), _draw(year, today, "e-narrow", 330)


def _draw(year: Year, today: date, kind: str, width: int) -> YearDrawing:
    scale = _Scale(year.start, (year.end - year.start).days, width)
    pattern = f"h-{kind}"
    spans = numbered(year)
    lanes = _lanes(spans, year)
    below = TOP + (max(lanes, default=-1) + 1) * (BAR + GAP)
    rows = zip(count(1), spans, lanes, strict=False)
    marks = [
        *_months(scale, year, below + 100, is_wide=kind == "e-wide"),
        *(_bar(scale, span, f"{n}", TOP + lane * (BAR + GAP), pattern) for n, span, lane in rows),
        *_changes(scale, year, below),
        *_windows(scale, year, below + 56),
        _today(scale, today, below + 96),
    ]
    return YearDrawing(kind, width, below + 100, pattern, SafeString("".join(marks)))


def _lanes(spans: Sequence[Span], year: Year) -> list[int]:
    """Which row each bar takes: the first that is free on its first day."""
    ends: list[date] = []
    found = []
    for span in spans:
        start, end = span.start or year.start, span.end or year.end
        lane = next((n for n, last in enumerate(ends) if last <= start), len(ends))
        ends[lane : lane + 1] = [end]
        found.append(lane)
    return found


def _months(scale: _Scale, year: Year, bottom: int, *, is_wide: bool) -> Iterable[str]:
    day = year.start
    while day < year.end:
        x, name = scale.x(day), MONTHS[language()][day.month - 1]
        words = (name if len(name) < 5 else SHORT.get(name, name[:3] + ".")) if is_wide else name[:1]
        yield f'<path d="M{x} 26V{bottom}" stroke="#dfd5c4" stroke-width="1"/>'
        yield _text(x + 3, 20, words, color=SOFT)
        if day == year.start or day.month == 1:
            yield _text(x + 3, 4, str(day.year), bold=True)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _bar(scale: _Scale, span: Span, number: str, y: int, pattern: str) -> str:
    left, right = scale.x(span.start or date.min) + 1, scale.x(span.end or date.max) - 1
    is_work = span.status in WORK
    is_sure = is_work and span.certainty is Certainty.SIGNED
    fill = TEAL if is_sure else TINT if is_work else f"url(#{pattern})"
    dash = "" if is_sure or not is_work else ' stroke-dasharray="6 4"'
    box = (
        f'<rect x="{left}" y="{y}" width="{max(right - left, 6)}" height="{BAR}" rx="6" stroke-width="2" fill="{fill}" '
        f'stroke="{TEAL if is_work else LINE}"{dash}/>'
    )
    room = int((right - left - 24) / 8)
    words = span.label if len(span.label) <= room else span.label[: room - 1] + "…" if room > 8 else ""
    color = "#fff" if is_sure else INK
    return box + _text(left + 7, y + 18, f"{number} {words}".strip(), color=color, halo="" if is_sure else PAPER)


def _changes(scale: _Scale, year: Year, y: int) -> Iterable[str]:
    yield _text(0, y + 18, _("Portes"), bold=True)
    for number, change in enumerate(year.changes, 1):
        x = scale.x(change.on)
        yield f'<path d="M{x} {y + 4}v30" stroke="{TEAL}" stroke-width="3"/>'
        yield _text(x + 5, y + 34, f"P{number}")
        yield f'<path d="M{scale.x(change.propose_by)} {y + 24}l-5 9h10z" fill="{WARM}"/>'


def _windows(scale: _Scale, year: Year, y: int) -> Iterable[str]:
    yield _text(0, y + 4, _("Créneaux"), bold=True)
    for number, window in enumerate(year.windows, 1):
        left, right = scale.x(window.start), scale.x(window.end)
        fill, dash = ("#d98845", "") if window.fits else ("#fff", ' stroke-dasharray="4 3"')
        yield (
            f'<rect x="{left}" y="{y + 12}" width="{max(round(right - left, 1), 4)}" height="22" rx="8" fill="{fill}" '
            f'stroke="{WARM}" stroke-width="2"{dash}/>'
        )
        yield _text(left + 6, y + 28, f"C{number}", halo="") if right - left > 26 else ""


def _today(scale: _Scale, today: date, bottom: int) -> str:
    return f'<path d="M{scale.x(today)} 26V{bottom}" stroke="{WARM}" stroke-width="2"/>'


def _text(x: float, y: int, words: str, *, color: str = INK, bold: bool = False, halo: str = PAPER) -> str:
    weight = ' font-weight="700"' if bold else ""
    edge = f' stroke="{halo}" stroke-width="4" paint-order="stroke"' if halo else ""
    return f'<text x="{x}" y="{y}" font-size="14" fill="{color}"{edge}{weight}>{escape(words)}</text>'
