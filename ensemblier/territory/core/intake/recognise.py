"""Which table is this? Found by the names of its columns, wherever the header stands in the first rows."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from ensemblier.kernel.identifiers import is_commune_code
from ensemblier.territory.core.intake.cells import RawTable, Row, Table

_HEADER_WITHIN = 30  # Insee puts up to ten rows of title and labels above its header

COMMUNE_COLUMNS = ("codgeo", "code_insee", "code_commune", "depcom", "com", "code", "commune")
ZONE_COLUMN = re.compile(r"^(ze|bv|aav|uu)(\d{4})$|^(epci|ept|arr|dep|reg|cv|arrondissement|departement|region)$")


class TableKind(StrEnum):
    """What an imported table is about."""

    COMMUNES = "communes"
    PASSAGE = "passage"
    MOVEMENTS = "movements"
    ZONE_NAMES = "zone_names"
    MATRIX = "matrix"
    TRIPS = "trips"
    PERIMETERS = "perimeters"
    FIGURES = "figures"

    @property
    def label(self) -> str:
        """French name."""
        return {
            TableKind.COMMUNES: "table de communes et de zonages",
            TableKind.PASSAGE: "table de passage des anciens codes",
            TableKind.MOVEMENTS: "mouvements de communes",
            TableKind.ZONE_NAMES: "noms de zones",
            TableKind.MATRIX: "matrice de durées de trajet",
            TableKind.TRIPS: "durées de trajet",
            TableKind.PERIMETERS: "périmètres",
            TableKind.FIGURES: "chiffres",
        }[self]


def column_name(cell: str) -> str:
    """A column name as the recognisers expect it."""
    return cell.strip().lstrip("\ufeff").strip().casefold()


def kind_of(header: Sequence[str]) -> TableKind | None:  # noqa: PLR0911 — one line per kind of table
    """The kind of a table with this header (lower case), None when it is not a header of ours."""
    names = set(header)
    if {"depcom_hist", "depcom"} <= names:
        return TableKind.PASSAGE
    if {"mod", "date_eff", "com_av", "com_ap"} <= names:
        return TableKind.MOVEMENTS
    if {"nivgeo", "codgeo", "libgeo"} <= names:
        return TableKind.ZONE_NAMES
    if (
        len(header) > 2
        and header[0] in {"id", "code", "", *MINUTES}
        and all(is_commune_code(c.upper()) for c in header[1:])
    ):
        return TableKind.MATRIX
    if ({"origin", "destination"} <= names or {"origine", "destination"} <= names) and names & set(MINUTES):
        return TableKind.TRIPS
    if names & {"perimetre", "perimeter"} and names & {*COMMUNE_COLUMNS, "zone_code"}:
        return TableKind.PERIMETERS
    if {"variable"} <= names and names & {"value", "valeur"} and names & {"zone_code", *COMMUNE_COLUMNS}:
        return TableKind.FIGURES
    if commune_column(header) and (any(ZONE_COLUMN.match(c) for c in header) or {"lat", "lon"} <= names):
        return TableKind.COMMUNES
    return None


MINUTES = {"minutes": 1.0, "duree_min": 1.0, "seconds": 1 / 60, "secondes": 1 / 60, "duree_s": 1 / 60}
"""Columns of a table of trips, and how many minutes one unit is."""


def commune_column(header: Sequence[str]) -> str:
    """The column of the commune codes, "" when there is none."""
    return next((name for name in COMMUNE_COLUMNS if name in header), "")


def understand(raw: RawTable) -> tuple[TableKind, Table] | None:
    """Find the header in the first rows; None when this is none of our tables."""
    for tried, (_, cells) in enumerate(raw.rows):
        header = tuple(column_name(c) for c in cells)
        while header and header[-1] == "":
            header = header[:-1]
        kind = kind_of(header)
        if kind is not None:
            return kind, Table(raw.name, header, _named(header, raw.rows))
        if tried >= _HEADER_WITHIN:
            break
    return None


def with_header(raw: RawTable, wanted: Sequence[str]) -> Table | None:
    """The table whose header holds the `wanted` columns (lower case), for a mapping of the user's own."""
    for tried, (_, cells) in enumerate(raw.rows):
        header = tuple(column_name(c) for c in cells)
        if set(wanted) <= set(header):
            return Table(raw.name, header, _named(header, raw.rows))
        if tried >= _HEADER_WITHIN:
            break
    return None


def _named(header: tuple[str, ...], rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, Row]]:
    for number, cells in rows:
        if any(cells):
            yield number, dict(zip(header, cells, strict=False))
