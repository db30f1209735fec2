"""What lies under the places of a map: neighbouring communes, and their outlines where they were imported."""

from collections.abc import Sequence

from ensemblier.territory.core.views import Frame, Landmark, Polygons
from ensemblier.territory.queries.communes import landmarks_and_outline
from ensemblier.web.maps import Area, Dot, Ground, Marker, frame_of

MAX_LANDMARKS = 12


def ground_under(markers: Sequence[Marker], dots: Sequence[Dot] = ()) -> Ground:
    """The most peopled communes around these places, with their outlines: one query, none without a place."""
    return ground_of(markers, dots)[0]


def ground_of(
    markers: Sequence[Marker], dots: Sequence[Dot] = (), *, commune: tuple[str, str] = ("", "")
) -> tuple[Ground, list[Area]]:
    """The same, and the outline of a commune (code, name), which the map has to hold: still one query."""
    frame = frame_of(markers, dots)
    if frame is None:
        return Ground(), []
    code, name = commune
    found, own = landmarks_and_outline(Frame(*frame), code, limit=MAX_LANDMARKS)
    ground = Ground(
        areas=[_area(mark.polygons, mark.name) for mark in _by_code(found) if mark.polygons],
        landmarks=[Dot(mark.lat, mark.lon, mark.name) for mark in found],
    )
    return ground, [_area(own, name, 0)] if own else []


def _by_code(marks: Sequence[Landmark]) -> list[Landmark]:
    return sorted(marks, key=lambda mark: mark.code)


def _area(polygons: Polygons, name: str, level: int = -2) -> Area:
    return Area([ring for rings in polygons for ring in rings], name, level)
