"""Events as values: the dates of a series, who gets a seat, what a calendar may say."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, rrule, weekday

from ensemblier.animation.core.kinds import EventKind, Rhythm, SeatState
from ensemblier.kernel.errors import BadInput

PARIS = ZoneInfo("Europe/Paris")
MAX_TIMES = 60
LONGEST = timedelta(days=731)
"""A series ends within two years: beyond, nobody knows who will still be there."""
REMIND_BEFORE = timedelta(hours=48)
KEEP_GUESTS = timedelta(days=30)
"""How long after an event the name and the address of somebody without an account are kept."""
MAX_WAITING = 1000
_SENSITIVE = re.compile(
    r"sant[ée]|handicap|maladi|soin|psy|addict|alcool|drogue|d[ée]tenu|prison|justice|violence|rsa\b|surendett|dette|"
    r"logement|h[ée]bergement|exil|r[ée]fugi|migrant|invalid|inaptitude|burn|rqth|grossesse|cancer|cap emploi|"
    r"france travail|mission locale|apec\b|p[ôo]le emploi|saisonnier",
    re.I,
)


def starts_of(first: datetime, rhythm: Rhythm, times: int) -> tuple[datetime, ...]:
    """The beginnings of a series, at the same hour of the clock whatever the season. Raises BadInput.

    Monthly keeps the rank of the weekday in the month ("the second Tuesday"); a fifth one is read as the last.
    """
    if not 2 <= times <= MAX_TIMES:
        raise BadInput("Une série compte de 2 à %(most)s dates.", field="times", values={"most": MAX_TIMES})
    local = first.astimezone(PARIS).replace(tzinfo=None)
    if rhythm is Rhythm.MONTHLY:
        rank = (local.day - 1) // 7 + 1
        rule = rrule(MONTHLY, dtstart=local, count=times, byweekday=weekday(local.weekday(), rank if rank < 5 else -1))
        days = list(rule)
    else:
        step = timedelta(weeks=1 if rhythm is Rhythm.WEEKLY else 2)
        days = [local + step * number for number in range(times)]
    if days[-1] - local > LONGEST:
        raise BadInput("La série dure plus de deux ans : faites-en moins de dates.", field="times")
    return tuple(day.replace(tzinfo=PARIS) for day in days)


def seat_for(*, capacity: int | None, taken: int, waiting_capacity: int, waiting: int) -> SeatState | None:
    """Where somebody who registers goes; None when even the waiting list is full. First come, first served."""
    if capacity is None or taken < capacity:
        return SeatState.SEATED
    return SeatState.WAITING if waiting < waiting_capacity else None


def promoted(waiting: Sequence[int], *, capacity: int | None, taken: int) -> tuple[int, ...]:
    """Who leaves the waiting list, in its order, when seats are free."""
    free = len(waiting) if capacity is None else max(0, capacity - taken)
    return tuple(waiting[:free])


def calendar_title(kind: EventKind, title: str) -> str:
    """What a calendar on a telephone shows: the title when nothing in it is sensitive, else the kind alone."""
    return kind.label.capitalize() if _SENSITIVE.search(title) else title


def plain(text: str) -> str:
    """A text as it is kept: the tags that a copy and paste brings are taken out; nothing in it is ever run."""
    bare = re.sub(r"(?is)<(script|style)\b.*?(</\1\s*>|\Z)", " ", text)
    bare = re.sub(r"(?i)<\s*(br|/p|/div|/li|/tr|/h\d)\b[^<>]*>", "\n", bare)
    bare = re.sub(r"<[a-zA-Z/!][^<>]*>", "", bare)
    return re.sub(r"\n{3,}", "\n\n", bare.replace("\r\n", "\n")).strip()
