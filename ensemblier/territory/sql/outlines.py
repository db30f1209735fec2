"""Reads outlines for maps, with the names of the places."""

import json
from collections.abc import Sequence

from django.db import connection

from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import Contour, Polygons

_OUTLINES = """
select o.code, coalesce(c.name, z.name, o.code), o.polygons::text, o.source
from public.territory_outline o
left join public.territory_commune c on o.kind = 'commune' and c.code = o.code
left join public.territory_zone z on o.kind <> 'commune' and z.kind = o.kind and z.code = o.code
where o.kind = %s and o.code = any(%s::varchar[])
order by o.code
"""


def outlines(kind: ZoneKind, codes: Sequence[str]) -> list[Contour]:
    """Outlines by code; places without any are absent: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTLINES, [kind.value, list(codes)])
        return [Contour(kind, code, name, polygons_of(text), source) for code, name, text, source in cursor.fetchall()]


def polygons_of(text: str) -> Polygons:
    """Polygons of a GeoJSON outline as frozen values."""
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in rings) for rings in json.loads(text))
