"""Runs the function of commune_views.sql: an ORM instance with six zones would cost more than the rest."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.views import CommuneView

_VIEWS = "select * from public.territory_commune_views(%s::text[])"


class Found(NamedTuple):
    """A commune, and whether its code has ever led elsewhere."""

    view: CommuneView
    has_history: bool


def commune_views(codes: Sequence[str]) -> dict[str, Found]:
    """Current communes by code: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_VIEWS, [list(codes)])
        return {row[0]: Found(_view(row), row[20]) for row in cursor.fetchall()}


def _view(row: Sequence[Any]) -> CommuneView:
    code, name, postcodes, dc, dn, rc, rn, ec, en, zc, zn, bc, bn, population, lat, lon = row[:16]
    is_estimated, ac, an, parent = row[16:20]
    return CommuneView(
        code=code, name=name, postcodes=tuple(postcodes),
        departement_code=dc, departement_name=dn, region_code=rc, region_name=rn, epci_code=ec, epci_name=en,
        zone_emploi_code=zc, zone_emploi_name=zn, bassin_vie_code=bc, bassin_vie_name=bn, population=population,
        point=None if lat is None or lon is None else Point(lat, lon), is_estimated=is_estimated,
        arrondissement_code=ac, arrondissement_name=an, parent_code=parent,
    )  # fmt: skip
