"""Hostile files: each is refused with a sentence, or only its bad rows are; memory and time stay bounded."""

import bz2
import gzip
import io
import json
import tarfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.adapters.files import encoding_of, unpacked
from ensemblier.directory.adapters.json_rows import json_rows
from ensemblier.directory.adapters.table_rows import open_rows
from ensemblier.directory.core.exchange.records import RawRow
from ensemblier.kernel.errors import BadInput
from tests.directory.exchange.files import written


def rows_of(path: Path) -> list[RawRow]:
    return list(open_rows(path, [0]))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_found_out(tmp_path: Path, codec: str) -> None:
    text = "id;nom\n1;Pôle « œuvres » de Besançon, l’été – 5 €\n"
    assert (
        rows_of(written(tmp_path, "t.csv", text.encode(codec)))[0].fields["nom"]
        == text.rsplit(";", maxsplit=1)[-1].strip()
    )


def test_a_file_broken_in_places_keeps_its_good_rows(tmp_path: Path) -> None:
    content = "id;nom\n1;Évreux\n2;Épinal\n".encode() + b"3;B\xe9ziers\n"
    path = written(tmp_path, "t.csv", content)
    assert encoding_of(path) == "utf-8"
    assert [row.fields["nom"] for row in rows_of(path)] == ["Évreux", "Épinal", "B\ufffdziers"]


@given(
    st.lists(
        st.dictionaries(st.text(max_size=6), st.none() | st.booleans() | st.text() | st.integers(-9, 9)), max_size=5
    )
)
def test_a_json_list_is_read_as_it_is(tmp_path_factory: pytest.TempPathFactory, items: list[dict[str, Any]]) -> None:
    path = written(tmp_path_factory.mktemp("j"), "t.json", json.dumps(items, ensure_ascii=True))
    assert [row.fields for row in json_rows(path, [0])] == items


@pytest.mark.parametrize(
    ("content", "sheets"),
    [
        ({"services": [{"a": 1}], "structures": [{"b": 2}]}, ["structures", "services"]),
        ({"service": [{"a": 1}]}, ["service"]),
        ('{"a": 1}\n{"a": 2}\n', ["", ""]),
        ({"total_count": 1, "results": [{"a": 1}]}, ["results"]),
    ],
)
def test_shapes_of_json(tmp_path: Path, content: Any, sheets: list[str]) -> None:
    assert [row.sheet for row in rows_of(written(tmp_path, "t.json", content))] == sheets


def test_nan_in_json_reaches_the_row_that_holds_it(tmp_path: Path) -> None:
    text = '[{"lat": NaN, "nom": "le NaN du texte reste"}, {"lat": -Infinity}]' + " " * 70_000
    rows = rows_of(written(tmp_path, "t.json", text))
    assert [row.fields["lat"] for row in rows] == ["NaN", "NaN"]
    assert rows[0].fields["nom"] == "le NaN du texte reste"


@pytest.mark.parametrize("bomb", ["[" * 1_000_000, '[{"a":' * 100_000, '{"service": ' + "[" * 1_000_000])
def test_a_nesting_bomb_is_refused(tmp_path: Path, bomb: str) -> None:
    with pytest.raises(BadInput, match="niveaux"):
        rows_of(written(tmp_path, "t.json", bomb))


@pytest.mark.parametrize("filling", [b"x", b'\\"', b"\\\\"])
def test_an_endless_text_is_refused_without_being_read(tmp_path: Path, filling: bytes) -> None:
    path = written(tmp_path, "t.json", b'[{"nom": "' + filling * (40_000_000 // len(filling)))
    tracemalloc.start()
    with pytest.raises(BadInput, match="dépasse"):
        rows_of(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000, "the text was held whole in memory"


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Une ligne dépasse"):
        rows_of(written(tmp_path, "t.csv", "id;nom\n1;" + "x" * 3_000_000))


def test_a_row_with_too_many_cells_is_flawed(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, "t.csv", "id,nom\n1,a,b\n2,c\n"))
    assert ["3 cases" in row.flaw for row in rows] == [True, False]


@pytest.mark.parametrize("content", [b"", b"  \n", b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0 old workbook"])
def test_files_of_another_kind_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput):
        rows_of(written(tmp_path, "t.bin", content))


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_gives_its_known_sheets_and_shows_its_formulas(tmp_path: Path) -> None:
    content = workbook(
        Notes=[["rien"]], Services=[["id", "structure_id"], ["s", "1"]], Structures=[["id", "nom"], [1, "=1+1"]]
    )
    rows = rows_of(written(tmp_path, "t.xlsx", content))
    assert [(row.sheet, row.number) for row in rows] == [("Structures", 2), ("Services", 2)]
    assert rows[0].fields == {"id": 1, "nom": "=1+1"}


def test_a_bomb_in_a_workbook_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO(workbook(A=[["id", "nom"]]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/bomb.xml", b"0" * 60_000_000)
    with pytest.raises(BadInput, match="piégé"):
        unpacked(written(tmp_path, "t.xlsx", file.getvalue()), tmp_path)


def test_a_bomb_in_gzip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="piégée"):
        unpacked(written(tmp_path, "t.gz", gzip.compress(b"0" * 60_000_000)), tmp_path)


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="abîmée"):
        unpacked(written(tmp_path, "t.gz", gzip.compress(b"id;nom\n" * 500)[:-20]), tmp_path)


def test_archives_inside_archives_give_their_data(tmp_path: Path) -> None:
    """What the national directory publishes: a tar in bzip2 with a zip of communes and one JSON."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in (
            ("communes.zip", b"PK" + b"0" * 5000),
            ("x/2026-data.gouv_local.json", b'{"service": []}'),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    path = written(tmp_path, "all_latest.tar.bz2", bz2.compress(file.getvalue()))
    assert unpacked(path, tmp_path).read_bytes() == b'{"service": []}'
