"""The directory: the search page by page, what is near, one row at a time. Open reading: contacts only if published."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from ensemblier.api.v1.cards import HitOut, NetworkOut, OfferOut, OrganisationDetailOut, SiteDetailOut
from ensemblier.api.v1.days import Day, SomeDay, today
from ensemblier.api.v1.pages import PageOut, SkippedOut, next_cursor, readable, uid_cursor
from ensemblier.api.v1.places import SiteOut
from ensemblier.api.v1.text import Code, CommuneCode, Text
from ensemblier.directory.core.exchange.rows import OpenOrganisation
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import OrganisationPage, SitePage
from ensemblier.directory.queries.networks import networks
from ensemblier.directory.queries.offers import Wanted, offers_near
from ensemblier.directory.queries.open_rows import open_organisations
from ensemblier.directory.queries.organisations import organisation_page
from ensemblier.directory.queries.search import Filters, search_directory
from ensemblier.directory.queries.sites import site_page, sites_for_doors
from ensemblier.kernel.actor import ANONYMOUS
from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.geo import Point
from ensemblier.territory.queries.communes import commune

router = Router(tags=["annuaire"])


class Search(Schema):
    """Every filter is optional."""

    q: Text = Field("", description="Chaque mot commence un mot du nom, de la ville, du besoin ou de la structure.")
    kind: Literal["site", "organisation", "offer"] = "site"
    operator: Operator | None = None
    network: Code = ""
    departement: Code = ""
    commune: CommuneCode | None = None
    public: Code = ""
    need: Code = ""
    cursor: Code = Field("", description="`next` de la page précédente ; vide pour commencer.", max_length=400)
    size: int = Field(20, ge=1, le=100)


class SearchPage(PageOut):
    """A page by name. `count_text` is capped: "1 000+"."""

    items: list[HitOut]
    count: int
    count_text: str


@router.get("/directory", response=SearchPage, summary="Chercher dans l'annuaire", operation_id="searchDirectory")
def search(request: HttpRequest, asked: Annotated[Search, Query()], on: Day = None) -> SearchPage:
    """Par nom, page par page. Les lieux de démonstration ne paraissent que si aucun lieu réel ne répond."""
    filters = Filters(
        kind=asked.kind,
        operator=asked.operator,
        network=asked.network,
        departement=asked.departement,
        commune=(asked.commune or "").upper(),
        public=asked.public,
        need=asked.need,
    )
    page = search_directory(text=asked.q, filters=filters, on=on or today(), cursor=asked.cursor, limit=asked.size)
    items, skipped = readable(page.hits, HitOut.model_validate)
    return SearchPage(items=items, skipped=skipped, next=page.next_cursor, count=page.count, count_text=page.count_text)


class NearSites(Schema):
    """The nearest sites of one operator."""

    operator: Operator
    sites: list[SiteOut]


class NearSitesOut(Schema):
    """One entry for each operator asked for, in the order of the law; an operator without any site has none."""

    items: list[NearSites]
    skipped: list[SkippedOut]


@router.get("/sites/near", response=NearSitesOut, summary="Lieux proches d'une commune", operation_id="sitesNear")
def sites_near(
    request: HttpRequest,
    commune_code: Annotated[CommuneCode, Query(alias="commune", description="Code Insee.")],
    operator: Annotated[list[Operator] | None, Query(description="Répétable ; tous s'il manque.", max_length=5)] = None,
    per_operator: Annotated[int, Query(ge=1, le=20)] = 3,
    on: Day = None,
) -> NearSitesOut:
    """Les plus proches de chaque opérateur, avec le temps de trajet et la façon dont il est connu."""
    day = on or today()
    wanted = list(dict.fromkeys(operator or Operator))
    found = sites_for_doors(
        origin=commune(commune_code.upper(), on=day), operators=wanted, on=day, per_operator=per_operator
    )
    items: list[NearSites] = []
    skipped: list[SkippedOut] = []
    for each in wanted:
        shown, left = readable(found.get(each, []), SiteOut.model_validate)
        items.append(NearSites(operator=each, sites=shown))
        skipped += left
    return NearSitesOut(items=items, skipped=skipped)


@router.get("/sites/{uid}", response=SiteDetailOut, summary="Un lieu", operation_id="getSite")
def one_site(request: HttpRequest, uid: UUID, on: Day = None) -> SitePage:
    """Horaires, offres, permanences, source et fraîcheur."""
    return site_page(uid, actor=ANONYMOUS, on=on or today())


class NearOffersIn(Schema):
    """Around a commune, or around a point."""

    model_config = ConfigDict(populate_by_name=True)

    commune: CommuneCode | None = None
    lat: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    public: Code = Field("", description="Code data·inclusion, par exemple « jeunes ».")
    need: Code = ""
    open_on: SomeDay = Field(None, description="Un jour où le lieu reçoit.")
    within_km: float = Field(30, gt=0, le=200, allow_inf_nan=False)
    limit: int = Field(20, ge=1, le=100)


class NearOffersOut(Schema):
    """Nearest first; `remote`: offers at a distance only, which have no place in that order."""

    near: list[OfferOut]
    remote: list[OfferOut]
    skipped: list[SkippedOut]


@router.get("/offers/near", response=NearOffersOut, summary="Offres proches", operation_id="offersNear")
def near_offers(request: HttpRequest, asked: Annotated[NearOffersIn, Query()], on: Day = None) -> NearOffersOut:
    """Donnez `commune`, ou `lat` et `lon`."""
    day = on or today()
    origin, zones = _origin(asked, day)
    wanted = Wanted(asked.public, asked.need, asked.open_on, asked.within_km, zones)
    found = offers_near(origin=origin, wanted=wanted, on=day, limit=asked.limit)
    near, unread = readable(found.near, OfferOut.model_validate)
    remote, more = readable(found.remote, OfferOut.model_validate)
    return NearOffersOut(near=near, remote=remote, skipped=unread + more)


def _origin(asked: NearOffersIn, day: date) -> tuple[Point, tuple[str, ...]]:
    """The point around which to look, and the codes of the zones around it (unknown for a bare point)."""
    if asked.commune is not None:
        place = commune(asked.commune.upper(), on=day)
        if place.point is None:
            raise BadInput(
                "La position de %(name)s n'est pas connue : donnez `lat` et `lon`.",
                values={"name": place.name},
                field="commune",
            )
        zones = (place.code, place.epci_code, place.departement_code, place.region_code)
        return place.point, tuple(code for code in zones if code)
    if asked.lat is None or asked.lon is None:
        raise BadInput("Donnez `commune`, ou `lat` et `lon` ensemble.", field="commune")
    return Point(asked.lat, asked.lon), ()


class NamedNetwork(Schema):
    """A network of a structure, under its name of the day."""

    code: str
    name: str


class OrganisationOut(Schema):
    """A structure as one row of the open data."""

    uid: UUID
    name: str
    acronym: str
    siren: str
    siret: str
    description: str
    phone: str
    email: str
    website: str
    networks: list[NamedNetwork]
    reviewed_on: date | None
    source_name: str
    source_url: str
    is_fictitious: bool


class OrganisationsPage(PageOut):
    """In the order of identifiers: following `next`, no structure is missed or met twice."""

    items: list[OrganisationOut]


class Reading(Schema):
    """How the whole list is read."""

    cursor: str = Field("", max_length=200, description="`next` de la page précédente ; vide pour commencer.")
    size: int = Field(100, ge=1, le=200)
    fictitious: bool = Field(False, description="Lire le territoire fictif de démonstration, et lui seul.")


@router.get("/organisations", response=OrganisationsPage, summary="Structures", operation_id="listOrganisations")
def organisations(request: HttpRequest, asked: Annotated[Reading, Query()], on: Day = None) -> OrganisationsPage:
    """Toutes les structures ouvertes, page par page."""
    rows = open_organisations(
        on=on or today(), after=uid_cursor(asked.cursor), limit=asked.size, is_fictitious=asked.fictitious
    )
    items, skipped = readable(rows, _organisation)
    return OrganisationsPage(items=items, skipped=skipped, next=next_cursor(rows, asked.size))


def _organisation(row: OpenOrganisation) -> OrganisationOut:
    fields = {name: getattr(row, name) for name in OrganisationOut.model_fields if name != "networks"}
    return OrganisationOut(networks=[NamedNetwork(code=code, name=name) for code, name in row.networks], **fields)


@router.get(
    "/organisations/{uid}", response=OrganisationDetailOut, summary="Une structure", operation_id="getOrganisation"
)
def one_organisation(request: HttpRequest, uid: UUID, on: Day = None) -> OrganisationPage:
    """Lieux, offres, permanences publiées, source et fraîcheur."""
    return organisation_page(uid, actor=ANONYMOUS, on=on or today())


class NetworksOut(Schema):
    """By circle, then code."""

    items: list[NetworkOut]


@router.get("/networks", response=NetworksOut, summary="Réseaux à une date", operation_id="listNetworks")
def all_networks(request: HttpRequest, on: Day = None) -> dict[str, object]:
    """Les réseaux et leur nom à la date `on` : Pôle emploi avant 2024, France Travail ensuite."""
    return {"items": networks(on=on or today())}
