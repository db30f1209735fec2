"""What a search is narrowed to."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; "" or None = any. `keys`: the corners that open. `after`: indexed since then."""

    kind: str = ""
    domain: str = ""
    zones: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    after: datetime | None = None
    is_member: bool = False
    keys: tuple[str, ...] = ()
