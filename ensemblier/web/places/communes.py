"""A commune: who receives its people, where, when, how far; the territories it belongs to and its figures."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import SiteCard
from ensemblier.directory.queries.around import organisations_serving
from ensemblier.directory.queries.networks import operator_names, regional_desk
from ensemblier.directory.queries.permanences import published_permanences
from ensemblier.directory.queries.sites import sites_for_doors
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune as commune_of
from ensemblier.territory.queries.communes import communes as communes_of
from ensemblier.territory.queries.figures import territory_profile
from ensemblier.territory.queries.names import other_names
from ensemblier.territory.queries.zones import zone
from ensemblier.web.access import Who, page
from ensemblier.web.ground import ground_under
from ensemblier.web.maps import Dot, Marker, draw_in_margin
from ensemblier.web.places.figures import figure_rows, missing_lines
from ensemblier.web.places.pages import show, today
from ensemblier.web.places.rows import markers

PER_OPERATOR = 2


@dataclass(frozen=True, slots=True)
class OperatorGroup:
    """An operator under its name of the day, and its nearest sites."""

    operator: Operator
    name: str
    cards: list[SiteCard]


@dataclass(frozen=True, slots=True)
class ZoneLink:
    """A zone that contains the commune."""

    kind: ZoneKind
    code: str
    name: str

    @property
    def kind_label(self) -> str:
        """French name of the zoning, with a capital."""
        return self.kind.label[:1].upper() + self.kind.label[1:]


def zones_of(view: CommuneView) -> list[ZoneLink]:
    """The zones of a commune, smallest first; those that are not known are left out."""
    known = (
        (ZoneKind.EPCI, view.epci_code, view.epci_name),
        (ZoneKind.BASSIN_VIE, view.bassin_vie_code, view.bassin_vie_name),
        (ZoneKind.ZONE_EMPLOI, view.zone_emploi_code, view.zone_emploi_name),
        (ZoneKind.DEPARTEMENT, view.departement_code, view.departement_name),
        (ZoneKind.REGION, view.region_code, view.region_name),
    )
    return [ZoneLink(kind, code, name) for kind, code, name in known if code]


def _groups(view: CommuneView) -> list[OperatorGroup]:
    on = today()
    names = operator_names(on=on)
    found = sites_for_doors(origin=view, operators=list(Operator), on=on, per_operator=PER_OPERATOR)
    return sorted((OperatorGroup(o, names[o], found[o]) for o in Operator), key=lambda g: g.name.casefold())


def _around(view: CommuneView) -> tuple[str, ...]:
    """Communes whose permanences are shown: those of the EPCI, else the commune alone."""
    return zone(ZoneKind.EPCI, view.epci_code).communes if view.epci_code else (view.code,)


@page(reads=True, who=Who.EVERYONE)
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """Who receives the people of a commune. An old code leads to the commune of today."""
    on = today()
    view = commune_of(code, on=on)
    groups = _groups(view)
    marks = markers([card for group in groups for card in group.cards])
    if view.point:
        marks.append(Marker(view.point.lat, view.point.lon, view.name, estimated=view.is_estimated, strong=True))
    around, known = _around(view), territory_profile(ZoneKind.COMMUNE, view.code)
    dots = [Dot(c.point.lat, c.point.lon, c.name) for c in communes_of(around).values() if c.point and c != view]
    title = _("Les lieux autour de %(name)s") % {"name": view.name}
    context = {
        "section": "web:territory",
        "commune": view,
        "operators": groups,
        "map": draw_in_margin("commune", title, markers=marks, dots=dots, ground=ground_under(marks, dots)),
        "permanences": published_permanences(commune_codes=around, on=on),
        "served": organisations_serving(view.code, on=on),
        "desk": regional_desk(view.region_code, on=on),
        "zones": zones_of(view),
        "old_names": other_names(view.code),
        "figures": figure_rows(known),
        "missing": missing_lines(known),
        "reference_name": known.reference_name,
    }
    return show(request, "places/commune.html", context)
