"""Tables and files of others: what is read, what is refused with its row, field and reason."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.intake.cells import (
    Formula,
    RawTable,
    Table,
    commune_code_of,
    date_of,
    number_of,
    text_of,
)
from ensemblier.territory.core.intake.communes import read_communes, read_geo_api, zone_columns
from ensemblier.territory.core.intake.figures import mapping_of, read_figures, read_mapped
from ensemblier.territory.core.intake.history import read_movements
from ensemblier.territory.core.intake.perimeters import read_perimeters
from ensemblier.territory.core.intake.recognise import TableKind, understand, with_header
from ensemblier.territory.core.intake.trips import read_matrix
from ensemblier.territory.core.kinds import ChangeKind, PerimeterPurpose, ZoneKind
from ensemblier.territory.core.rows import Problem, Report


def ignore(problem: Problem) -> None:
    """A report nobody reads."""


def raw(*rows: Sequence[str]) -> RawTable:
    def numbered() -> Iterator[tuple[int, list[str]]]:
        yield from ((number, list(cells)) for number, cells in enumerate(rows, start=1))

    return RawTable("essai", numbered())


def table(*rows: Sequence[str]) -> Table:
    found = understand(raw(*rows))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "text, value",
    [("12", 12), ("12,5", 12.5), ("1 234,5", 1234.5), ("1\u202f234", 1234), ("s", None), ("", None), ("1e3", 1000)],
)
def test_numbers_of_french_tables(text: str, value: float | None) -> None:
    assert number_of({"x": text}, "x") == value


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "douze", "1_000", "１２", "1e400", "0x10"])
def test_what_is_not_a_finite_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        number_of({"x": text}, "x")


def test_a_formula_is_never_a_value() -> None:
    with pytest.raises(BadInput, match="remplacez-la par sa valeur"):
        text_of({"x": Formula("=A1+1")}, "x")


def test_the_zero_that_a_spreadsheet_ate_is_put_back() -> None:
    assert commune_code_of({"c": "1001"}, "c") == "01001"
    assert commune_code_of({"c": "5061.0"}, "c") == "05061"
    with pytest.raises(BadInput):
        commune_code_of({"c": "٠٥٠٦١"}, "c")


def test_dates() -> None:
    assert date_of({"d": "31/01/2024"}, "d") == date_of({"d": "2024-01-31"}, "d") == date(2024, 1, 31)
    with pytest.raises(BadInput, match="n'est pas une date"):
        date_of({"d": "31/02/2024"}, "d")


@given(st.text(max_size=50))
def test_any_cell_is_a_value_or_a_refusal(text: str) -> None:
    for read in (number_of, date_of, commune_code_of, text_of):
        try:
            value: Any = read({"x": text}, "x")
        except BadInput as error:
            assert error.field == "x"
        else:
            assert not isinstance(value, float) or math.isfinite(value)


def test_the_header_is_found_under_insee_titles() -> None:
    found = understand(
        raw(["Table d'appartenance"], [], ["Code", "Zone"], ["CODGEO", "LIBGEO", "ZE2020"], ["05061", "Gap", "9305"])
    )
    assert found is not None
    kind, read = found
    assert kind is TableKind.COMMUNES
    (facts,) = read_communes(read, ignore)
    assert facts.zones[ZoneKind.ZONE_EMPLOI] == ("9305", "", "2020")


def test_the_latest_year_of_a_zoning_wins() -> None:
    assert [c.vintage for c in zone_columns(["codgeo", "bv2012", "bv2022"])] == ["2022"]


def test_a_table_of_something_else_is_not_guessed() -> None:
    assert understand(raw(["nom", "âge"], ["Awa", "31"])) is None


def test_a_bad_row_is_set_aside_and_the_others_are_read() -> None:
    report = Report("essai")
    rows = table(
        ["code", "nom", "lat", "lon"],
        ["05061", "Gap", "44.5", "6.0"],
        ["05023", "Briançon", "NaN", "6"],
        ["?", "x", "", ""],
    )
    (gap,) = read_communes(rows, report.refuse)
    assert gap.point == Point(44.5, 6.0)
    assert [(p.row, p.field) for p in report.problems] == [(3, "lat"), (4, "code")]


def test_the_zeros_of_mayotte_are_missing() -> None:
    rows = table(
        ["code", "nom", "lat", "lon", "pop_15_64_active_2021"],
        ["97611", "Mamoudzou", "", "", "0"],
        ["05061", "Gap", "", "", "0"],
    )
    mamoudzou, gap = read_communes(rows, ignore)
    assert mamoudzou.figures == ()
    assert gap.figures == (("actifs_15_64", "2021", 0.0),)


def test_geo_api_prefers_the_town_hall() -> None:
    record = {
        "nom": "Gap", "code": "05061", "codesPostaux": ["05000"], "population": 40631, "surface": 11043,
        "codeDepartement": "05", "codeRegion": "93", "codeEpci": "200067825",
        "centre": {"type": "Point", "coordinates": [6.0629, 44.5806]},
        "mairie": {"type": "Point", "coordinates": [6.0786, 44.5594]},
    }  # fmt: skip
    (facts,) = read_geo_api(iter([record]), ignore)
    assert facts.point == Point(44.5594, 6.0786)
    assert facts.figures == (("superficie", "2024", 110.43),)
    assert facts.zones[ZoneKind.EPCI][0] == "200067825"


json_like = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["code", "nom", "centre", "mairie", "coordinates", "population", "codesPostaux", "epci", "type", "properties"]
    ), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(json_like, max_size=4))
def test_any_record_is_read_or_refused(records: list[Any]) -> None:
    problems: list[Problem] = []
    facts = list(read_geo_api(iter(records), problems.append))
    assert len(facts) + len(problems) == len(records)


def test_movements_open_and_close() -> None:
    head = ["MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP"]
    history = read_movements(
        table(
            head,
            ["32", "2016-01-01", "COM", "14624", "Saint-Martin", "COM", "14431", "Mézidon"],
            ["32", "2016-01-01", "COM", "14431", "Mézidon-Canon", "COM", "14431", "Mézidon"],
            ["32", "2016-01-01", "COM", "14999", "Restée", "COM", "14431", "Mézidon"],
            ["21", "2024-01-01", "COM", "14431", "Mézidon", "COM", "14624", "Saint-Martin"],
            ["10", "2020-01-01", "COM", "05061", "Vapincum", "COM", "05061", "Gap"],
            ["32", "hier", "COM", "14001", "A", "COM", "14431", "B"],
        ),
        "Insee",
        (problems := list[Problem]()).append,
    )
    assert [(c.old_code, c.kind, c.start, c.end) for c in history.changes] == [
        ("14624", ChangeKind.RESTORED, date(2016, 1, 1), date(2024, 1, 1)),
        ("14999", ChangeKind.MERGER, date(2016, 1, 1), None),
    ]
    assert history.names == [("05061", "Vapincum")]
    assert [p.field for p in problems] == ["date_eff"]


def test_a_square_matrix_in_seconds_or_minutes() -> None:
    seconds = table(["id", "38185", "38421"], ["38185", "0", "600"], ["38421", "NA", "0"])
    assert list(read_matrix(seconds, ignore)) == [("38185", "38421", 10.0, 2)]
    minutes = table(["minutes", "38185", "38421"], ["38185", "0", "10"])
    assert list(read_matrix(minutes, ignore)) == [("38185", "38421", 10.0, 2)]


def test_an_impossible_duration_is_refused() -> None:
    report = Report("essai")
    rows = table(["id", "38185", "38421"], ["38185", "0", "-5"], ["38421", "99999999", "0"])
    assert list(read_matrix(rows, report.refuse)) == []
    assert [p.row for p in report.problems] == [2, 3]


def test_perimeters() -> None:
    report = Report("essai")
    head = ["perimetre", "porteur", "objet", "codgeo", "debut", "fin"]
    rows = table(
        head,
        ["Cellule sud", "Région", "cellule d'animation", "05061", "2024-01-01", ""],
        ["Cellule sud", "Région", "??", "05023", "", ""],
        ["Cellule sud", "Région", "", "05023", "2024-01-01", "2023-01-01"],
    )
    (part,) = read_perimeters(rows, report.refuse)
    assert (part.perimeter.purpose, part.code) == (PerimeterPurpose.CELL, "05061")
    assert [(p.row, p.field) for p in report.problems] == [(3, "objet"), (4, "fin")]


def test_figures_through_a_mapping() -> None:
    mapping = mapping_of(
        {
            "zone": {"kind": "commune", "column": "CODGEO"},
            "period": "2021",
            "source": "Insee, RP 2021",
            "values": {"P21_CHOM": {"variable": "chomeurs_15_64"}},
        }
    )
    rows = with_header(
        raw(["CODGEO", "P21_CHOM"], ["05061", "2 310,4"], ["05023", "s"], ["05006", "abc"]), mapping.columns
    )
    assert rows is not None
    report = Report("essai")
    (figure,) = read_mapped(rows, mapping, report.refuse)
    assert (figure.code, figure.variable, figure.period, figure.value) == ("05061", "chomeurs_15_64", "2021", 2310.4)
    assert [(p.row, p.field) for p in report.problems] == [(4, "p21_chom")]


@pytest.mark.parametrize("document", [None, [], {}, {"zone": {"kind": "galaxie", "column": "x"}}, {"values": 3}])
def test_a_mapping_that_does_not_read_is_shown_an_example(document: object) -> None:
    with pytest.raises(BadInput, match="Exemple"):
        mapping_of(document)


def test_the_long_table_of_figures() -> None:
    rows = table(
        ["zone_kind", "zone_code", "variable", "period", "value", "source"],
        ["region", "93", "emplois", "2024-T3", "1900000", "Insee"],
        ["galaxie", "93", "emplois", "2024", "1", "Insee"],
    )
    report = Report("essai")
    (figure,) = read_figures(rows, "", report.refuse)
    assert (figure.kind, figure.period) == (ZoneKind.REGION, "2024-T3")
    assert [p.field for p in report.problems] == ["zone_kind"]


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_any_table_is_understood_or_not_but_never_breaks(rows: list[list[str]]) -> None:
    understand(raw(*rows))
    understand(raw(["CODGEO", "ZE2020"], *rows))
