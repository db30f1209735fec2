"""Read-only HSDS 3.0 (Open Referral): the open rows of the directory for tools that speak this standard.

The envelope has the members of the standard; `next` is ours: following it, no row is missed or met twice.
"""

import math
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from ensemblier.api.v1.days import today
from ensemblier.api.v1.pages import PageOut, next_cursor, readable, uid_cursor
from ensemblier.directory.core.exchange import to_hsds
from ensemblier.directory.core.exchange.exported import ExportedOffer
from ensemblier.directory.queries.open_rows import count_open, exported_organisations, nth_open, open_offers
from ensemblier.kernel.errors import NotFound

router = Router(tags=["hsds"])


class HsdsPage(PageOut):
    """A page of HSDS. Objects follow the JSON schemas of HSDS 3.0."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    empty: bool
    first_page: bool
    last_page: bool
    contents: list[dict[str, Any]]


class Asked(Schema):
    """How the list is read."""

    cursor: str = Field(
        "", max_length=200, description="`next` de la page précédente ; vide pour commencer. Passe avant `page`."
    )
    page: int = Field(
        1, ge=1, le=1_000_000, description="Numéro de page de HSDS ; `cursor` seul ne saute rien si l'annuaire change."
    )
    per_page: int = Field(50, ge=1, le=200)
    fictitious: bool = Field(False, description="Lire le territoire fictif de démonstration, et lui seul.")


@router.get("", summary="Version de HSDS", operation_id="hsdsVersion", response=dict[str, str])
def version(request: HttpRequest) -> dict[str, str]:
    """La version de la norme et l'adresse de ses schémas."""
    return {
        "version": to_hsds.VERSION,
        "profile": "https://docs.openreferral.org/en/3.0/hsds/",
        "openapi_url": request.build_absolute_uri("/api/v1/openapi.json"),
    }


@router.get("/services", response=HsdsPage, summary="HSDS : services", operation_id="hsdsServices")
def services(request: HttpRequest, asked: Annotated[Asked, Query()]) -> HsdsPage:
    """Toutes les offres, avec structure et lieu."""
    after = _after(asked, "offer")
    rows = open_offers(**_reading(asked, after))
    return _page(rows, (asked, after), show=to_hsds.service, table="offer")


@router.get("/services/{uid}", summary="HSDS : un service", operation_id="hsdsService", response=dict[str, Any])
def one_service(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Une offre."""
    return to_hsds.service(_offer(uid))


@router.get("/organizations", response=HsdsPage, summary="HSDS : structures", operation_id="hsdsOrganizations")
def organizations(request: HttpRequest, asked: Annotated[Asked, Query()]) -> HsdsPage:
    """Toutes les structures."""
    after = _after(asked, "organisation")
    rows = exported_organisations(**_reading(asked, after))
    return _page(rows, (asked, after), show=to_hsds.organization, table="organisation")


@router.get(
    "/organizations/{uid}", summary="HSDS : une structure", operation_id="hsdsOrganization", response=dict[str, Any]
)
def one_organization(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Une structure."""
    for is_fictitious in (False, True):
        for row in exported_organisations(on=today(), uid=uid, limit=1, is_fictitious=is_fictitious):
            return to_hsds.organization(row)
    raise NotFound("Cette structure n'est pas, ou plus, dans l'annuaire.", field="uid")


@router.get(
    "/service_at_locations", response=HsdsPage, summary="HSDS : services sur place", operation_id="hsdsAtLocations"
)
def service_at_locations(request: HttpRequest, asked: Annotated[Asked, Query()]) -> HsdsPage:
    """Toutes les offres proposées dans un lieu, avec ce lieu."""
    after = _after(asked, "offer_at_site")
    rows = open_offers(at_site=True, **_reading(asked, after))
    return _page(rows, (asked, after), show=_at_location, table="offer_at_site")


@router.get(
    "/service_at_locations/{uid}",
    summary="HSDS : un service sur place",
    operation_id="hsdsAtLocation",
    response=dict[str, Any],
)
def one_service_at_location(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Une offre dans son lieu."""
    return _at_location(_offer(uid))


def _offer(uid: UUID) -> ExportedOffer:
    for is_fictitious in (False, True):
        for row in open_offers(on=today(), uid=uid, limit=1, is_fictitious=is_fictitious):
            return row
    raise NotFound("Cette offre n'est pas, ou plus, dans l'annuaire.", field="uid")


def _at_location(row: ExportedOffer) -> dict[str, Any]:
    if row.site is None:
        raise NotFound("Cette offre est proposée à distance : elle n'a pas de lieu.", field="uid")
    return to_hsds.service_at_location(row, row.site)


def _after(asked: Asked, table: str) -> UUID | None:
    """The row after which the page begins, by its cursor or by its number. Raises NotFound beyond the last page."""
    if asked.cursor or asked.page == 1:
        return uid_cursor(asked.cursor)
    rank = (asked.page - 1) * asked.per_page
    last = nth_open(table, rank, on=today(), is_fictitious=asked.fictitious)
    if last is None:
        raise NotFound("Il n'y a pas autant de pages : `total_pages` dit combien.", field="page")
    return last


def _reading(asked: Asked, after: UUID | None) -> dict[str, Any]:
    return {
        "on": today(),
        "after": after,
        "limit": asked.per_page,
        "is_fictitious": asked.fictitious,
    }


def _page(
    rows: list[Any], where: tuple[Asked, UUID | None], *, show: Callable[[Any], dict[str, Any]], table: str
) -> HsdsPage:
    asked, after = where
    total = count_open(table, on=today(), is_fictitious=asked.fictitious)
    before = count_open(table, on=today(), is_fictitious=asked.fictitious, until=after) if after else 0
    contents, skipped = readable(rows, show)
    following = next_cursor(rows, asked.per_page)
    return HsdsPage(
        total_items=total,
        total_pages=math.ceil(total / asked.per_page),
        page_number=before // asked.per_page + 1,
        size=len(contents),
        empty=not contents,
        first_page=not before,
        last_page=before + len(rows) >= total,
        contents=contents,
        next=following,
        skipped=skipped,
    )
