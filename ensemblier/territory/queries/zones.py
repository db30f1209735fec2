"""Reads: zones with their communes, regions, outlines for maps."""

from collections.abc import Iterable

from django.db.models import Sum

from ensemblier.kernel.errors import NotFound
from ensemblier.territory.core.kinds import COLUMN_KINDS, ZoneKind
from ensemblier.territory.core.views import Contour, RegionView, ZoneView
from ensemblier.territory.models import Commune, Zone
from ensemblier.territory.sql.outlines import outlines


def zone(kind: ZoneKind | str, code: str) -> ZoneView:
    """The zone and the codes of its communes, in two or three queries. Raises NotFound."""
    kind = ZoneKind(kind)
    row = Zone.objects.filter(kind=kind, code=code).first()
    if row is None:
        raise NotFound(
            "Aucune zone de type « %(kind)s » n'a le code %(code)s. "
            "Importez ce zonage (ensemblier territory import) ou vérifiez le code.",
            field="zone",
            values={"kind": kind.label, "code": code[:40]},
        )
    inside = Commune.objects.filter(parent__isnull=True)
    column = {f"{kind.value}_id": row.key} if kind in COLUMN_KINDS else {"memberships__zone_id": row.key}
    inside = inside.filter(**column)
    codes = tuple(inside.order_by("code").values_list("code", flat=True))
    population = inside.aggregate(total=Sum("population"))["total"]
    return ZoneView(kind, row.code, row.name, codes, row.vintage, population)


def zones(kind: ZoneKind | str, *, codes: Iterable[str] | None = None) -> list[ZoneView]:
    """Zones of one kind by name, without their communes: one query."""
    kind = ZoneKind(kind)
    rows = Zone.objects.filter(kind=kind).order_by("sort_key", "code")
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return [ZoneView(kind, row.code, row.name, (), row.vintage) for row in rows]


def regions() -> list[RegionView]:
    """Regions of the current map by name, with their départements: one query."""
    rows = list(Zone.objects.filter(kind__in=[ZoneKind.REGION, ZoneKind.DEPARTEMENT]).order_by("sort_key", "code"))
    inside: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.kind == ZoneKind.DEPARTEMENT and row.parent_id:
            inside.setdefault(row.parent_id, []).append((row.code, row.name))
    return [
        RegionView(row.code, row.name, tuple(sorted(inside.get(row.key, ()))))
        for row in rows
        if row.kind == ZoneKind.REGION
    ]


def contours(kind: ZoneKind | str, codes: Iterable[str]) -> list[Contour]:
    """Outlines of the places asked for, by code; empty when no contour was imported: one query."""
    return outlines(ZoneKind(kind), sorted(set(codes)))


def departement_of(communes: Iterable[str]) -> str:
    """The key of the département that holds all these communes; "" when there is not exactly one: one query."""
    keys = Commune.objects.filter(code__in=list(communes)).order_by().values_list("departement_id", flat=True)
    found = list(keys.distinct()[:2])
    return found[0] or "" if len(found) == 1 else ""


def zones_around(zone: ZoneView) -> list[str]:
    """Keys of a zone, of the départements and of the regions that its communes are in: one query."""
    held = Commune.objects.filter(code__in=zone.communes).order_by()
    pairs = held.values_list("departement_id", "region_id").distinct()
    return [f"{zone.kind.value}:{zone.code}", *sorted({key for pair in pairs for key in pair if key})]
