"""Reads what the coverage audit of a territory needs, in a constant number of queries."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.models import InterventionPerimeter
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.adapters.rule_files import shipped_rules
from ensemblier.routing.core.agreements import rules_of
from ensemblier.routing.core.audit import Desk, Ground, Scope, audit
from ensemblier.routing.core.coverage import Audited, CoverageAudit
from ensemblier.routing.core.regime import Regimes
from ensemblier.routing.queries.agreements import lines_in_force
from ensemblier.routing.sql import desks
from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.models import Commune, TravelTime
from ensemblier.territory.queries.zones import zone

DEFAULT_MINUTES = 30
MAX_MINUTES = 240


def coverage(
    *,
    on: date,
    kind: ZoneKind | str | None = None,
    code: str = "",
    minutes: int = DEFAULT_MINUTES,
    is_fictitious: bool = False,
) -> CoverageAudit:
    """The audit of a zone (`kind` and `code`), or of the whole country without one.

    `is_fictitious`: audits the demonstration's counters instead of the real ones; they never mix. Raises NotFound on an
    unknown zone, BadInput on a reach that makes no sense.
    """
    if not 1 <= minutes <= MAX_MINUTES:
        raise BadInput(
            "La portée se donne en minutes de voiture, de 1 à %(max_minutes)s.",
            values={"max_minutes": MAX_MINUTES},
            field="minutes",
        )
    found = zone(kind, code) if kind else None
    sites = desks.sites(on=on, is_fictitious=is_fictitious)
    permanences = desks.permanences(on=on, is_fictitious=is_fictitious)
    communes = Commune.objects.filter(parent__isnull=True)
    inside = _audited(communes.filter(code__in=found.communes) if found else communes)
    codes = {commune.code for commune in inside}
    scope = Scope(found.name if found else "France entière", inside, minutes, is_fictitious)
    lines = [line for line in lines_in_force(on=on) if line.communes & codes]
    regime = Regimes(shipped_rules(), rules_of(lines)).on(on)
    ground = Ground(
        sites=sites,
        permanences=permanences,
        served=_served(on, is_fictitious, codes if found else None),
        places={c.code: c for c in inside} | (_around(inside, codes, (*sites, *permanences)) if found else {}),
        matrix=_matrix({desk.commune_code for desk in (*sites, *permanences)}, codes if found else None),
    )
    return audit(scope, ground, regime, on)


def _matrix(destinations: set[str], origins: set[str] | None) -> dict[str, dict[str, float]]:
    """Imported travel times to the communes of the counters, from these (None = all): one query."""
    rows = TravelTime.objects.filter(destination_id__in=destinations).order_by()
    if origins is not None:
        rows = rows.filter(origin_id__in=origins)
    found: dict[str, dict[str, float]] = {}
    for origin, destination, minutes in rows.values_list("origin_id", "destination_id", "minutes").iterator(20_000):
        found.setdefault(origin, {})[destination] = minutes
    return found


def _around(inside: Sequence[Audited], codes: set[str], counters: Sequence[Desk]) -> dict[str, Audited]:
    """The communes out of the scope, in its regions, where a counter stands: they tell what is recorded there."""
    outside = {desk.commune_code for desk in counters} - codes
    regions = {commune.region_code for commune in inside}
    same = Q(region__code__in=regions) | Q(region__isnull=True)  # overseas collectivities belong to no region
    rows = Commune.objects.filter(same, parent__isnull=True, code__in=outside)
    return {c.code: c for c in _audited(rows)} if outside else {}


def _audited(rows: QuerySet[Commune]) -> list[Audited]:
    fields = ("code", "name", "departement__code", "region__code", "population", "lat", "lon", "is_estimated")
    return [
        Audited(
            code=code,
            name=name,
            departement_code=departement or code[:3],
            region_code=region or departement or code[:3],
            population=population,
            point=Point(lat, lon) if lat is not None and lon is not None else None,
            is_estimated=is_estimated,
        )
        for code, name, departement, region, population, lat, lon, is_estimated in rows.order_by("code").values_list(
            *fields
        )
    ]


def _member(on: date, prefix: str) -> Q:
    """The organisation reached through `prefix` belongs to a network of operators on the day."""
    return valid_on(on, f"{prefix}network_memberships__") & ~Q(**{f"{prefix}network_memberships__network__role": ""})


def _served(on: date, is_fictitious: bool, codes: set[str] | None) -> dict[tuple[Operator, str], tuple[str, ...]]:
    role = "organisation__network_memberships__network__role"
    rows = InterventionPerimeter.objects.filter(valid_on(on), valid_on(on, "perimeter__"), is_fictitious=is_fictitious)
    rows = rows.filter(_member(on, "organisation__")).filter(perimeter__communes__parent__isnull=True)
    if codes is not None:
        rows = rows.filter(perimeter__communes__code__in=codes)
    fields = (role, "organisation__name", "perimeter__communes__code")
    found: dict[tuple[Operator, str], set[str]] = {}
    for r, organisation, code in rows.order_by().values_list(*fields).iterator(chunk_size=20_000):
        if r and (codes is None or code in codes):
            found.setdefault((Operator(r), code), set()).add(organisation)
    return {key: tuple(sorted(names)) for key, names in found.items()}
