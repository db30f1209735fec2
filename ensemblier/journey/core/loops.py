"""Loops that stay open, as whoever coordinates a territory reads them: counts by place and structure, never a person.

Small counts are hidden, and no structure is ever put before another: the order is that of the alphabet.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from ensemblier.kernel.words import marked

LEAST = 5
"""Inside the network, a count of one to four is not shown."""
PERIOD = timedelta(days=90)
"""How far back ended relays are counted."""
K = TypeVar("K", bound=Hashable)


class LoopKind(StrEnum):
    """What is counted. `OPEN`: ended without a word of its sender or of the guichet, or the person was not told."""

    UNANSWERED = "unanswered"
    EXPIRED = "expired"
    OPEN = "open"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The French name."""
        return _KINDS[self]


_KINDS = {
    LoopKind.UNANSWERED: marked("attendent une réponse"),
    LoopKind.EXPIRED: marked("échus sans réponse"),
    LoopKind.OPEN: marked("terminés, boucle encore ouverte"),
    LoopKind.ENDED: marked("terminés en tout"),
}


@dataclass(frozen=True, slots=True)
class LoopCount:
    """One count, by the keys of its zones and the number of the structure whose turn it is (None: not known)."""

    departement: str | None
    zone: str | None
    structure: int | None
    kind: LoopKind
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as it is shown: `number` is None when it is hidden; `is_small`: because it is under five."""

    number: int | None
    is_small: bool = False


def added(counts: Iterable[LoopCount], by: Callable[[LoopCount], K]) -> dict[LoopKind, dict[K, int]]:
    """Kind → (what `by` says of a count: its zone, its structure → how many)."""
    found: dict[LoopKind, dict[K, int]] = {kind: {} for kind in LoopKind}
    for each in counts:
        key = by(each)
        found[each.kind][key] = found[each.kind].get(key, 0) + each.count
    return found


def hidden(counts: Mapping[K, int], *, least: int = LEAST) -> dict[K, Cell]:
    """What may be shown of one column. When one count alone is small, the next smallest is hidden with it: whoever
    knows the whole would find it by subtraction."""
    small = {key for key, count in counts.items() if 0 < count < least}
    left = [key for key, count in counts.items() if count >= least]
    closed = small | ({min(left, key=lambda key: counts[key])} if len(small) == 1 and left else set())
    return {key: Cell(None, key in small) if key in closed else Cell(count) for key, count in counts.items()}


def share_closed(ended: int, still_open: int, *, least: int = LEAST) -> int | None:
    """Percent of ended relays whose loop is closed; None when either part is too small to be told."""
    closed = ended - still_open
    if ended < least or 0 < still_open < least or 0 < closed < least:
        return None
    return round(100 * closed / ended)
