"""Runs the functions of nearest.sql: ids and distances, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from ensemblier.territory.core.geo import Point

_REMOTE = (Path(__file__).parent / "remote_offers.sql").read_text()
_DEMONSTRATION = (Path(__file__).parent / "demonstration_offers.sql").read_text()


@dataclass(frozen=True, slots=True)
class NearSite:
    """A site near a point; km is the great-circle distance."""

    role: str
    site_id: int
    km: float
    is_fictitious: bool


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """ "" and 0 mean any. `day` is a mask of weekdays (bit 0 = Monday)."""

    public: str = ""
    need: str = ""
    day: int = 0


def nearest_sites(
    centre: Point, *, roles: Sequence[str], km: tuple[float, float], on: date, limit: int
) -> list[NearSite]:
    """For each role the nearest sites; `km` = radius for real sites, radius for demonstration ones. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select role, site_id, km, is_fictitious from public.directory_nearest_sites("
            "%s::float8, %s::float8, %s::float8, %s::float8, %s::text[], %s::date, %s::int)",
            [centre.lat, centre.lon, *km, list(roles), on, limit],
        )
        return [NearSite(*row) for row in cursor.fetchall()]


def nearest_offers(centre: Point, *, km: float, wanted: OfferFilter, on: date, limit: int) -> list[tuple[int, float]]:
    """(offer id, km) of the nearest offers that are not at a distance only. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select offer_id, km from public.directory_nearest_offers("
            "%s::float8, %s::float8, %s::float8, %s::text, %s::text, %s::int, %s::date, %s::int)",
            [centre.lat, centre.lon, km, wanted.public, wanted.need, wanted.day, on, limit],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def remote_offers(*, wanted: OfferFilter, zones: Sequence[str], on: date, limit: int) -> list[int]:
    """Ids of offers at a distance only, by name; `zones` of the person (empty = any). One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _REMOTE,
            {"public": wanted.public, "need": wanted.need, "zones": list(zones), "on": on, "limit": limit},
        )
        return [row[0] for row in cursor.fetchall()]


def demonstration_offers(
    centre: Point, *, km: float, wanted: OfferFilter, on: date, limit: int
) -> list[tuple[int, float, bool]]:
    """(offer id, km, at a distance only) of the demonstration's offers, none where a real place stands within `km`."""
    with connection.cursor() as cursor:
        cursor.execute(
            _DEMONSTRATION,
            {
                **{"lat": centre.lat, "lon": centre.lon, "km": km, "on": on, "limit": limit},
                **{"public": wanted.public, "need": wanted.need, "day": wanted.day},
            },
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]
