"""Perimeters as a table: one row per perimeter and commune, or per perimeter and zone."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.intake.cells import Row, Table, commune_code_of, date_of, text_of
from ensemblier.territory.core.intake.communes import Refuse
from ensemblier.territory.core.intake.recognise import commune_column
from ensemblier.territory.core.kinds import PerimeterPurpose, ZoneKind
from ensemblier.territory.core.rows import Problem


class PerimeterKey(NamedTuple):
    """What identifies a perimeter."""

    name: str
    holder: str
    purpose: PerimeterPurpose
    start: date | None
    end: date | None


class Part(NamedTuple):
    """A commune (zone kind `commune`) or a zone that a perimeter contains, and the row that says so."""

    perimeter: PerimeterKey
    kind: ZoneKind
    code: str
    row: int


def read_perimeters(table: Table, refuse: Refuse) -> Iterator[Part]:
    """One Part per good row."""
    for number, row in table.rows:
        try:
            yield Part(_key(row), *_place(row, table.header), number)
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))


def _first(row: Row, *names: str, limit: int = 200) -> str:
    return next((text for name in names if (text := text_of(row, name, limit=limit))), "")


def _key(row: Row) -> PerimeterKey:
    name = _first(row, "perimetre", "perimeter")
    holder = _first(row, "porteur", "holder")
    if not name or not holder:
        raise BadInput("il faut un nom de périmètre et un porteur", field="porteur" if name else "perimetre")
    start = date_of(row, "debut") or date_of(row, "valid_from")
    end = date_of(row, "fin") or date_of(row, "valid_to")
    if start and end and end <= start:
        raise BadInput("la fin doit venir après le début", field="fin")
    return PerimeterKey(name, holder, _purpose(_first(row, "objet", "purpose")), start, end)


def _purpose(text: str) -> PerimeterPurpose:
    if not text:
        return PerimeterPurpose.OTHER
    for purpose in PerimeterPurpose:
        if text.casefold() in {purpose.value, purpose.label.casefold()}:
            return purpose
    known = ", ".join(purpose.label for purpose in PerimeterPurpose)
    raise BadInput(
        "objet « %(text)s » inconnu ; les objets sont : %(known)s",
        values={"text": text[:40], "known": known},
        field="objet",
    )


def _place(row: Row, header: tuple[str, ...]) -> tuple[ZoneKind, str]:
    kind = _first(row, "zone_kind", "zonage", limit=40)
    if kind and kind != ZoneKind.COMMUNE:
        try:
            return ZoneKind(kind), text_of(row, "zone_code", limit=12)
        except ValueError:
            raise BadInput("zonage « %(kind)s » inconnu", values={"kind": kind}, field="zone_kind") from None
    return ZoneKind.COMMUNE, commune_code_of(row, commune_column(header) or "zone_code")
