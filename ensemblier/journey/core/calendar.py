"""The year of somebody with several activities: what is held when, doors that open and close, room for a training.

Which door is open is never decided here: `judge` is asked, once for each stretch of days on which nothing changes. Days
on which nothing is known stay unknown: no status is guessed from a silence.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from ensemblier.directory.core.operators import Operator
from ensemblier.journey.core.working_days import NO_MORE_DAYS, add_working_days, is_working_day
from ensemblier.kernel.period import Period
from ensemblier.kernel.words import marked
from ensemblier.routing.core.facts import Status

WORK = frozenset({Status.EMPLOYEE_PRIVATE, Status.EMPLOYEE_PUBLIC, Status.SELF_EMPLOYED, Status.APPRENTICE})
BUSY = WORK | {Status.PAID_TRAINEE, Status.STUDENT}
"""Statuses that leave no room for a whole training."""
ANSWER_DAYS = 5
"""Working days that a desk has to answer a relay (docs/algorithms/relay.md)."""


class Certainty(StrEnum):
    """How sure an activity is."""

    SIGNED = "signed"
    PROMISED = "promised"
    USUAL = "usual"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "signed": marked("contrat signé"),
            "promised": marked("promesse, pas encore signée"),
            "usual": marked("d’habitude, rien de promis"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Span:
    """Something held from `start` to `end` (excluded, None = no end known): a status, a contract, a season."""

    label: str
    status: Status
    start: date | None
    end: date | None
    certainty: Certainty = Certainty.SIGNED

    @property
    def period(self) -> Period:
        """The days as a value."""
        return Period(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Doors:
    """What the law says of one day: expressly competent operators, other open ones, those an answer is missing for."""

    express: tuple[Operator, ...] = ()
    possible: tuple[Operator, ...] = ()
    undetermined: tuple[Operator, ...] = ()


Judge = Callable[[frozenset[Status], date], Doors]
"""For the statuses of a day: the doors of that day. Called with at least one status."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which nothing changes. `doors` None: nothing is known of these days."""

    start: date
    end: date
    spans: tuple[Span, ...]
    doors: Doors | None

    @property
    def statuses(self) -> frozenset[Status]:
        """What is held on these days."""
        return frozenset(span.status for span in self.spans)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days

    @property
    def is_known(self) -> bool:
        """Whether anything is known of these days."""
        return bool(self.spans)


@dataclass(frozen=True, slots=True)
class DoorChange:
    """A day on which the doors are no longer the same, and by when to propose a relay.

    `opening`: a door opens, or becomes the one made for the person; `closing`: it closes, or is only possible now.
    """

    on: date
    opening: tuple[Operator, ...]
    closing: tuple[Operator, ...]
    staying: tuple[Operator, ...]
    propose_by: date
    is_firm: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Days without work. `fits` None: how long the training lasts, or what these days hold, is not known."""

    start: date
    end: date
    is_known: bool
    fits: bool | None

    @property
    def weeks(self) -> int:
        """Whole weeks."""
        return (self.end - self.start).days // 7


@dataclass(frozen=True, slots=True)
class Year:
    """What the page draws and tells, from `start` to `end` (excluded)."""

    start: date
    end: date
    stretches: tuple[Stretch, ...]
    changes: tuple[DoorChange, ...]
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a year. `cuts`: other days on which the answer may change (dates of rules, a birthday)."""

    start: date
    end: date
    today: date
    wanted_weeks: int | None = None
    cuts: frozenset[date] = frozenset()
    holidays: frozenset[date] = NO_MORE_DAYS


def read_year(spans: Iterable[Span], judge: Judge, asked: Question) -> Year:
    """The year, stretch by stretch; what is told is what a reading day by day would tell."""
    stretches = _stretches(tuple(spans), judge, asked)
    return Year(
        start=asked.start,
        end=asked.end,
        stretches=stretches,
        changes=_changes(stretches, asked),
        windows=_windows(stretches, asked),
    )


def _stretches(spans: Sequence[Span], judge: Judge, asked: Question) -> tuple[Stretch, ...]:
    edges = {day for span in spans for day in (span.start, span.end) if day is not None} | asked.cuts
    days = sorted({asked.start, asked.end, *(day for day in edges if asked.start < day < asked.end)})
    found: list[Stretch] = []
    for start, end in pairwise(days):
        held = tuple(span for span in spans if span.period.contains(start))
        doors = judge(frozenset(span.status for span in held), start) if held else None
        last = found[-1] if found else None
        if last is not None and (last.spans, last.doors) == (held, doors):
            found[-1] = Stretch(last.start, end, held, doors)
        else:
            found.append(Stretch(start, end, held, doors))
    return tuple(found)


def _changes(stretches: Sequence[Stretch], asked: Question) -> tuple[DoorChange, ...]:
    found = []
    for before, after in pairwise(stretches):
        if after.start <= asked.today or before.doors is None or after.doors is None:
            continue
        old, new = _ranks(before.doors), _ranks(after.doors)
        if old == new:
            continue
        found.append(
            DoorChange(
                on=after.start,
                opening=tuple(op for op in new if new[op] > old.get(op, 0)),
                closing=tuple(op for op in old if new.get(op, 0) < old[op]),
                staying=tuple(op for op in new if new[op] == old.get(op)),
                propose_by=propose_by(after.start, asked.holidays),
                is_firm=all(span.certainty is Certainty.SIGNED for span in after.spans),
            )
        )
    return tuple(found)


def _ranks(doors: Doors) -> dict[Operator, int]:
    """2 for a door made for the person, 1 for one that is possible: what opens rises, what closes falls."""
    return dict.fromkeys(doors.possible, 1) | dict.fromkeys(doors.express, 2)


def propose_by(change: date, more: frozenset[date] = NO_MORE_DAYS) -> date:
    """The last working day on which a relay can be sent and answered in time before the day `change`."""
    day = change - timedelta(days=ANSWER_DAYS)
    while not is_working_day(day, more) or add_working_days(day, ANSWER_DAYS, more) >= change:
        day -= timedelta(days=1)
    return day


def _windows(stretches: Sequence[Stretch], asked: Question) -> tuple[Window, ...]:
    found: list[Window] = []
    for stretch in stretches:
        start = max(stretch.start, asked.today)
        if start >= stretch.end or stretch.statuses & BUSY:
            continue
        last = found[-1] if found else None
        if last is not None and last.end == start:
            found[-1] = _window(last.start, stretch.end, last.is_known and stretch.is_known, asked.wanted_weeks)
        else:
            found.append(_window(start, stretch.end, stretch.is_known, asked.wanted_weeks))
    return tuple(found)


def _window(start: date, end: date, is_known: bool, wanted: int | None) -> Window:
    if wanted is None:
        return Window(start, end, is_known, None)
    is_long = (end - start).days >= wanted * 7
    return Window(start, end, is_known, (True if is_known else None) if is_long else False)
