"""Coverage of a zone: who should be reachable where, and who is. Territories are described, operators never ranked."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from ensemblier.api.v1.days import Day, today
from ensemblier.api.v1.text import Code
from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.coverage import Cell, CoverageAudit, Reach
from ensemblier.routing.queries.coverage import MAX_MINUTES, coverage
from ensemblier.territory.core.kinds import ZoneKind

router = Router(tags=["couverture"])
Kind = Literal["commune", "epci", "arrondissement", "departement", "region", "zone_emploi", "bassin_vie"]


class Asked(Schema):
    """How far, and among which counters."""

    minutes: int = Field(30, ge=1, le=MAX_MINUTES, description="Portée, en minutes de voiture.")
    fictitious: bool = Field(False, description="Les lieux de démonstration, et eux seuls.")


class RowOut(Schema):
    """One public × one operator: communes and inhabitants of the zone, reached or not."""

    public: str
    public_label: str
    operator: Operator
    name: str
    is_express: bool
    communes: int
    covered: int
    gaps: int
    unknown: int
    overlaps: int
    population: int
    population_covered: int
    population_gap: int


class CellOut(Schema):
    """One commune × one competent operator."""

    commune: str
    commune_name: str
    is_estimated: bool = Field(description="La position de la commune est estimée.")
    operator: Operator
    reach: Reach
    minutes: float | None
    is_measured: bool = Field(description="Temps d'une matrice importée ; sinon il est estimé d'après la distance.")
    permanence_minutes: float | None
    site_name: str
    served_by: list[str]


class MissingOut(Schema):
    """A competent operator without any published permanence in the zone."""

    operator: Operator
    name: str
    has_site: bool


class CoverageOut(Schema):
    """The audit. `method` says how travel times were obtained; unknown stays unknown, never a gap."""

    on: date
    scope: str
    minutes: int
    method: str
    is_fictitious: bool
    rows: list[RowOut]
    cells: list[CellOut]
    without_permanence: list[MissingOut]


@router.get("/{kind}/{code}", response=CoverageOut, summary="Couverture d'une zone", operation_id="coverageOfZone")
def of_zone(
    request: HttpRequest,
    response: HttpResponse,
    kind: Kind,
    code: Code,
    asked: Annotated[Asked, Query()],
    on: Day = None,
) -> dict[str, Any]:
    """Par public et par opérateur compétent : à portée, manques, recouvrements, opérateurs sans permanence."""
    response["Cache-Control"] = "public, max-age=3600"
    found = coverage(
        on=on or today(), kind=ZoneKind(kind), code=code.upper(), minutes=asked.minutes, is_fictitious=asked.fictitious
    )
    return _shown(found)


def _shown(found: CoverageAudit) -> dict[str, Any]:
    names = ("name", "is_express", "communes", "covered", "gaps", "unknown", "overlaps")
    people = ("population", "population_covered", "population_gap")
    return {
        "rows": [
            {"public": row.public.key, "public_label": row.public.label, "operator": row.operator}
            | {name: getattr(row, name) for name in (*names, *people)}
            for row in found.rows
        ],
        "cells": [_cell(cell) for cell in found.cells],
        "without_permanence": list(found.without_permanence),
    } | {name: getattr(found, name) for name in ("on", "scope", "minutes", "method", "is_fictitious")}


_SAME = ("operator", "reach", "minutes", "is_measured", "permanence_minutes", "site_name")


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "commune": cell.commune.code,
        "commune_name": cell.commune.name,
        "is_estimated": cell.commune.is_estimated,
        "served_by": list(cell.served_by),
    } | {name: getattr(cell, name) for name in _SAME}
