"""The coverage audit: who should be reachable where, and who is; values for a table and a map."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.words import marked
from ensemblier.routing.core.publics import Public
from ensemblier.territory.core.geo import Point


class Reach(StrEnum):
    """How one operator reaches one commune."""

    SITE = "site"
    PERMANENCE = "permanence"
    SERVED = "served"
    GAP = "gap"
    UNKNOWN = "unknown"
    NOT_RECORDED = "not_recorded"

    @property
    def label(self) -> str:
        """The French name."""
        return _LABELS[self]

    @property
    def is_covered(self) -> bool:
        """Whether somebody may be met, or says that they serve the commune."""
        return self in {Reach.SITE, Reach.PERMANENCE, Reach.SERVED}


_LABELS = {
    Reach.SITE: marked("un lieu à portée"),
    Reach.PERMANENCE: marked("une permanence à portée"),
    Reach.SERVED: marked("un périmètre d’intervention le dit desservi"),
    Reach.GAP: marked("rien à portée"),
    Reach.UNKNOWN: marked("position ou trajet inconnu"),
    Reach.NOT_RECORDED: marked("aucun lieu de cet opérateur dans l’annuaire pour ce département ou cette région"),
}


@dataclass(frozen=True, slots=True)
class Audited:
    """A commune of the audit. `is_estimated`: its position was deduced from neighbours."""

    code: str
    name: str
    departement_code: str
    region_code: str
    population: int | None
    point: Point | None
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One commune × one operator. `minutes` to the nearest site (None = none on this land, or not known).

    `is_measured`: these minutes come from the imported matrix, not from the model.
    `served_by`: organisations of that operator whose perimeter names the commune; two or more are an overlap.
    `publics`: keys of the publics for whom the operator is competent there (express or possible); `express`:
    those expressly so.
    """

    commune: Audited
    operator: Operator
    reach: Reach
    minutes: float | None
    km: float | None
    site_uid: UUID | None
    site_name: str
    sites_within: int
    permanence_minutes: float | None
    served_by: tuple[str, ...]
    publics: tuple[str, ...]
    express: tuple[str, ...]
    is_measured: bool = False

    @property
    def is_overlap(self) -> bool:
        """Whether several organisations of one operator say that they serve the commune."""
        return len(self.served_by) > 1


@dataclass(frozen=True, slots=True)
class Row:
    """One public × one operator over the scope: communes and inhabitants, covered or not."""

    public: Public
    operator: Operator
    name: str
    is_express: bool
    communes: int
    covered: int
    gaps: int
    unknown: int
    overlaps: int
    population: int
    population_covered: int
    population_gap: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A competent operator that holds no published permanence in the scope; `has_site`: it has a counter there."""

    operator: Operator
    name: str
    has_site: bool


@dataclass(frozen=True, slots=True)
class CoverageAudit:
    """The whole audit of a scope. `cells` are by commune then operator, competent operators only."""

    on: date
    minutes: int
    scope: str
    names: dict[Operator, str]
    communes: tuple[Audited, ...]
    cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    without_permanence: tuple[Missing, ...]
    is_fictitious: bool
    method: str

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """Cells where nobody of a competent operator can be met."""
        return tuple(cell for cell in self.cells if cell.reach is Reach.GAP)

    @property
    def overlaps(self) -> tuple[Cell, ...]:
        """Cells that several organisations of one operator say they serve."""
        return tuple(cell for cell in self.cells if cell.is_overlap)


METHOD = marked(
    "Un lieu est à portée si le trajet en voiture estimé d’après la distance ne dépasse pas %(minutes)s minutes ; "
    "jamais par-dessus l’eau. Une commune sans lieu à portée est dite couverte si une permanence publiée l’est, "
    "ou si un périmètre d’intervention la nomme. La compétence vient des règles et des accords du %(on)s. "
    "« Aucun lieu dans l’annuaire » n’est pas un manque : c’est une donnée qui manque."
)
METHOD_MATRIX = marked(
    "Un lieu est à portée si le trajet en voiture ne dépasse pas %(minutes)s minutes : celui de la matrice importée "
    "quand elle le connaît, sinon celui estimé d’après la distance, jamais par-dessus l’eau. Une commune sans lieu à "
    "portée est dite couverte si une permanence publiée l’est, ou si un périmètre d’intervention la nomme. La "
    "compétence vient des règles et des accords du %(on)s. « Aucun lieu dans l’annuaire » n’est pas un manque : c’est "
    "une donnée qui manque."
)
