"""Territories: find one, read its profile, its actors and its other zonings; or its coverage."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import communes, search_communes
from ensemblier.territory.queries.zones import regions
from ensemblier.web.access import Who, page
from ensemblier.web.places.pages import show, typed


@page(reads=True, who=Who.EVERYONE)
def find(request: HttpRequest) -> HttpResponse:
    """Communes while typing, and the départements."""
    q = typed(request, "q")
    hits = search_communes(q) if len(q) >= 2 else []
    return show(request, "places/territories.html", {"q": q, "hits": hits, "regions": regions()})


@dataclass(frozen=True, slots=True)
class AuditedZone:
    """A territory whose coverage can be read."""

    kind: ZoneKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CommuneHits:
    """A commune that was found, and the territories around it, small to large."""

    commune: CommuneView
    zones: tuple[AuditedZone, ...]


def zones_around(view: CommuneView) -> tuple[AuditedZone, ...]:
    """The territories that contain a commune, small to large; those that are not known are left out."""
    known = (
        (ZoneKind.EPCI, view.epci_code, view.epci_name),
        (ZoneKind.BASSIN_VIE, view.bassin_vie_code, view.bassin_vie_name),
        (ZoneKind.ZONE_EMPLOI, view.zone_emploi_code, view.zone_emploi_name),
        (ZoneKind.DEPARTEMENT, view.departement_code, view.departement_name),
    )
    return tuple(AuditedZone(kind, code, name) for kind, code, name in known if code)


def found_by(q: str) -> list[CommuneHits]:
    """Communes that resemble what was typed, each with its territories: three queries at most."""
    hits = search_communes(q, limit=5) if len(q) >= 2 else []
    known = communes([hit.code for hit in hits])
    return [CommuneHits(known[hit.code], zones_around(known[hit.code])) for hit in hits if hit.code in known]


@page(reads=True, who=Who.EVERYONE)
def coverage_index(request: HttpRequest) -> HttpResponse:
    """Which territory's coverage: by commune while typing, or by département."""
    q = typed(request, "q")
    context = {"q": q, "found": found_by(q), "regions": regions(), "section": "web:coverage"}
    return show(request, "places/coverage_index.html", context)
