"""The answer with its places: what a page, the API and the terminal show."""

from dataclasses import dataclass
from datetime import date

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import RegionalDesk, SiteCard
from ensemblier.routing.core.answer import (
    Doubt,
    Exclusion,
    Level,
    NotConcerned,
    OtherDoor,
    Question,
    Reason,
    Right,
    Undetermined,
)


@dataclass(frozen=True, slots=True)
class Door:
    """An operator that may accompany the person, why, and its nearest counters (empty when the directory has none)."""

    operator: Operator
    name: str
    level: Level
    because: tuple[Reason, ...]
    sites: tuple[SiteCard, ...]


@dataclass(frozen=True, slots=True)
class Orientation:
    """Every door, in the neutral order of docs/algorithms/ranking.md, and all that explains it."""

    on: date
    doors: tuple[Door, ...]
    excluded: tuple[Exclusion, ...]
    not_concerned: tuple[NotConcerned, ...]
    undetermined: tuple[Undetermined, ...]
    other_doors: tuple[OtherDoor, ...]
    unassigned: bool
    doubts: tuple[Doubt, ...]
    questions: tuple[Question, ...]
    rights: tuple[Right, ...]
    names: dict[Operator, str]
    desk: RegionalDesk | None
    agreements: tuple[Reason, ...]
    is_right_open: bool | None = None
    right_reasons: tuple[Reason, ...] = ()
