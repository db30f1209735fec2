"""Situations towards work as a dated timeline: several at once, some only expected, gaps that nobody has to fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ensemblier.journey.core.calendar import Certainty
from ensemblier.kernel.errors import BadInput
from ensemblier.routing.core.facts import Status

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatusDraft:
    """A status from `first_day` to `last_day` (both included; None: not known, or still going on)."""

    status: Status
    first_day: date | None = None
    last_day: date | None = None
    words: str = ""

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise BadInput("La fin vient après le début.", field="last_day")


@dataclass(frozen=True, slots=True)
class StatusView:
    """One line of the timeline: a status, or an activity of her calendar (`is_activity`). No `status`: a gap, nothing
    is known of these days."""

    uid: UUID | None
    version: int
    status: Status | None
    words: str
    certainty: Certainty
    is_activity: bool
    first_day: date | None
    last_day: date | None

    def when(self, on: date) -> str:
        """ "past", "now" or "next" on that day."""
        if self.last_day is not None and self.last_day < on:
            return "past"
        return "next" if self.first_day is not None and self.first_day > on else "now"


def timeline(known: Sequence[StatusView]) -> tuple[StatusView, ...]:
    """The lines by their first day, the unknown beginnings first, with the gaps between them."""
    ordered = sorted(known, key=lambda line: (line.first_day or date.min, line.last_day or date.max))
    found: list[StatusView] = []
    reached: date | None = None
    for line in ordered:
        if found and reached is not None and line.first_day is not None and line.first_day > reached + DAY:
            found.append(_gap(reached + DAY, line.first_day - DAY))
        found.append(line)
        if line.last_day is None:
            reached = date.max - DAY
        elif reached is None or line.last_day > reached:
            reached = line.last_day
    return tuple(found)


def _gap(first: date, last: date) -> StatusView:
    return StatusView(None, 0, None, "", Certainty.SIGNED, False, first, last)
