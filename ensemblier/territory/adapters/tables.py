"""Files of tables (CSV, XLSX, parquet) and of JSON, read as a stream and never trusted."""

import csv
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import ijson
from ijson.common import ObjectBuilder

from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.intake.cells import Formula, RawTable

_LINE = 1 << 20  # bytes of one CSV line: a matrix of 20,000 communes still fits
_SAMPLE = 1 << 18
_FILE = 1 << 31
_JSON = 1 << 28
_UNZIPPED = 600 << 20
_RATIO = 200
_COLUMNS = 20_000
_DEPTH = 64


def tables_of(path: Path) -> Iterator[RawTable]:
    """Tables of a CSV (one), an XLSX (one per sheet) or a parquet file (one), without knowing what they hold."""
    _check_size(path, _FILE)
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm"}:
        yield from _xlsx(path)
    elif suffix == ".zip":
        yield from _zip(path)
    elif suffix == ".parquet":
        yield _parquet(path)
    elif suffix in {".csv", ".txt", ".tsv"}:
        yield RawTable(path.stem, _csv(path))
    else:
        raise BadInput(
            "« %(name)s » : format inconnu. Les fichiers lus sont CSV, XLSX, parquet, JSON, GeoJSON et TopoJSON.",
            values={"name": path.name},
            field="fichier",
        )


def is_json(path: Path) -> bool:
    """Whether the file's name announces JSON."""
    return path.suffix.lower() in {".json", ".geojson", ".topojson"}


def records_of(path: Path) -> Iterator[Any] | None:
    """Records of a JSON list, streamed; None when the document is not a list."""
    _check_size(path, _JSON)
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    return _streamed(path) if start.startswith(b"[") else None


def document_of(path: Path) -> Any:
    """A whole JSON document."""
    _check_size(path, _JSON)
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "« %(name)s » n'est pas un JSON lisible : %(error)s",
            values={"name": path.name, "error": error},
            field="fichier",
        ) from error


def _streamed(path: Path) -> Iterator[Any]:
    try:
        with path.open("rb") as file:
            yield from _items(ijson.basic_parse(file, use_float=True), path)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise BadInput(
            "« %(name)s » s'arrête ou se brise : %(error)s", values={"name": path.name, "error": error}, field="fichier"
        ) from error


def _items(events: Iterable[tuple[str, Any]], path: Path) -> Iterator[Any]:
    """Members of the outer list. `ijson.items` would do, but a deep nesting makes it eat the whole memory."""
    depth = 0
    builder = ObjectBuilder()
    for event, value in events:
        if event in {"start_map", "start_array"}:
            depth += 1
            if depth == 1:
                continue
            if depth > _DEPTH:
                raise BadInput(
                    "« %(name)s » se brise : plus de %(depth)s niveaux imbriqués.",
                    values={"name": path.name, "depth": _DEPTH},
                    field="fichier",
                )
            builder = ObjectBuilder() if depth == 2 else builder
        elif event in {"end_map", "end_array"}:
            depth -= 1
            if depth == 0:
                return
        builder.event(event, value)
        if depth == 1:
            yield builder.value
            builder = ObjectBuilder()


def _check_size(path: Path, most: int) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BadInput(
            "« %(path)s » ne peut pas être lu : %(strerror)s.",
            values={"path": path, "strerror": error.strerror},
            field="fichier",
        ) from error
    if not path.is_file():
        raise BadInput("« %(path)s » n'est pas un fichier.", values={"path": path}, field="fichier")
    if size > most:
        raise BadInput(
            "« %(name)s » pèse %(size)s Mo ; la limite est %(most)s Mo.",
            values={"name": path.name, "size": size >> 20, "most": most >> 20},
            field="fichier",
        )


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    encoding = _encoding(path, sample)
    head = sample.decode(encoding, "replace").lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(";,\t|", key=head.count)
    csv.field_size_limit(_LINE)
    reader = csv.reader(_lines(path, encoding), delimiter=delimiter)
    number = 0
    try:
        for cells in reader:
            number = reader.line_num
            if len(cells) > _COLUMNS:
                raise BadInput(
                    "« %(name)s », ligne %(number)s : plus de %(columns)s colonnes.",
                    values={"name": path.name, "number": number, "columns": _COLUMNS},
                    field="fichier",
                )
            yield number, cells
    except csv.Error as error:
        raise BadInput(
            "« %(name)s », ligne %(number)s : la ligne ne se lit pas (%(error)s). Un guillemet est-il resté ouvert ?",
            values={"name": path.name, "number": number + 1, "error": error},
            field="fichier",
        ) from error


def _encoding(path: Path, sample: bytes) -> str:
    if b"\0" in sample:
        raise BadInput(
            "« %(name)s » n'est pas un CSV : il contient des octets nuls (fichier binaire ou UTF-16). "
            "Enregistrez-le en CSV UTF-8.",
            values={"name": path.name},
            field="fichier",
        )
    try:
        # the sample may cut a letter in two
        sample[: sample.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines of at most a megabyte each: a file of one endless line is refused before it fills the memory."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LINE + 1):
            number += 1
            if len(line) > _LINE:
                raise BadInput(
                    "« %(name)s », ligne %(number)s : plus d'un mégaoctet sur une ligne. Est-ce bien un CSV ?",
                    values={"name": path.name, "number": number},
                    field="fichier",
                )
            # a broken letter is shown as �, and the code or number that holds it is then refused with its row
            yield line.decode(encoding, "replace").lstrip("\ufeff" if number == 1 else "")


def _zip(path: Path) -> Iterator[RawTable]:
    """Tables of the files of an archive, as Insee publishes them; folders and other formats are passed over."""
    try:
        _check_zip(path)
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(prefix="ensemblier-") as folder:
            for info in archive.infolist():
                name = Path(info.filename).name  # the path inside the archive is not trusted
                if Path(name).suffix.lower() in {".csv", ".xlsx"}:
                    inside = Path(folder) / name
                    inside.write_bytes(archive.read(info))
                    yield from tables_of(inside)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise BadInput(
            "« %(name)s » n'est pas une archive lisible : %(error)s",
            values={"name": path.name, "error": error},
            field="fichier",
        ) from error


def _xlsx(path: Path) -> Iterator[RawTable]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_zip(path)
        # formulas are kept as such: their cached result may be stale or absent
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise BadInput(
            "« %(name)s » n'est pas un classeur XLSX lisible : %(error)s",
            values={"name": path.name, "error": error},
            field="fichier",
        ) from error
    try:
        for sheet in book.worksheets:
            yield RawTable(sheet.title, _sheet(sheet))
    finally:
        book.close()


def _sheet(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(max_col=500), start=1):
        yield number, [_cell(cell) for cell in cells]


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(str(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _check_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        sizes = [(info.file_size, info.compress_size) for info in archive.infolist()]
    total, packed = sum(size for size, _ in sizes), sum(packed for _, packed in sizes)
    if total > _UNZIPPED or (total > 50 << 20 and total > _RATIO * max(packed, 1)):
        raise BadInput(
            "« %(name)s » se déplie en %(total)s Mo : ce classeur est trop gros, ou piégé. Enregistrez la "
            "feuille utile en CSV.",
            values={"name": path.name, "total": total >> 20},
            field="fichier",
        )


def _parquet(path: Path) -> RawTable:
    import polars

    try:
        frame = polars.read_parquet(path)
    except (polars.exceptions.PolarsError, OSError, ValueError) as error:
        raise BadInput(
            "« %(name)s » n'est pas un fichier parquet lisible : %(error)s",
            values={"name": path.name, "error": error},
            field="fichier",
        ) from error
    return RawTable(path.stem, _frame(frame))


def _frame(frame: Any) -> Iterator[tuple[int, list[str]]]:
    yield 0, list(frame.columns)
    for number, row in enumerate(frame.iter_rows(), start=1):
        yield number, ["" if value is None else str(value) for value in row]
