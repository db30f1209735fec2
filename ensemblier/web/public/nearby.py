"""The map of the doors: drawn once for each edition of the directory, whoever asks from that commune."""

from dataclasses import replace

from django.utils.translation import gettext as _

from ensemblier.directory.core.states import PositionKind
from ensemblier.directory.core.views import SiteCard
from ensemblier.kernel.orm.edition import Editions, remembered
from ensemblier.routing.core.orientation import Door
from ensemblier.territory.core.views import CommuneView
from ensemblier.web.ground import ground_of
from ensemblier.web.maps import Map, Marker, draw_in_margin
from ensemblier.web.templatetags import french

Nearest = tuple[str, str, SiteCard]
"""Name and code of a door, its nearest counter."""


def map_of(home: CommuneView, doors: tuple[Door, ...], editions: Editions | None) -> Map | None:
    """The nearest counter of each door around the commune; None when none has a position."""
    nearest = tuple((door.name, str(door.operator), door.sites[0]) for door in doors if door.sites)
    return _map(editions, home, nearest, french.language()) if nearest else None


def address_of(site: SiteCard) -> str:
    """Name, street and town in one line."""
    town = " ".join(part for part in (site.postcode, site.city) if part)
    return ", ".join(part for part in (site.name, site.address, town) if part)


@remembered("territory", size=1000)
def _map(_editions: Editions | None, home: CommuneView, nearest: tuple[Nearest, ...], _language: str) -> Map | None:
    markers = [
        Marker(site.point.lat, site.point.lon, _(name), operator, site.position is not PositionKind.EXACT)
        for name, operator, site in nearest
        if site.point
    ]
    if not markers:
        return None
    beside = any(site.km is not None and site.km < 1 for _name, _operator, site in nearest)
    if home.point and not beside:
        markers.append(Marker(home.point.lat, home.point.lon, home.name, "", home.is_estimated, strong=True))
    ground, outline = ground_of(markers, commune=(home.code, home.name))
    words = "; ".join(f"{_(name)} : {address_of(site)}" for name, _operator, site in nearest)
    title = _("%(commune)s : les lieux les plus proches") % {"commune": home.name}
    drawn = draw_in_margin("portes", title, markers=markers, areas=outline, ground=ground)
    return replace(drawn, words=words) if drawn and words else drawn
