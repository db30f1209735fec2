"""Tables with one row per commune: Insee zonings, the richer commune table, the geo.api.gouv.fr export."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.identifiers import is_commune_code
from ensemblier.kernel.words import Sentence
from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.intake.cells import (
    Row,
    Table,
    commune_code_of,
    number_of,
    point_of,
    postcodes_of,
    text_of,
    whole_of,
)
from ensemblier.territory.core.intake.recognise import commune_column
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.rows import Problem
from ensemblier.territory.core.variables import CENSUS, COLUMNS

Refuse = Callable[[Problem], None]

_KINDS = {
    "ze": ZoneKind.ZONE_EMPLOI,
    "bv": ZoneKind.BASSIN_VIE,
    "aav": ZoneKind.AIRE_ATTRACTION,
    "uu": ZoneKind.UNITE_URBAINE,
    "epci": ZoneKind.EPCI,
    "ept": ZoneKind.EPT,
    "arr": ZoneKind.ARRONDISSEMENT,
    "arrondissement": ZoneKind.ARRONDISSEMENT,
    "dep": ZoneKind.DEPARTEMENT,
    "departement": ZoneKind.DEPARTEMENT,
    "reg": ZoneKind.REGION,
    "region": ZoneKind.REGION,
    "cv": ZoneKind.CANTON,
}
_COLUMN = re.compile(r"^(ze|bv|aav|uu|epci|ept|arr|arrondissement|dep|departement|reg|region|cv)(\d{4})?$")
_NO_ZONE = frozenset({"", "ZZZZZZZZZ", "CSZ", "NC"})


@dataclass(frozen=True, slots=True)
class ZoneColumn:
    """A column of zone codes, the column of their names ("" = none), and the zoning's year."""

    column: str
    kind: ZoneKind
    vintage: str
    label: str


@dataclass(frozen=True, slots=True)
class CommuneFacts:
    """What one row says of a commune; None = the row does not speak of it."""

    code: str
    name: str = ""
    postcodes: tuple[str, ...] | None = None
    population: int | None = None
    point: Point | None = None
    zones: Mapping[ZoneKind, tuple[str, str, str]] = field(default_factory=dict)
    """kind → (code, name or "", vintage)."""
    figures: tuple[tuple[str, str, float], ...] = ()
    """(variable, period, value)."""
    row: int = 0
    """Where it stood in the file."""


def zone_columns(header: Sequence[str]) -> list[ZoneColumn]:
    """The zone columns of a header; the latest year wins when a zoning stands twice."""
    found: dict[ZoneKind, ZoneColumn] = {}
    for name in header:
        match = _COLUMN.match(name)
        if not match:
            continue
        kind, vintage = _KINDS[match[1]], match[2] or ""
        label = next((c for c in (f"lib_{name}", f"lib{name}", f"{name}_nom") if c in header), "")
        if kind not in found or vintage > found[kind].vintage:
            found[kind] = ZoneColumn(name, kind, vintage, label)
    return list(found.values())


def read_communes(table: Table, refuse: Refuse) -> Iterator[CommuneFacts]:
    """One CommuneFacts per good row; a row that cannot be read is refused whole, with its field and reason."""
    code_column = commune_column(table.header)
    columns = zone_columns(table.header)
    for number, row in table.rows:
        try:
            yield replace(_facts(row, code_column, columns, set(table.header)), row=number)
        except BadInput as error:
            refuse(Problem(number, error.field or code_column, error.message))


def _facts(row: Row, code_column: str, columns: Sequence[ZoneColumn], header: set[str]) -> CommuneFacts:
    code = commune_code_of(row, code_column)
    zones = {}
    for column in columns:
        zone = text_of(row, column.column, limit=12).upper().removesuffix(".0")
        if zone not in _NO_ZONE:
            label = text_of(row, column.label, limit=160) if column.label else ""
            zones[column.kind] = (zone, label, column.vintage)
    return CommuneFacts(
        code,
        text_of(row, "nom", limit=120) if "nom" in header else "",
        postcodes_of(row, "codes_postaux") or None if "codes_postaux" in header else None,
        whole_of(row, "population") if "population" in header else None,
        point_of(row, "lat", "lon") if {"lat", "lon"} <= header else None,
        zones,
        tuple(_figures(row, code, header)),
    )


def _figures(row: Row, code: str, header: set[str]) -> Iterator[tuple[str, str, float]]:
    for column, (variable, period) in COLUMNS.items():
        if column not in header:
            continue
        value = number_of(row, column)
        if value is None or (value == 0 and code.startswith("976") and variable in CENSUS):
            continue
        yield variable, period, value


def read_zone_names(table: Table, refuse: Refuse) -> Iterator[tuple[ZoneKind, str, str]]:
    """(kind, code, name) of Insee's table of zones (NIVGEO, CODGEO, LIBGEO); levels not used here are skipped."""
    for number, row in table.rows:
        try:
            match = _COLUMN.match(text_of(row, "nivgeo", limit=20).casefold())
            code, name = text_of(row, "codgeo", limit=12), text_of(row, "libgeo", limit=160)
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
            continue
        if match and code and name:
            yield _KINDS[match[1]], code, name


def read_geo_api(records: Iterator[Any], refuse: Refuse) -> Iterator[CommuneFacts]:
    """Communes of the geo.api.gouv.fr export (JSON list, or features of its GeoJSON), town hall before centre."""
    for number, record in enumerate(records, start=1):
        try:
            yield replace(_geo_api(record), row=number)
        except BadInput as error:
            refuse(Problem(number, error.field or "code", error.message))
        except (TypeError, ValueError, KeyError, AttributeError, IndexError):
            refuse(Problem(number, "", Sentence("cet enregistrement n'a pas la forme de geo.api.gouv.fr")))


def _geo_api(record: Mapping[str, Any]) -> CommuneFacts:
    if record.get("type") == "Feature":
        geometry = record.get("geometry")
        record = dict(record["properties"])
        if geometry and geometry.get("type") == "Point":
            record.setdefault("centre", geometry)
    code = str(record.get("code", "")).strip().upper()
    if not is_commune_code(code):
        raise BadInput("« %(code)s » n'est pas un code Insee de commune", values={"code": code[:20]}, field="code")
    row = {"nom": str(record.get("nom", "")), "codes_postaux": " ".join(map(str, record.get("codesPostaux") or ()))}
    row["population"] = "" if record.get("population") is None else str(record["population"])
    surface = record.get("surface")
    return CommuneFacts(
        code,
        text_of(row, "nom", limit=120),
        postcodes_of(row, "codes_postaux") or None,
        whole_of(row, "population"),
        _geo_point(record),
        dict(_geo_zones(record)),
        # the service gives hectares
        (("superficie", "2024", float(surface) / 100),) if isinstance(surface, int | float) and surface > 0 else (),
    )


def _geo_point(record: Mapping[str, Any]) -> Point | None:
    for name in ("mairie", "centre"):
        place = record.get(name)
        if place:
            lon, lat = (float(c) for c in place["coordinates"][:2])
            try:
                return Point(lat, lon)
            except BadInput as error:
                raise BadInput(error.message, field=name) from error
    return None


def _geo_zones(record: Mapping[str, Any]) -> Iterator[tuple[ZoneKind, tuple[str, str, str]]]:
    for kind, flat, nested in (
        (ZoneKind.DEPARTEMENT, "codeDepartement", "departement"),
        (ZoneKind.REGION, "codeRegion", "region"),
        (ZoneKind.EPCI, "codeEpci", "epci"),
    ):
        group = record.get(nested) or {}
        code = str(record.get(flat) or group.get("code") or "").strip()[:12]
        if code:
            yield kind, (code, str(group.get("nom") or "").strip()[:160], "")
