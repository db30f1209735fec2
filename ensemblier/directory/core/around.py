"""What the directory answers about a place or through time: frozen values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Circle
from ensemblier.directory.core.views import SiteCard


@dataclass(frozen=True, slots=True)
class ServedBy:
    """An organisation that says it receives the people of a commune; `label`: its perimeter, "" when listed by name."""

    organisation_uid: UUID
    organisation_name: str
    operator: Operator | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class CircleOfActors:
    """Sites of one circle of partners in a territory, by name; `count` is their whole number, `cards` the first."""

    circle: Circle
    cards: tuple[SiteCard, ...]
    count: int

    @property
    def has_more(self) -> bool:
        """Whether some are not shown."""
        return self.count > len(self.cards)


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name of a network; `holds` on the date asked for."""

    name: str
    short_name: str
    valid_from: date | None
    valid_to: date | None
    source_url: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Succession:
    """On a day, a network took over from this one (`is_after`) or this one took over from it."""

    other_code: str
    other_name: str
    is_after: bool
    on: date
    note: str
    source_url: str


@dataclass(frozen=True, slots=True)
class NetworkTimeline:
    """A network through time: names oldest first, successions by date, strengths that hold with who says them."""

    code: str
    name: str
    circle: Circle
    operator: Operator | None
    names: tuple[DatedName, ...]
    successions: tuple[Succession, ...]
    strengths: tuple[str, ...]
    strengths_source: str
