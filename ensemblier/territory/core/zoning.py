"""Comparison of two zonings, and of two sets of communes: how well they fit.

Source of the measures: overlap shares and the share of population whose two zones do not match, as used for the
fit of administrative and functional areas (e.g. Insee, comparisons of zones d'emploi and EPCI).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two zones share. Shares are of the first zone (0 to 1), None when its total is not known or zero."""

    first: str
    second: str
    communes: int
    population: int | None
    communes_share: float | None
    population_share: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How two zonings fit over the communes that both cover.

    `split`: zones of the first cut by the second. `mismatch_*`: share of communes (of people) that live outside the
    zone of the second that holds the largest part of their own zone of the first: 0 = nested, near 1 = unrelated.
    """

    overlaps: tuple[Overlap, ...]
    split: tuple[str, ...]
    mismatch_communes: float | None
    mismatch_population: float | None
    only_first: frozenset[str]
    only_second: frozenset[str]
    unknown_population: int
    """Communes in both whose population is not known: they weigh nothing in the shares of people."""


def compare_zonings(first: Mapping[str, str], second: Mapping[str, str], population: Mapping[str, int | None]) -> Fit:
    """Compare two zonings given as commune → zone code, `population` by commune (None = unknown)."""
    both = sorted(first.keys() & second.keys())
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    totals: dict[str, list[str]] = defaultdict(list)
    for code in both:
        cells[first[code], second[code]].append(code)
        totals[first[code]].append(code)
    overlaps = tuple(_overlap(pair, inside, totals[pair[0]], population) for pair, inside in sorted(cells.items()))
    parts: dict[str, list[Overlap]] = defaultdict(list)
    for overlap in overlaps:
        parts[overlap.first].append(overlap)
    kept_communes = sum(max(o.communes for o in group) for group in parts.values())
    people = sum(population.get(code) or 0 for code in both)
    kept_people = sum(max(o.population or 0 for o in group) for group in parts.values())
    return Fit(
        overlaps,
        tuple(sorted(zone for zone, group in parts.items() if len(group) > 1)),
        1 - kept_communes / len(both) if both else None,
        1 - kept_people / people if people else None,
        frozenset(first.keys() - second.keys()),
        frozenset(second.keys() - first.keys()),
        sum(population.get(code) is None for code in both),
    )


def compare_sets(
    first: Iterable[str], second: Iterable[str], population: Mapping[str, int | None]
) -> tuple[Overlap, float | None]:
    """What two sets of communes share, and their Jaccard index by population (None: nobody known)."""
    a, b = frozenset(first), frozenset(second)
    overlap = _overlap(("first", "second"), sorted(a & b), sorted(a), population)
    union = sum(population.get(code) or 0 for code in a | b)
    return overlap, (overlap.population or 0) / union if union else None


def _overlap(
    pair: tuple[str, str], inside: list[str], whole: list[str], population: Mapping[str, int | None]
) -> Overlap:
    known = [population[code] for code in inside if population.get(code) is not None]
    people = sum(n for n in known if n is not None)
    total = sum(population.get(code) or 0 for code in whole)
    return Overlap(
        pair[0],
        pair[1],
        len(inside),
        people if known or not inside else None,
        len(inside) / len(whole) if whole else None,
        people / total if total else None,
    )
