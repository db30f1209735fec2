"""Profile of a territory: indicators computed from the figures that are present, and what is missing, named."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ensemblier.kernel.words import marked
from ensemblier.territory.core.variables import KNOWN


class Facet(StrEnum):
    """A side of a profile."""

    DENSITY = "density"
    ACTIVITY = "activity"
    SPECIALISATION = "specialisation"
    FRAGILITY = "fragility"
    SERVICES = "services"

    @property
    def label(self) -> str:
        """French name."""
        return {
            Facet.DENSITY: marked("Peuplement"),
            Facet.ACTIVITY: marked("Activité"),
            Facet.SPECIALISATION: marked("Spécialisation"),
            Facet.FRAGILITY: marked("Fragilités"),
            Facet.SERVICES: marked("Services au public"),
        }[self]


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of the place, with where it comes from. `covered`: share of the communes that it sums (1 = all)."""

    value: float
    period: str
    source: str
    method: str = ""
    published_on: date | None = None
    covered: float = 1.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """A computed indicator: `value` None when something is missing, `missing` then says what (French labels).

    `reference` is the same indicator for the place it is compared with (None = not computable).
    """

    code: str
    facet: Facet
    label: str
    unit: str
    value: float | None
    reference: float | None
    formula: str
    inputs: tuple[tuple[str, Known], ...]
    missing: tuple[str, ...]


Figures = Mapping[str, Known]
Formula = Callable[[Mapping[str, float]], float | None]

SECTORS = ("agriculture", "industrie", "construction", "tertiaire_marchand", "tertiaire_public")


@dataclass(frozen=True, slots=True)
class _Recipe:
    code: str
    facet: Facet
    label: str
    unit: str
    needs: tuple[str, ...]
    formula: str
    compute: Formula


def _ratio(top: str, bottom: str, factor: float = 1.0) -> Formula:
    return lambda v: factor * v[top] / v[bottom] if v[bottom] > 0 else None


def _yearly_change(v: Mapping[str, float]) -> float | None:
    if v["population_before"] <= 0 or v["population"] <= 0 or v["years"] <= 0:
        return None
    return 100 * (math.pow(v["population"] / v["population_before"], 1 / v["years"]) - 1)


_JOBS = tuple(f"emplois_{sector}" for sector in SECTORS)

_RECIPES = (
    _Recipe(
        "density",
        Facet.DENSITY,
        marked("Densité"),
        marked("habitants par km²"),
        ("population", "superficie"),
        "population ÷ superficie",
        _ratio("population", "superficie"),
    ),
    _Recipe(
        "growth",
        Facet.DENSITY,
        marked("Évolution annuelle moyenne de la population"),
        marked("% par an"),
        ("population", "population_before", "years"),
        "(population ÷ population d'avant)^(1 ÷ années) − 1",
        _yearly_change,
    ),
    _Recipe(
        "household_size",
        Facet.DENSITY,
        marked("Taille moyenne des ménages"),
        marked("personnes"),
        ("population", "menages"),
        "population ÷ ménages",
        _ratio("population", "menages"),
    ),
    _Recipe(
        "activity_rate",
        Facet.ACTIVITY,
        marked("Taux d'activité des 15-64 ans"),
        "%",
        ("actifs_15_64", "population_15_64"),
        "actifs ÷ population de 15 à 64 ans",
        _ratio("actifs_15_64", "population_15_64", 100),
    ),
    _Recipe(
        "job_concentration",
        Facet.ACTIVITY,
        marked("Indicateur de concentration d'emploi"),
        marked("emplois pour 100 actifs occupés"),
        ("emplois", "actifs_15_64", "chomeurs_15_64"),
        "emplois ÷ (actifs − chômeurs)",
        lambda v: (
            100 * v["emplois"] / (v["actifs_15_64"] - v["chomeurs_15_64"])
            if v["actifs_15_64"] > v["chomeurs_15_64"]
            else None
        ),
    ),
    _Recipe(
        "unemployment",
        Facet.FRAGILITY,
        marked("Taux de chômage au sens du recensement, 15-64 ans"),
        "%",
        ("chomeurs_15_64", "actifs_15_64"),
        "chômeurs ÷ actifs",
        _ratio("chomeurs_15_64", "actifs_15_64", 100),
    ),
    _Recipe(
        "no_diploma",
        Facet.FRAGILITY,
        marked("Part de personnes sans diplôme"),
        "%",
        ("sans_diplome", "non_scolarises"),
        "sans diplôme ÷ non scolarisés de 15 ans ou plus",
        _ratio("sans_diplome", "non_scolarises", 100),
    ),
    _Recipe(
        "no_car",
        Facet.FRAGILITY,
        marked("Part de ménages sans voiture"),
        "%",
        ("menages_sans_voiture", "menages"),
        "ménages sans voiture ÷ ménages",
        _ratio("menages_sans_voiture", "menages", 100),
    ),
    _Recipe(
        "poverty",
        Facet.FRAGILITY,
        marked("Taux de pauvreté"),
        "%",
        ("taux_pauvrete",),
        "publié tel quel",
        lambda v: v["taux_pauvrete"],
    ),
    _Recipe(
        "natural_balance",
        Facet.FRAGILITY,
        marked("Solde naturel"),
        marked("‰"),
        ("naissances", "deces", "population"),
        "(naissances − décès) ÷ population",
        lambda v: 1000 * (v["naissances"] - v["deces"]) / v["population"] if v["population"] > 0 else None,
    ),
    _Recipe(
        "services",
        Facet.SERVICES,
        marked("Lieux d'accueil de services au public"),
        marked("pour 10 000 habitants"),
        ("services_publics", "population"),
        "lieux ÷ population",
        _ratio("services_publics", "population", 10_000),
    ),
    _Recipe(
        "doctors",
        Facet.SERVICES,
        marked("Médecins généralistes"),
        marked("pour 10 000 habitants"),
        ("medecins", "population"),
        "médecins ÷ population",
        _ratio("medecins", "population", 10_000),
    ),
)

_EXTRA = {
    "population_before": marked("Population à une période plus ancienne"),
    "years": marked("Années entre deux populations"),
}


def profile(figures: Figures, reference: Figures) -> list[Indicator]:
    """Indicators of a place from its latest figures by variable, each beside that of `reference` (a region, France).

    "population_before" and "years" may be given beside the variables of `KNOWN`. Rates of a sum of communes are those
    of the sums, never means of rates.
    """
    done = [_indicator(recipe, figures, reference) for recipe in _RECIPES]
    return [*done, _specialisation(figures, reference)]


def _indicator(recipe: _Recipe, figures: Figures, reference: Figures) -> Indicator:
    return Indicator(
        recipe.code,
        recipe.facet,
        recipe.label,
        recipe.unit,
        _computed(recipe, figures),
        _computed(recipe, reference),
        recipe.formula,
        tuple((name, figures[name]) for name in recipe.needs if name in figures),
        tuple(label_of(name) for name in recipe.needs if name not in figures),
    )


def _computed(recipe: _Recipe, figures: Figures) -> float | None:
    if any(name not in figures for name in recipe.needs):
        return None
    return recipe.compute({name: figures[name].value for name in recipe.needs})


def _specialisation(figures: Figures, reference: Figures) -> Indicator:
    """Krugman's index: half the sum of the gaps between the two structures of employment (0 = alike, 1 = apart)."""
    mine, theirs = _structure(figures), _structure(reference)
    value = None if mine is None or theirs is None else sum(abs(a - b) for a, b in zip(mine, theirs, strict=True)) / 2
    return Indicator(
        "specialisation",
        Facet.SPECIALISATION,
        marked("Indice de spécialisation de l'emploi"),
        marked("0 (comme la référence) à 1"),
        value,
        None if theirs is None else 0.0,
        "½ Σ |part du secteur ici − part du secteur dans la référence| (Krugman, 1991)",
        tuple((name, figures[name]) for name in _JOBS if name in figures),
        tuple(label_of(name) for name in _JOBS if name not in figures or name not in reference),
    )


def _structure(figures: Figures) -> list[float] | None:
    if any(name not in figures for name in _JOBS):
        return None
    total = sum(figures[name].value for name in _JOBS)
    return [figures[name].value / total for name in _JOBS] if total > 0 else None


def label_of(name: str) -> str:
    """French label of an input."""
    return KNOWN[name].label if name in KNOWN else _EXTRA.get(name, name)


def needed() -> frozenset[str]:
    """Every variable that a profile can use."""
    return frozenset({name for recipe in _RECIPES for name in recipe.needs} | set(_JOBS)) - _EXTRA.keys()


def total(parts: Known, count: int, expected: int) -> Known | None:
    """The sum `parts` of the figures of `count` communes out of `expected`, with its method said.

    None when less than 95 % of the communes have a figure: a sum with holes is not a figure.
    """
    if not expected or count < 0.95 * expected:
        return None
    return replace(parts, method=f"somme de {count} communes sur {expected}", covered=count / expected)
