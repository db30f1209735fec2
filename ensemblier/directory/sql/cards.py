"""Reads the rows of cards in one query each: an ORM instance per card would cost more than the whole page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from ensemblier.directory.core.freshness import freshness
from ensemblier.directory.core.hours import hours_text
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import PositionKind
from ensemblier.directory.core.views import OfferCard, SiteCard
from ensemblier.directory.sql.proximity import NearSite
from ensemblier.kernel.orm.sql import answers
from ensemblier.territory.core.geo import Point

_SITES = "select * from public.directory_site_cards(%s::bigint[], %s::date, %s::text)"
_NEAR = Path(__file__).parent / "near_cards.sql"
_OFFERS = (Path(__file__).parent / "offer_cards.sql").read_text()


def site_cards(ids: Sequence[int], *, on: date, commune: str = "") -> dict[int, SiteCard]:
    """Cards by site id; `commune`: the Insee code for which perimeters are read ("" = none, `serves` stays None)."""
    if not ids:
        return {}
    return {row[0]: _site(row, on) for row in answers(_SITES, [list(ids), on, commune])}


@dataclass(frozen=True, slots=True)
class NearCards:
    """The nearest sites of some roles. `cards` by site id; `minutes` from the commune, by commune code (an imported
    matrix); `hosts`: the sites where a permanence is published."""

    near: tuple[NearSite, ...]
    cards: Mapping[int, SiteCard]
    minutes: Mapping[str, float]
    hosts: frozenset[int]


def near_cards(
    centre: Point, *, roles: Sequence[str], km: tuple[float, float], day: tuple[date, str], limit: int
) -> NearCards:
    """As `proximity.nearest_sites`, each site with its card; `day` = the day, and the commune asked from. One query."""
    on, commune = day
    values: dict[str, Any] = {
        "lat": centre.lat, "lon": centre.lon, "km": km[0], "demo_km": km[1],
        "roles": list(roles), "on": on, "limit": limit, "commune": commune,
    }  # fmt: skip
    rows = answers(_NEAR, values)
    return NearCards(
        near=tuple(NearSite(*row[34:]) for row in rows),
        cards={row[0]: _site(row, on) for row in rows},
        minutes={row[11]: row[32] for row in rows if row[32] is not None},
        hosts=frozenset(row[0] for row in rows if row[33]),
    )


def _point(lat: float | None, lon: float | None) -> Point | None:
    return None if lat is None or lon is None else Point(lat, lon)


def _stale(reviewed: date | None, updated: date | None, created: date, months: int, on: date) -> bool:
    return freshness(reviewed_on=reviewed, updated_on=updated, created_on=created, months=months, on=on).is_stale


def _site(row: Sequence[Any], on: date) -> SiteCard:
    return SiteCard(
        uid=row[1],
        name=row[2],
        organisation_uid=row[3],
        organisation_name=row[4],
        network_code=row[5],
        network_name=row[6],
        operator=Operator(row[7]) if row[7] else None,
        address=row[8],
        postcode=row[9],
        city=row[10],
        commune_code=row[11],
        point=_point(row[12], row[13]),
        position=PositionKind(row[14]),
        phone=row[15],
        email=row[16],
        website=row[17],
        hours_osm=row[18],
        hours_text=hours_text(row[18], on=on),
        accessibility=row[19],
        modes=tuple(row[20]),
        first_appointment_days=row[21],
        first_appointment_on=row[22],
        source_name=row[23],
        source_url=row[24],
        reviewed_on=row[25],
        is_stale=_stale(row[25], row[26], row[27], row[28], on),
        is_fictitious=row[29],
        serves=row[31] if row[30] else None,
    )


def offer_cards(ids: Sequence[int], *, on: date, km: Mapping[int, float] | None = None) -> list[OfferCard]:
    """Cards in the order of `ids`, with their distance when it is known. One query."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_OFFERS, {"ids": list(ids)})
        found = {row[0]: _offer(row, on) for row in cursor.fetchall()}
    return [replace(found[i], km=km.get(i) if km else None) for i in ids if i in found]


def _offer(row: Sequence[Any], on: date) -> OfferCard:
    return OfferCard(
        uid=row[1],
        name=row[2],
        organisation_uid=row[3],
        organisation_name=row[4],
        site_uid=row[5],
        site_name=row[6],
        city=row[7],
        commune_code=row[8],
        point=_point(row[9], row[10]),
        publics=tuple(row[11]),
        needs=tuple(row[12]),
        modes=tuple(row[13]),
        mobilisation=tuple(row[14]),
        languages=tuple(row[15]),
        conditions=row[16],
        description=row[17],
        fee=row[18],
        is_free_by_law=row[19],
        phone=row[20],
        first_appointment_days=row[21],
        first_appointment_on=row[22],
        hours_text=hours_text(row[23], on=on),
        is_stale=_stale(row[24], row[25], row[26], row[27], on),
        is_fictitious=row[28],
    )
