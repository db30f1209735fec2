"""The neutral order of the doors; docs/algorithms/ranking.md states its guarantees and proves them."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import date

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.answer import Level, Verdict

BAND_MINUTES = 5.0
"""Two counters in the same five minutes are equally near: the model of travel time is no finer than that."""


def draw_of_the_day(operator: Operator, day: date) -> int:
    """The lot an operator draws on a day: the same for everybody, another one the next day. Smallest goes first."""
    ticket = hashlib.sha256(f"{day.isoformat()}|{operator.value}".encode()).digest()
    return int.from_bytes(ticket[:8], "big")


def band_of(minutes: float | None) -> int | None:
    """The five-minute band of a travel time; None when it is not known (NaN and infinity included)."""
    if minutes is None or not math.isfinite(minutes):
        return None
    return int(max(minutes, 0.0) // BAND_MINUTES)


def ranked(
    doors: Sequence[Verdict], *, minutes: Mapping[Operator, float | None], wish: Operator | None, day: date
) -> list[Verdict]:
    """The doors in order: expressly competent, the person's wish, travel band, draw of the day.

    `minutes`: to the nearest counter of each operator; absent or None = not known. A door whose travel time is not
    known is given the best band known in its group (same level, same wish), so that what the directory ignores never
    lowers it: it stands level with the nearest and the draw decides.
    """
    best: dict[tuple[int, int], int] = {}
    for door in doors:
        band = band_of(minutes.get(door.operator))
        group = _group(door, wish)
        if band is not None:
            best[group] = min(band, best.get(group, band))

    def place(door: Verdict) -> tuple[int, int, int, int]:
        group = _group(door, wish)
        band = band_of(minutes.get(door.operator))
        return *group, best.get(group, 0) if band is None else band, draw_of_the_day(door.operator, day)

    return sorted(doors, key=place)


def _group(door: Verdict, wish: Operator | None) -> tuple[int, int]:
    return (0 if door.level is Level.EXPRESS else 1, 0 if door.operator is wish else 1)
