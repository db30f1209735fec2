"""What the ground answers: frozen values, missing text is "", missing numbers are None."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.kinds import ZoneKind

Ring = tuple[tuple[float, float], ...]
"""(lon, lat) pairs in degrees, as in GeoJSON."""
Polygons = tuple[tuple[Ring, ...], ...]
"""Polygons → rings, the outer one first, then holes."""


@dataclass(frozen=True, slots=True)
class CommuneView:
    """A commune (or arrondissement municipal) with the zones that contain it.

    `is_estimated` says that `point` was deduced from neighbours: show it wherever the point serves.
    """

    code: str
    name: str
    postcodes: tuple[str, ...] = ()
    departement_code: str = ""
    departement_name: str = ""
    region_code: str = ""
    region_name: str = ""
    epci_code: str = ""
    epci_name: str = ""
    zone_emploi_code: str = ""
    zone_emploi_name: str = ""
    bassin_vie_code: str = ""
    bassin_vie_name: str = ""
    population: int | None = None
    point: Point | None = None
    is_estimated: bool = False
    arrondissement_code: str = ""
    arrondissement_name: str = ""
    parent_code: str = ""
    followed_from: str = ""
    """The code that was asked for when it is not `code` itself: an old one, followed on the date."""


def commune_of(row: Sequence[Any]) -> CommuneView:
    """The commune of a row whose first twenty columns are those of `public.territory_commune_views`."""
    code, name, postcodes, dc, dn, rc, rn, ec, en, zc, zn, bc, bn, population, lat, lon = row[:16]
    is_estimated, ac, an, parent = row[16:20]
    return CommuneView(
        code=code, name=name, postcodes=tuple(postcodes),
        departement_code=dc, departement_name=dn, region_code=rc, region_name=rn, epci_code=ec, epci_name=en,
        zone_emploi_code=zc, zone_emploi_name=zn, bassin_vie_code=bc, bassin_vie_name=bn, population=population,
        point=None if lat is None or lon is None else Point(lat, lon), is_estimated=is_estimated,
        arrondissement_code=ac, arrondissement_name=an, parent_code=parent,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CommuneHit:
    """One answer of the commune search; `matched` says what was found (a name, an old name, a postcode)."""

    code: str
    name: str
    postcodes: tuple[str, ...]
    departement_code: str
    departement_name: str
    matched: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: decimal degrees (WGS 84)."""

    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True)
class Landmark:
    """A commune by which one finds one's way on a map; its outline as in `Contour`, empty when none was imported."""

    code: str
    name: str
    lat: float
    lon: float
    polygons: Polygons = ()


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone and the codes of its communes (arrondissements municipaux are not among them), sorted."""

    kind: ZoneKind
    code: str
    name: str
    communes: tuple[str, ...] = ()
    vintage: str = ""
    population: int | None = None
    """Sum of the known populations of the communes; None when none is known."""


@dataclass(frozen=True, slots=True)
class RegionView:
    """A region of the current map."""

    code: str
    name: str
    departements: tuple[tuple[str, str], ...] = field(default=())
    """(code, name) of its départements, by code."""


@dataclass(frozen=True, slots=True)
class Contour:
    """The outline of a place: polygons → rings (outer first, then holes) → (lon, lat) in degrees, as in GeoJSON."""

    kind: ZoneKind
    code: str
    name: str
    polygons: Polygons
    source: str = ""
