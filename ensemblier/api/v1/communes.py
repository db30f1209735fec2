"""Communes: the search by what people type, and one commune on a date."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from ensemblier.api.v1.days import Day, today
from ensemblier.api.v1.places import PointOut
from ensemblier.api.v1.text import CommuneCode, Text
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune, search_communes

router = Router(tags=["communes"])


class CommuneHitOut(Schema):
    """One commune found; `matched` is the name or postcode that was recognised."""

    code: str
    name: str
    postcodes: list[str]
    departement_code: str
    departement_name: str
    matched: str


class CommuneHits(Schema):
    """Best first."""

    items: list[CommuneHitOut]


class CommuneOut(Schema):
    """A commune with the zones that contain it; `is_estimated` says that `point` was deduced from neighbours."""

    code: str
    name: str
    on: date
    followed_from: str = Field(description="Ancien code demandé, quand il mène à celui-ci ; vide sinon.")
    postcodes: list[str]
    departement_code: str
    departement_name: str
    region_code: str
    region_name: str
    epci_code: str
    epci_name: str
    zone_emploi_code: str
    zone_emploi_name: str
    bassin_vie_code: str
    bassin_vie_name: str
    population: int | None
    point: PointOut | None
    is_estimated: bool


@router.get("", response=CommuneHits, summary="Chercher une commune", operation_id="searchCommunes")
def search(
    request: HttpRequest,
    q: Annotated[Text, Query(min_length=2, description="Nom, partie de nom, ancien nom, code postal ou code Insee.")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> dict[str, object]:
    """Sans accents, avec des fautes de frappe : « st etienne », « la balme 05 »."""
    return {"items": search_communes(q, limit=limit)}


@router.get("/{code}", response=CommuneOut, summary="Une commune à une date", operation_id="getCommune")
def one(request: HttpRequest, code: CommuneCode, on: Day = None) -> CommuneOut:
    """Un ancien code est suivi jusqu'à la commune qui vaut à la date `on` (aujourd'hui par défaut)."""
    day = on or today()
    return commune_out(commune(code, on=day), day)


def commune_out(view: CommuneView, on: date) -> CommuneOut:
    """The commune as the interface shows it."""
    point = None if view.point is None else PointOut(lat=view.point.lat, lon=view.point.lon)
    fields = {name: getattr(view, name) for name in CommuneOut.model_fields if name not in ("on", "point", "postcodes")}
    return CommuneOut(on=on, point=point, postcodes=list(view.postcodes), **fields)
