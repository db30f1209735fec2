"""One cell of an imported table: text, number, date, code; every refusal says the field and the reason."""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.identifiers import is_commune_code, is_postcode
from ensemblier.territory.core.geo import Point

MISSING = frozenset({"", "s", "nd", "n/a", "na", "null", "none", "-", "–", "…", "...", "so", "///"})
"""What statistical tables write for a value that is not there: secret, not available, without object."""


class Formula(str):
    """A spreadsheet formula: its result is not in the file, so it is never a value."""

    __slots__ = ()


Row = Mapping[str, str]
"""A data row by lower-case column name."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of a file before it is understood: `rows` yields (row number in the file, cells)."""

    name: str
    rows: Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header found: `rows` yields (row number, cells by lower-case column name)."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Row]]


def text_of(row: Row, field: str, *, limit: int = 200) -> str:
    """The cell cleaned: composed Unicode, no control character, single spaces. Raises BadInput on a formula."""
    raw = row.get(field, "")
    if isinstance(raw, Formula):
        raise BadInput("formule « %(raw)s » : remplacez-la par sa valeur", values={"raw": raw[:40]}, field=field)
    cleaned = unicodedata.normalize("NFC", raw[: 4 * limit])
    cleaned = " ".join("".join(c if c.isprintable() else " " for c in cleaned).split())
    if len(cleaned) > limit or len(raw) > 4 * limit:
        raise BadInput("texte de plus de %(limit)s caractères", values={"limit": limit}, field=field)
    return cleaned


def number_of(row: Row, field: str) -> float | None:
    """A finite number, French or English decimal mark; None where the table says that it has none."""
    text = text_of(row, field, limit=40)
    if text.casefold() in MISSING:
        return None
    bare = text.replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    if "," in bare and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        value = float(bare) if bare.isascii() and "_" not in bare else math.nan
    except ValueError:
        raise BadInput("« %(text)s » n'est pas un nombre", values={"text": text}, field=field) from None
    if not math.isfinite(value) or abs(value) >= 1e15:
        raise BadInput("« %(text)s » n'est pas un nombre fini", values={"text": text}, field=field)
    return value


def whole_of(row: Row, field: str) -> int | None:
    """A whole number ≥ 0, or None."""
    value = number_of(row, field)
    if value is None:
        return None
    if value < 0 or value != int(value) or value > 2_000_000_000:
        raise BadInput("« %(row)s » n'est pas un nombre entier positif", values={"row": row[field]}, field=field)
    return int(value)


def date_of(row: Row, field: str) -> date | None:
    """A day written 2024-01-31 or 31/01/2024, or None."""
    text = text_of(row, field, limit=40)
    if text.casefold() in MISSING:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day has no time zone
        except ValueError:
            continue
    raise BadInput(
        "« %(text)s » n'est pas une date : écrivez 2024-01-31 ou 31/01/2024", values={"text": text}, field=field
    )


def commune_code_of(row: Row, field: str) -> str:
    """A commune code; the zero that a spreadsheet ate is put back ("1001" → "01001")."""
    text = text_of(row, field, limit=20).upper().removesuffix(".0")
    if len(text) == 4 and text.isascii() and text.isdigit():
        text = f"0{text}"
    if not is_commune_code(text):
        raise BadInput(
            "« %(text)s » n'est pas un code Insee de commune (5 caractères)", values={"text": text}, field=field
        )
    return text


def postcodes_of(row: Row, field: str) -> tuple[str, ...]:
    """Postcodes separated by "|", "," or spaces."""
    text = text_of(row, field, limit=2000)
    codes = text.replace("|", " ").replace(",", " ").split()
    for code in codes:
        if not is_postcode(code):
            raise BadInput("« %(code)s » n'est pas un code postal", values={"code": code}, field=field)
    return tuple(sorted(set(codes)))


def point_of(row: Row, lat: str, lon: str) -> Point | None:
    """The point of two cells, None when either is missing; NaN and out of range are refused."""
    y, x = number_of(row, lat), number_of(row, lon)
    if y is None or x is None:
        return None
    try:
        return Point(y, x)
    except BadInput as error:
        raise BadInput(error.message, field=lat) from error
