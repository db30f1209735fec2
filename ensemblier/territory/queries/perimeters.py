"""Reads: perimeters on a date, and the fit of zonings."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on
from ensemblier.territory.core.kinds import COLUMN_KINDS, PerimeterPurpose, ZoneKind
from ensemblier.territory.core.zoning import Fit, Overlap, compare_sets, compare_zonings
from ensemblier.territory.models import Commune, Perimeter, ZoneMember


@dataclass(frozen=True, slots=True)
class PerimeterView:
    """A perimeter and the codes of its communes, sorted."""

    uid: UUID
    name: str
    holder_label: str
    holder_uid: UUID | None
    purpose: PerimeterPurpose
    valid_from: date | None
    valid_to: date | None
    communes: tuple[str, ...]
    source: str


def perimeter(uid: UUID) -> PerimeterView:
    """One perimeter, in two queries. Raises NotFound."""
    row = Perimeter.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound("Ce périmètre n'existe pas (ou plus).", field="perimeter")
    return _view(row, tuple(row.communes.order_by("code").values_list("code", flat=True)))


def perimeters(
    *, on: date, purpose: PerimeterPurpose | None = None, holder: str = "", commune_code: str = ""
) -> list[PerimeterView]:
    """Perimeters that hold on a day, by name, with their communes: two queries."""
    rows = Perimeter.objects.filter(valid_on(on)).order_by("name", "pk")
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    if holder:
        rows = rows.filter(holder_label=holder)
    if commune_code:
        rows = rows.filter(communes=commune_code)
    found = list(rows)
    inside: dict[int, list[str]] = {row.pk: [] for row in found}
    links = Perimeter.communes.through.objects.filter(perimeter_id__in=inside).order_by("commune_id")
    for owner, code in links.values_list("perimeter_id", "commune_id"):
        inside[owner].append(code)
    return [_view(row, tuple(inside[row.pk])) for row in found]


def compare(first: ZoneKind, second: ZoneKind, *, departement: str = "") -> Fit:
    """How two zonings fit, over France or one département."""
    return compare_zonings(_zoning(first, departement), _zoning(second, departement), _population())


def compare_perimeters(first: UUID, second: UUID) -> tuple[Overlap, float | None]:
    """What two perimeters share, and their Jaccard index by population."""
    return compare_sets(perimeter(first).communes, perimeter(second).communes, _population())


def _zoning(kind: ZoneKind, departement: str) -> dict[str, str]:
    """Commune → zone code."""
    communes = Commune.objects.filter(parent__isnull=True)
    if departement:
        communes = communes.filter(departement__code=departement)
    if kind in COLUMN_KINDS:
        column = f"{kind.value}__code"
        rows = communes.filter(**{f"{kind.value}__isnull": False}).order_by().values_list("code", column)
        return {code: str(zone) for code, zone in rows}
    members = ZoneMember.objects.filter(zone__kind=kind, commune__in=communes).order_by()
    return dict(members.values_list("commune_id", "zone__code"))


def _population() -> dict[str, int | None]:
    return dict(Commune.objects.filter(parent__isnull=True).order_by().values_list("code", "population"))


def _view(row: Perimeter, codes: tuple[str, ...]) -> PerimeterView:
    return PerimeterView(
        row.uid,
        row.name,
        row.holder_label,
        row.holder_uid,
        PerimeterPurpose(row.purpose),
        row.valid_from,
        row.valid_to,
        codes,
        row.source,
    )
