"""Puts the audit together from rows already read: competence by the rules, nearness by the territory. No I/O."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from uuid import UUID

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.coverage import METHOD, METHOD_MATRIX, Audited, Cell, CoverageAudit, Missing, Reach, Row
from ensemblier.routing.core.levels import LevelCode
from ensemblier.routing.core.publics import PUBLICS, Public, facts_of
from ensemblier.routing.core.regime import Regime
from ensemblier.territory.core.nearest import Matrix, Nearest, nearest


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter (site or place of a permanence) of one operator."""

    operator: Operator
    uid: UUID
    name: str
    commune_code: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What the directory knows on a day, over the whole country (a nearest counter may lie outside the scope).

    `served`: (operator, commune code) → names of the organisations whose perimeter says so. `places`: every commune of
    the country by code, to know in which département and region a counter stands. `matrix`: imported travel times from
    the communes of the scope to those of the counters.
    """

    sites: Sequence[Desk]
    permanences: Sequence[Desk]
    served: Mapping[tuple[Operator, str], tuple[str, ...]]
    places: Mapping[str, Audited]
    matrix: Matrix = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is audited: the communes and what they are called together; `minutes` is the reach."""

    name: str
    communes: Sequence[Audited]
    minutes: int
    is_fictitious: bool = False


def audit(scope: Scope, ground: Ground, regime: Regime, on: date) -> CoverageAudit:
    """The audit of a scope on a day."""
    competent = _competent(scope.communes, regime, on)
    cells = [cell for op in Operator for cell in _cells(scope, ground, op, competent)]
    cells.sort(key=lambda cell: (cell.commune.code, list(Operator).index(cell.operator)))
    rows = [_row(public, op, regime.names[op], cells) for public in PUBLICS for op in Operator]
    return CoverageAudit(
        on=on,
        minutes=scope.minutes,
        scope=scope.name,
        names=dict(regime.names),
        communes=tuple(scope.communes),
        cells=tuple(cells),
        rows=tuple(row for row in rows if row.communes),
        without_permanence=tuple(_without_permanence(scope, ground, regime, cells)),
        is_fictitious=scope.is_fictitious,
        method=(METHOD_MATRIX if ground.matrix else METHOD) % {"minutes": scope.minutes, "on": f"{on:%d/%m/%Y}"},
    )


RECORDED_BY = {
    Operator.FRANCE_TRAVAIL: "departement",
    Operator.MISSION_LOCALE: "departement",
    Operator.CAP_EMPLOI: "departement",
    Operator.APEC: "region",
    Operator.REGIONAL_OPERATOR: "region",
}
"""Each operator has a counter in every département, or at least in every region. Where the directory holds none, it is
the directory that is incomplete: the audit then says so instead of "gap"."""


_OPEN = {int(LevelCode.POSSIBLE), int(LevelCode.EXPRESS)}


def _area(commune: Audited, operator: Operator) -> str:
    return commune.departement_code if RECORDED_BY[operator] == "departement" else commune.region_code


Competence = Mapping[tuple[Operator, str], tuple[tuple[str, ...], tuple[str, ...]]]
"""(operator, commune code) → keys of the publics for whom its door is open there, and of those expressly so."""


def _competent(communes: Sequence[Audited], regime: Regime, on: date) -> Competence:
    """Who is competent where.

    The rules only see the region, the collectivity and the agreements: communes alike on these are asked once.
    """
    perimeters = [set(a.values) for a in regime.layout.atoms if a.kind.value == "commune"]
    groups: dict[tuple[object, ...], list[Audited]] = {}
    for commune in communes:
        inside = tuple(commune.code in codes for codes in perimeters)
        groups.setdefault((commune.region_code, commune.departement_code, *inside), []).append(commune)
    firsts = [alike[0] for alike in groups.values()]
    persons = [
        facts_of(public, region=c.region_code, departement=c.departement_code, commune=c.code)
        for c in firsts
        for public in PUBLICS
    ]
    found: dict[tuple[Operator, str], tuple[tuple[str, ...], tuple[str, ...]]] = {}
    if not persons:
        return found
    from ensemblier.routing.core.table import evaluate_table, table_of  # polars: only the audit pays for it

    table = evaluate_table(regime, table_of(persons, regime), on)
    for operator in Operator:
        levels = table[operator.value].to_list()
        for place, alike in enumerate(groups.values()):
            mine = levels[place * len(PUBLICS) : (place + 1) * len(PUBLICS)]
            keys = tuple(p.key for p, level in zip(PUBLICS, mine, strict=True) if level in _OPEN)
            express = tuple(p.key for p, level in zip(PUBLICS, mine, strict=True) if level == LevelCode.EXPRESS)
            found.update({(operator, commune.code): (keys, express) for commune in alike if keys})
    return found


def _cells(scope: Scope, ground: Ground, operator: Operator, competent: Competence) -> Iterable[Cell]:
    communes = [c for c in scope.communes if (operator, c.code) in competent]
    sites = [site for site in ground.sites if site.operator is operator]
    permanences = [site for site in ground.permanences if site.operator is operator]
    near, visited = (_near(communes, counters, scope.minutes, ground.matrix) for counters in (sites, permanences))
    areas = {
        _area(ground.places[d.commune_code], operator)
        for d in (*sites, *permanences)
        if d.commune_code in ground.places
    }
    for place, commune in enumerate(communes):
        served = ground.served.get((operator, commune.code), ())
        site = sites[near.index[place]] if near.index[place] >= 0 else None
        minutes, permanence = _known(near.minutes[place]), _known(visited.minutes[place])
        yield Cell(
            commune=commune,
            operator=operator,
            reach=_reach((minutes, permanence), served, scope.minutes, _area(commune, operator) in areas),
            minutes=minutes,
            km=_known(near.km[place]),
            site_uid=site.uid if site else None,
            site_name=site.name if site else "",
            sites_within=near.within[place],
            is_measured=near.measured[place],
            permanence_minutes=permanence,
            served_by=served,
            publics=competent[operator, commune.code][0],
            express=competent[operator, commune.code][1],
        )


def _near(communes: Sequence[Audited], counters: Sequence[Desk], minutes: int, matrix: Matrix) -> Nearest:
    origins = [(c.code, c.point.lat if c.point else None, c.point.lon if c.point else None) for c in communes]
    return nearest(origins, [(s.commune_code, s.lat, s.lon) for s in counters], minutes=minutes, matrix=matrix)


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _reach(times: tuple[float | None, float | None], served: tuple[str, ...], limit: int, is_recorded: bool) -> Reach:
    minutes, permanence = times
    if minutes is not None and minutes <= limit:
        return Reach.SITE
    if permanence is not None and permanence <= limit:
        return Reach.PERMANENCE
    if served:
        return Reach.SERVED
    if not is_recorded:
        return Reach.NOT_RECORDED
    return Reach.UNKNOWN if minutes is None and permanence is None else Reach.GAP


def _row(public: Public, operator: Operator, name: str, cells: Sequence[Cell]) -> Row:
    mine = [cell for cell in cells if cell.operator is operator and public.key in cell.publics]
    people = Counter[str]()
    for cell in mine:
        kind = "covered" if cell.reach.is_covered else cell.reach.value
        people[kind] += cell.commune.population or 0
    covered = sum(cell.reach.is_covered for cell in mine)
    gaps = sum(cell.reach is Reach.GAP for cell in mine)
    return Row(
        public=public,
        operator=operator,
        name=name,
        is_express=any(public.key in cell.express for cell in mine),
        communes=len(mine),
        covered=covered,
        gaps=gaps,
        unknown=len(mine) - covered - gaps,
        overlaps=sum(cell.is_overlap for cell in mine),
        population=sum(people.values()),
        population_covered=people["covered"],
        population_gap=people[Reach.GAP.value],
    )


def _without_permanence(scope: Scope, ground: Ground, regime: Regime, cells: Sequence[Cell]) -> Iterable[Missing]:
    inside = {commune.code for commune in scope.communes}
    held = {site.operator for site in ground.permanences if site.commune_code in inside}
    present = {site.operator for site in ground.sites if site.commune_code in inside}
    for operator in Operator:
        if operator not in held and any(cell.operator is operator for cell in cells):
            yield Missing(operator, regime.names[operator], operator in present)
