"""Reads what the coverage audit needs, over the whole country, in a constant number of queries."""

from datetime import date

from django.db.models import Q, QuerySet

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import PermanenceState
from ensemblier.directory.models import InterventionPerimeter, Permanence, Site
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.adapters.rule_files import shipped_rules
from ensemblier.routing.core.agreements import rules_of
from ensemblier.routing.core.audit import Desk, Ground, Scope, audit
from ensemblier.routing.core.coverage import Audited, CoverageAudit
from ensemblier.routing.core.regime import Regimes
from ensemblier.routing.queries.agreements import lines_in_force
from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.models import Commune
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
        raise BadInput(f"La portée se donne en minutes de voiture, de 1 à {MAX_MINUTES}.", field="minutes")
    found = zone(kind, code) if kind else None
    places = {commune.code: commune for commune in _audited(Commune.objects.filter(parent__isnull=True))}
    codes = set(found.communes) if found else set(places)
    inside = [commune for code, commune in places.items() if code in codes]
    scope = Scope(found.name if found else "France entière", inside, minutes, is_fictitious)
    lines = [line for line in lines_in_force(on=on) if line.communes & codes]
    regime = Regimes(shipped_rules(), rules_of(lines)).on(on)
    served = _served(on, is_fictitious, codes)
    ground = Ground(_sites(on, is_fictitious), _permanences(on, is_fictitious), served, places)
    return audit(scope, ground, regime, on)


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


def _sites(on: date, is_fictitious: bool) -> list[Desk]:
    role = "organisation__network_memberships__network__role"
    rows = Site.objects.filter(valid_on(on), merged_into=None, is_fictitious=is_fictitious)
    found = rows.filter(_member(on, "organisation__")).order_by("id")
    return [
        Desk(Operator(r), uid, name, commune or "", lat, lon)
        for r, uid, name, commune, lat, lon in found.values_list(role, "uid", "name", "commune_id", "lat", "lon")
        if r
    ]


def _permanences(on: date, is_fictitious: bool) -> list[Desk]:
    role = "holder__network_memberships__network__role"
    rows = Permanence.objects.filter(valid_on(on), valid_on(on, "site__"), site__merged_into=None)
    rows = rows.filter(state=PermanenceState.PUBLISHED.value, is_fictitious=is_fictitious)
    fields = (role, "site__uid", "site__name", "site__commune_id", "site__lat", "site__lon")
    return [
        Desk(Operator(r), uid, name, commune or "", lat, lon)
        for r, uid, name, commune, lat, lon in rows.filter(_member(on, "holder__")).order_by("id").values_list(*fields)
        if r
    ]


def _served(on: date, is_fictitious: bool, codes: set[str]) -> dict[tuple[Operator, str], tuple[str, ...]]:
    role = "organisation__network_memberships__network__role"
    rows = InterventionPerimeter.objects.filter(valid_on(on), valid_on(on, "perimeter__"), is_fictitious=is_fictitious)
    rows = rows.filter(_member(on, "organisation__")).filter(perimeter__communes__parent__isnull=True)
    fields = (role, "organisation__name", "perimeter__communes__code")
    found: dict[tuple[Operator, str], set[str]] = {}
    for r, organisation, code in rows.order_by().values_list(*fields).iterator(chunk_size=20_000):
        if r and code in codes:
            found.setdefault((Operator(r), code), set()).add(organisation)
    return {key: tuple(sorted(names)) for key, names in found.items()}
