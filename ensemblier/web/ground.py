"""What lies under the places of a map: neighbouring communes, and their outlines where they were imported."""

from collections.abc import Sequence

from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import Frame
from ensemblier.territory.queries.communes import landmarks_in
from ensemblier.territory.queries.zones import contours
from ensemblier.web.maps import Area, Dot, Ground, Marker, frame_of

MAX_LANDMARKS = 12


def ground_under(markers: Sequence[Marker], dots: Sequence[Dot] = ()) -> Ground:
    """The most peopled communes around these places, with their outlines: two queries, none without a place."""
    frame = frame_of(markers, dots)
    if frame is None:
        return Ground()
    found = landmarks_in(Frame(*frame), limit=MAX_LANDMARKS)
    outlines = contours(ZoneKind.COMMUNE, [mark.code for mark in found])
    return Ground(
        areas=[Area([ring for rings in o.polygons for ring in rings], o.name) for o in outlines],
        landmarks=[Dot(mark.lat, mark.lon, mark.name) for mark in found],
    )
