"""A territory: its actors by circle, its map, its figures, its other zonings; and the same on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ensemblier.directory.core.around import CircleOfActors
from ensemblier.directory.queries.around import actors_of
from ensemblier.directory.queries.permanences import published_permanences
from ensemblier.kernel.errors import NotFound
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import CommuneView, Contour, ZoneView
from ensemblier.territory.queries.communes import communes as communes_of
from ensemblier.territory.queries.figures import territory_profile
from ensemblier.territory.queries.zones import contours, zone
from ensemblier.web.access import Who, page
from ensemblier.web.maps import Area, Dot, Map, draw
from ensemblier.web.pdf import pdf_of
from ensemblier.web.places.figures import figure_rows, missing_lines, overlaps
from ensemblier.web.places.pages import show, today
from ensemblier.web.places.rows import markers

KINDS = frozenset(
    {ZoneKind.EPCI, ZoneKind.BASSIN_VIE, ZoneKind.ZONE_EMPLOI, ZoneKind.DEPARTEMENT, ZoneKind.ARRONDISSEMENT}
)
"""Zonings that have a page: small enough for a list of their actors."""

MAX_MARKERS = 250


def zone_asked(kind: str, code: str) -> ZoneView:
    """The zone of an address. Raises NotFound for a zoning that has no page."""
    if kind not in KINDS:
        raise NotFound(
            _("Il n'y a pas de page pour ce découpage. Choisissez une intercommunalité, un bassin ou un département.")
        )
    return zone(kind, code)


@dataclass(frozen=True, slots=True)
class Ground:
    """The communes of a zone by name, and the outlines that were imported for them."""

    communes: tuple[CommuneView, ...]
    outlines: tuple[Contour, ...]


def ground_of(view: ZoneView) -> Ground:
    """Communes and outlines of a zone: three or four queries."""
    found = sorted(communes_of(view.communes).values(), key=lambda c: (c.name.casefold(), c.code))
    return Ground(tuple(found), tuple(contours(ZoneKind.COMMUNE, view.communes)))


def backdrop(ground: Ground, levels: dict[str, int] | None = None) -> tuple[list[Area], list[Dot]]:
    """The communes as outlines where one was imported, as dots elsewhere; `levels`: class of each commune code."""
    level = levels or {}
    drawn = {outline.code for outline in ground.outlines}
    areas = [
        Area([ring for rings in outline.polygons for ring in rings], outline.name, level.get(outline.code, -2))
        for outline in ground.outlines
    ]
    dots = [
        Dot(c.point.lat, c.point.lon, c.name, level.get(c.code, -2))
        for c in ground.communes
        if c.point is not None and c.code not in drawn
    ]
    return areas, dots


def zone_map(view: ZoneView, ground: Ground, circles: Sequence[CircleOfActors]) -> Map | None:
    """The sites of a zone on its communes."""
    cards = [card for group in circles for card in group.cards][:MAX_MARKERS]
    areas, dots = backdrop(ground)
    return draw(
        "zone", _("Les lieux de %(name)s") % {"name": view.name}, markers=markers(cards), areas=areas, dots=dots
    )


def actors_sentence(circles: Sequence[CircleOfActors]) -> str:
    """How many places are known, in words."""
    count = sum(group.count for group in circles)
    if not count:
        return _("L'annuaire n'y connaît encore aucun lieu.")
    return ngettext("L'annuaire y connaît %(n)s lieu.", "L'annuaire y connaît %(n)s lieux.", count) % {"n": count}


def zone_context(view: ZoneView, on: date) -> dict[str, object]:
    """What the page and its printed form share."""
    circles = actors_of(view.communes, on=on)
    return {"zone": view, "circles": circles, "actors_sentence": actors_sentence(circles), "on": on}


@page(reads=True, who=Who.EVERYONE)
def profile(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """A territory on one page."""
    view, on = zone_asked(kind, code), today()
    context = zone_context(view, on)
    ground, known = ground_of(view), territory_profile(view.kind, view.code)
    circles: tuple[CircleOfActors, ...] = context["circles"]  # type: ignore[assignment]
    context |= {
        "section": "web:territory",
        "communes": ground.communes,
        "map": zone_map(view, ground, circles),
        "figures": figure_rows(known),
        "missing": missing_lines(known),
        "reference_name": known.reference_name,
        "overlaps": overlaps(ground.communes, besides=view.kind),
    }
    return show(request, "places/territory.html", context)


@page(reads=True, who=Who.EVERYONE)
def booklet(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The directory of a territory, to print: a tagged PDF."""
    view, on = zone_asked(kind, code), today()
    context = zone_context(view, on) | {"permanences": published_permanences(commune_codes=view.communes, on=on)}
    pdf = pdf_of(render_to_string("places/booklet.html", context, request=request))
    name = f"annuaire-{kind}-{view.code}-{on:%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
