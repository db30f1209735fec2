"""What a source says about the ground, ready to be stored: one frozen row per table row."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ensemblier.territory.core.kinds import ChangeKind, NameKind, ZoneKind


class Located(NamedTuple):
    """A position in degrees with where it comes from; `is_estimated` when it was deduced from neighbours."""

    lat: float
    lon: float
    source: str
    is_estimated: bool = False


class ZoneRow(NamedTuple):
    """A zone; `parent` is the key ("kind:code") of the zone that contains it, or ""."""

    kind: ZoneKind
    code: str
    name: str
    parent: str = ""
    vintage: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """Primary key."""
        return zone_key(self.kind, self.code)


class NameRow(NamedTuple):
    """A name under which a commune is looked for."""

    commune: str
    name: str
    kind: NameKind
    departement: str
    weight: int = 0


class ChangeRow(NamedTuple):
    """`old_code` leads to `new_code` from `start` to `end` (excluded); None = without limit."""

    old_code: str
    new_code: str
    kind: ChangeKind
    source: str
    old_name: str = ""
    start: date | None = None
    end: date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune with the codes of its zones ("" = none)."""

    code: str
    name: str
    postcodes: tuple[str, ...] = ()
    population: int | None = None
    departement: str = ""
    region: str = ""
    arrondissement: str = ""
    epci: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A whole code officiel géographique."""

    communes: tuple[CommuneRow, ...]
    zones: tuple[ZoneRow, ...]
    members: tuple[tuple[str, str], ...]
    """(zone key, commune code) for zonings without a column on the commune."""
    names: tuple[NameRow, ...]
    changes: tuple[ChangeRow, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was set aside: its number (1 = first data row), the field, and why, in French."""

    row: int
    field: str
    reason: str


@dataclass(slots=True)
class Report:
    """What an import did. `set_aside` counts every refused row; `problems` keeps the first thousand."""

    what: str
    accepted: int = 0
    changed: int = 0
    unchanged: int = 0
    set_aside: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, problem: Problem) -> None:
        """Set a row aside."""
        self.set_aside += 1
        if len(self.problems) < 1000:
            self.problems.append(problem)

    def count(self, counts: "Counts") -> None:
        """Add what a bulk write did."""
        self.accepted += counts.created
        self.changed += counts.changed
        self.unchanged += counts.unchanged


class Counts(NamedTuple):
    """Rows created, changed, and found as they were."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


def zone_key(kind: ZoneKind, code: str) -> str:
    """The primary key of a zone, "" for an empty code."""
    return f"{kind.value}:{code}" if code else ""
