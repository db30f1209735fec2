"""Figures: the house's own long table, or any table through a mapping."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import Sentence
from ensemblier.territory.core.intake.cells import Row, Table, commune_code_of, date_of, number_of, text_of
from ensemblier.territory.core.intake.communes import Refuse
from ensemblier.territory.core.intake.recognise import column_name, commune_column
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.rows import Problem


class FigureRow(NamedTuple):
    """zone × variable × period × value, with source, method and date; `row` is where it stood."""

    kind: ZoneKind
    code: str
    variable: str
    period: str
    value: float
    source: str
    method: str = ""
    published_on: date | None = None
    label: str = ""
    unit: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values and the variable that it holds."""

    column: str
    variable: str
    label: str = ""
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class FigureMapping:
    """How to read figures in somebody else's table."""

    kind: ZoneKind
    zone_column: str
    values: tuple[ValueColumn, ...]
    source: str
    method: str = ""
    period: str = ""
    period_column: str = ""
    published_on: date | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the table must have."""
        extra = (self.period_column,) if self.period_column else ()
        return (self.zone_column, *(v.column for v in self.values), *extra)


_EXAMPLE = Sentence(
    "Exemple : {zone: {kind: commune, column: CODGEO}, period: '2021', source: 'Insee, RP 2021', "
    "values: {P21_POP: {variable: population, label: Population, unit: habitants}}}"
)


def mapping_of(document: Any) -> FigureMapping:
    """A mapping from its YAML document. Raises BadInput with an example."""
    try:
        zone, values = document["zone"], document["values"]
        period = document.get("period", "")
        day = document.get("published_on")
        mapping = FigureMapping(
            ZoneKind(zone["kind"]),
            column_name(str(zone["column"])),
            tuple(_value_column(column, said) for column, said in values.items()),
            str(document["source"]).strip()[:200],
            str(document.get("method", "")).strip()[:200],
            "" if isinstance(period, Mapping) else str(period)[:20],
            column_name(str(period["column"])) if isinstance(period, Mapping) else "",
            day if isinstance(day, date) or day is None else date.fromisoformat(str(day)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(
            "La correspondance ne se lit pas (%(error)s). %(example)s",
            values={"error": error, "example": _EXAMPLE},
            field="mapping",
        ) from error
    whole = mapping.period or mapping.period_column or all(v.period for v in mapping.values)
    if not (mapping.values and mapping.source and whole):
        raise BadInput(
            "La correspondance doit donner des valeurs, une source et une période. %(example)s",
            values={"example": _EXAMPLE},
            field="mapping",
        )
    return mapping


def _value_column(column: object, said: Any) -> ValueColumn:
    if isinstance(said, str):
        return ValueColumn(column_name(str(column)), said[:80])
    return ValueColumn(
        column_name(str(column)),
        str(said["variable"])[:80],
        str(said.get("label", ""))[:200],
        str(said.get("unit", ""))[:40],
        str(said.get("period", ""))[:20],
    )


def read_mapped(table: Table, mapping: FigureMapping, refuse: Refuse) -> Iterator[FigureRow]:
    """Figures of a foreign table; a cell that is not a number is refused alone, a missing one is skipped."""
    for number, row in table.rows:
        try:
            code = _zone_code(row, mapping.zone_column, mapping.kind)
            period = text_of(row, mapping.period_column, limit=20) if mapping.period_column else mapping.period
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
            continue
        for v in mapping.values:
            try:
                value = number_of(row, v.column)
            except BadInput as error:
                refuse(Problem(number, error.field, error.message))
                continue
            if value is not None:
                yield FigureRow(
                    mapping.kind, code, v.variable, v.period or period, value,
                    mapping.source, mapping.method, mapping.published_on, v.label, v.unit, number,
                )  # fmt: skip


def read_figures(table: Table, source: str, refuse: Refuse) -> Iterator[FigureRow]:
    """Figures of the long table: zone_kind, zone_code, variable, period, value, source, method, published_on."""
    for number, row in table.rows:
        try:
            figure = _long(row, table.header, source, number)
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
            continue
        if figure is not None:
            yield figure


def _long(row: Row, header: tuple[str, ...], source: str, number: int) -> FigureRow | None:
    said = text_of(row, "zone_kind", limit=40) or text_of(row, "zonage", limit=40) or ZoneKind.COMMUNE.value
    try:
        kind = ZoneKind(said)
    except ValueError:
        raise BadInput("zonage « %(said)s » inconnu", values={"said": said}, field="zone_kind") from None
    column = "zone_code" if "zone_code" in header else commune_column(header)
    value = number_of(row, "value" if "value" in header else "valeur")
    variable = text_of(row, "variable", limit=80)
    period = text_of(row, "period", limit=20) or text_of(row, "periode", limit=20)
    if not variable or not period:
        raise BadInput("il faut une variable et une période", field="period" if variable else "variable")
    if value is None:
        return None
    return FigureRow(
        kind, _zone_code(row, column, kind), variable, period, value,
        text_of(row, "source") or source,
        text_of(row, "method") or text_of(row, "methode"),
        date_of(row, "published_on") or date_of(row, "publie_le"),
        text_of(row, "label") or text_of(row, "libelle"),
        text_of(row, "unit", limit=40) or text_of(row, "unite", limit=40),
        number,
    )  # fmt: skip


def _zone_code(row: Row, column: str, kind: ZoneKind) -> str:
    if kind is ZoneKind.COMMUNE:
        return commune_code_of(row, column)
    code = text_of(row, column, limit=40).removesuffix(".0")
    if not code:
        raise BadInput("le code de la zone manque", field=column)
    return code
