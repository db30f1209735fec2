"""Rows of CSV files and of workbooks, read as a stream; which reader suits a file is found from its content."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl

from ensemblier.directory.adapters.files import encoding_of
from ensemblier.directory.adapters.json_rows import json_rows
from ensemblier.directory.core.exchange.records import RawRow
from ensemblier.directory.core.exchange.text import as_text, key_of
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import Sentence

LONGEST_LINE = 1_000_000  # characters
MOST_COLUMNS = 500
_DELIMITERS = (";", ",", "\t", "|")


def open_rows(path: Path, progress: list[int], *, sheet: str = "") -> Iterator[RawRow]:
    """Rows of the file, whatever it is; `progress[0]` follows the bytes read. Raises BadInput when it is unreadable."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise BadInput("Le fichier est vide.", field="file")
    if head[:4] == b"PK\x03\x04":
        return workbook_rows(path, progress, sheet=sheet)
    if head[:5] == b"%PDF-" or head[:4] == b"\xd0\xcf\x11\xe0":
        raise BadInput("Ce fichier n'est ni un CSV, ni un JSON, ni un XLSX. Enregistrez-le dans l'un de ces formats.")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return json_rows(path, progress)
    return csv_rows(path, progress)


def _lines(path: Path, progress: list[int]) -> Iterator[str]:
    with path.open("r", encoding=encoding_of(path), errors="replace", newline="") as file:
        while line := file.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise BadInput(
                    "Une ligne dépasse %(longest_line)s million de caractères : est-ce bien un CSV ? Rien n'a été "
                    "importé.",
                    values={"longest_line": LONGEST_LINE // 1000000},
                )
            progress[0] += len(line)
            yield line


def _header(cells: Iterable[object]) -> list[str]:
    """Names of the columns; a repeated name counts once (the first column wins), an empty one is left out."""
    seen: set[str] = set()
    names: list[str] = []
    for cell in cells:
        name = as_text(cell).strip()
        names.append("" if name in seen else name)
        seen.add(name)
    if len(names) > MOST_COLUMNS:
        raise BadInput(
            "%(count)s colonnes : %(most_columns)s au plus.", values={"count": len(names), "most_columns": MOST_COLUMNS}
        )
    return names


def csv_rows(path: Path, progress: list[int]) -> Iterator[RawRow]:
    """Rows of a CSV file: its encoding and its separator are found out."""
    lines = _lines(path, progress)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(_after(first, lines), delimiter=delimiter)
    try:
        names = _header(next(reader, []))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _csv_row(reader.line_num, names, cells)
    except csv.Error as error:
        raise BadInput(
            "CSV illisible à la ligne %(line_num)s (%(error)s). Rien n'a été importé.",
            values={"line_num": reader.line_num, "error": error},
        ) from error


def _after(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _csv_row(number: int, names: list[str], cells: list[str]) -> RawRow:
    flaw = ""
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        flaw = Sentence(
            "La ligne a %(count)s cases, l'en-tête %(count2)s : un séparateur ou un guillemet est de trop.",
            count=len(cells),
            count2=len(names),
        )
    return RawRow(number, {name: cell for name, cell in zip(names, cells, strict=False) if name}, "", flaw)


def workbook_rows(path: Path, progress: list[int], *, sheet: str = "") -> Iterator[RawRow]:
    """Rows of a workbook: the sheet asked for, else "Structures" and "Services" when they are there, or the first."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise BadInput(
            "Le classeur « %(name)s » est illisible : réenregistrez-le en XLSX.", values={"name": path.name}
        ) from error
    try:
        for name in _sheets(list(book.sheetnames), sheet):
            yield from _sheet_rows(book[name], name, progress)
    except (zipfile.BadZipFile, SyntaxError, ValueError, KeyError, EOFError) as error:
        raise BadInput(
            "Le classeur « %(name)s » est abîmé : rien n'a été importé. (%(error)s)",
            values={"name": path.name, "error": error},
        ) from error
    finally:
        book.close()


def _sheets(names: list[str], asked: str) -> list[str]:
    if asked:
        if asked not in names:
            raise BadInput(
                "Feuille « %(asked)s » absente. Feuilles : %(names)s.",
                values={"asked": asked, "names": ", ".join(names)},
                field="sheet",
            )
        return [asked]
    by_key = {key_of(name): name for name in names}
    known = [by_key[key] for key in ("structures", "services") if key in by_key]
    return known or names[:1]


def _sheet_rows(sheet: "object", name: str, progress: list[int]) -> Iterator[RawRow]:
    names: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):  # type: ignore[attr-defined]
        if not any(cell is not None and cell != "" for cell in cells):
            continue
        if not names:
            names = _header(cells)
            continue
        progress[0] += 1
        yield RawRow(number, {key: value for key, value in zip(names, cells, strict=False) if key}, name)
