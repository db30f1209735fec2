"""Runs the function of landmarks.sql."""

from ensemblier.kernel.orm.sql import answers
from ensemblier.territory.core.views import Frame, Landmark, Polygons
from ensemblier.territory.sql.outlines import polygons_of

_LANDMARKS = (
    "select code, name, lat, lon, polygons from public.territory_landmarks("
    "%s::float8, %s::float8, %s::float8, %s::float8, %s::int, %s::text)"
)


def landmarks(frame: Frame, *, limit: int, commune: str) -> tuple[list[Landmark], Polygons]:
    """At most `limit` communes of the frame, largest first, and the outline of `commune`: one query."""
    rows = answers(_LANDMARKS, [frame.south, frame.north, frame.west, frame.east, limit, commune])
    marks = [Landmark(code, name, lat, lon, _polygons(text)) for code, name, lat, lon, text in rows if name is not None]
    own = next((_polygons(row[4]) for row in rows if row[1] is None), ())
    return marks, own


def _polygons(text: str | None) -> Polygons:
    return polygons_of(text) if text else ()
