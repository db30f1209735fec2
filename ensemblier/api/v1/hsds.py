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
from ensemblier.directory.queries.open_rows import count_open, exported_organisations, open_offers
from ensemblier.kernel.errors import NotFound

router = Router(tags=["hsds"])


class HsdsPage(PageOut):
    """A page of HSDS. Objects follow the JSON schemas of HSDS 3.0."""

    total_items: int
    total_pages: int
    size: int
    empty: bool
    first_page: bool
    last_page: bool
    contents: list[dict[str, Any]]


class Asked(Schema):
    """How the list is read."""

    cursor: str = Field("", max_length=200, description="`next` de la page précédente ; vide pour commencer.")
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
    rows = open_offers(**_reading(asked))
    return _page(rows, asked, show=to_hsds.service, table="offer")


@router.get("/services/{uid}", summary="HSDS : un service", operation_id="hsdsService", response=dict[str, Any])
def one_service(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Une offre."""
    return to_hsds.service(_offer(uid))


@router.get("/organizations", response=HsdsPage, summary="HSDS : structures", operation_id="hsdsOrganizations")
def organizations(request: HttpRequest, asked: Annotated[Asked, Query()]) -> HsdsPage:
    """Toutes les structures."""
    rows = exported_organisations(**_reading(asked))
    return _page(rows, asked, show=to_hsds.organization, table="organisation")


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
    rows = open_offers(at_site=True, **_reading(asked))
    return _page(rows, asked, show=_at_location, table="offer_at_site")


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


def _reading(asked: Asked) -> dict[str, Any]:
    return {
        "on": today(),
        "after": uid_cursor(asked.cursor),
        "limit": asked.per_page,
        "is_fictitious": asked.fictitious,
    }


def _page(rows: list[Any], asked: Asked, *, show: Callable[[Any], dict[str, Any]], table: str) -> HsdsPage:
    total = count_open(table, on=today(), is_fictitious=asked.fictitious)
    contents, skipped = readable(rows, show)
    following = next_cursor(rows, asked.per_page)
    return HsdsPage(
        total_items=total,
        total_pages=math.ceil(total / asked.per_page),
        size=len(contents),
        empty=not contents,
        first_page=not asked.cursor,
        last_page=not following,
        contents=contents,
        next=following,
        skipped=skipped,
    )
