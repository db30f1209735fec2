"""Territories: find one, read its profile, its actors and its other zonings."""

from django.http import HttpRequest, HttpResponse

from ensemblier.territory.queries.communes import search_communes
from ensemblier.territory.queries.zones import regions
from ensemblier.web.access import Who, page
from ensemblier.web.places.pages import show, typed


@page(reads=True, who=Who.EVERYONE)
def find(request: HttpRequest) -> HttpResponse:
    """Communes while typing, and the départements."""
    q = typed(request, "q")
    hits = search_communes(q) if len(q) >= 2 else []
    return show(request, "places/territories.html", {"q": q, "hits": hits, "regions": regions()})
