"""Reads: figures of a place, and its profile beside a reference."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from ensemblier.kernel.errors import NotFound
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.profile import Indicator, Known, needed, profile, total
from ensemblier.territory.core.variables import KNOWN
from ensemblier.territory.models import Commune, Figure
from ensemblier.territory.queries.zones import zone


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as it was imported."""

    variable: str
    label: str
    unit: str
    period: str
    value: float
    source: str
    method: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A place, its reference, and the indicators (those that lack figures say which)."""

    kind: ZoneKind
    code: str
    name: str
    reference_name: str
    communes: int
    indicators: tuple[Indicator, ...]


def figures(kind: ZoneKind | str, code: str, *, variable: str = "") -> list[FigureView]:
    """Figures of one place, latest period first: one query."""
    rows = Figure.objects.filter(kind=ZoneKind(kind), code=code).select_related("variable")
    if variable:
        rows = rows.filter(variable_id=variable)
    return [
        FigureView(
            r.variable_id, r.variable.label, r.variable.unit, r.period, r.value, r.source, r.method, r.published_on
        )
        for r in rows.order_by("variable__label", "-period", "source")
    ]


def territory_profile(kind: ZoneKind | str, code: str) -> Profile:
    """The profile of a commune or a zone beside its region (a region: beside all loaded communes).

    A zone without a figure of its own takes the sum of its communes' when 95 % of them have one. Raises NotFound.
    """
    kind = ZoneKind(kind)
    name, codes, region = _place(kind, code)
    if kind is ZoneKind.REGION or not region:
        reference_name = "France"
        everywhere = Commune.objects.filter(parent__isnull=True).order_by("code").values_list("code", flat=True)
        reference = _latest(None, "", tuple(everywhere))
    else:
        whole = zone(ZoneKind.REGION, region)
        reference_name, reference = whole.name, _latest(ZoneKind.REGION, region, whole.communes)
    mine = _latest(kind, code, codes)
    return Profile(kind, code, name, reference_name, len(codes), tuple(profile(mine, reference)))


def _place(kind: ZoneKind, code: str) -> tuple[str, tuple[str, ...], str]:
    """Name, communes and region of the place."""
    if kind is ZoneKind.COMMUNE:
        row = Commune.objects.filter(code=code).select_related("region").first()
        if row is None:
            raise NotFound("Aucune commune n'a le code %(code)s.", values={"code": code[:20]}, field="commune")
        return row.name, (row.code,), row.region.code if row.region else ""
    whole = zone(kind, code)
    first = Commune.objects.filter(code__in=whole.communes[:1]).select_related("region").first()
    return whole.name, whole.communes, first.region.code if first and first.region else ""


def _latest(kind: ZoneKind | None, code: str, codes: Sequence[str]) -> dict[str, Known]:
    """Latest known figure by variable: the place's own, else the sum of its communes'; and the population before."""
    found: dict[str, Known] = {}
    series = _series(kind, code, codes)
    for variable, periods in series.items():
        if periods:
            found[variable] = periods[max(periods)]
    people = series.get("population", {})
    if len(people) > 1:
        last, first = max(people), min(people)
        if last[:4].isdigit() and first[:4].isdigit() and last[:4] != first[:4]:
            found["population_before"] = people[first]
            years = float(int(last[:4]) - int(first[:4]))
            found["years"] = Known(years, f"{first}–{last}", people[last].source)
    return found


def _series(kind: ZoneKind | None, code: str, codes: Sequence[str]) -> dict[str, dict[str, Known]]:
    """variable → period → figure."""
    series: dict[str, dict[str, Known]] = defaultdict(dict)
    wanted = needed()
    sums = [name for name in wanted if KNOWN[name].adds_up]
    groups = (
        Figure.objects.filter(kind=ZoneKind.COMMUNE, code__in=codes, variable_id__in=sums)
        .values("variable_id", "period", "source")
        .annotate(total=Sum("value"), places=Count("pk"), how=Max("method"), day=Max("published_on"))
        .order_by("source", "variable_id", "period")
    )
    for g in groups:
        known = Known(g["total"], g["period"], g["source"], g["how"], g["day"])
        added = known if kind is ZoneKind.COMMUNE else total(known, g["places"], len(codes))
        if added is not None:
            series[g["variable_id"]][g["period"]] = added
    if kind is not None:
        for r in Figure.objects.filter(kind=kind, code=code, variable_id__in=wanted).order_by("source", "pk"):
            series[r.variable_id][r.period] = Known(r.value, r.period, r.source, r.method, r.published_on)
    return series
