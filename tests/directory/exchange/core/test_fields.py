"""Fields of a row: nothing dangerous passes, nothing raises, and each refusal names its field."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.exchange.fields import Fields, web_address
from ensemblier.directory.core.exchange.phones import international, readable
from ensemblier.directory.core.exchange.text import danger_in, look_alike_in, tidy

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
METHODS = (
    "text",
    "required",
    "name",
    "email",
    "phone",
    "url",
    "siret",
    "postcode",
    "commune",
    "number",
    "day",
    "codes",
)


@pytest.mark.parametrize("method", METHODS)
@given(value=ANY)
def test_every_field_is_total(method: str, value: object) -> None:
    fields = Fields({"champ": value})
    found = getattr(fields, method)("champ")
    if isinstance(found, str):
        assert danger_in(found) == ""
        assert found == tidy(found)
    if isinstance(found, float):
        assert math.isfinite(found)
    assert all(problem.field == "champ" and problem.reason for problem in fields.problems)


@given(lat=ANY, lon=ANY)
def test_coordinates_are_on_earth_or_refused(lat: object, lon: object) -> None:
    point = Fields({"lat": lat, "lon": lon}).coordinates(["lat"], ["lon"])
    assert point is None or (-90 <= point[0] <= 90 and -180 <= point[1] <= 180)


@pytest.mark.parametrize(
    ("lat", "lon", "reason"),
    [
        (float("nan"), 2.3, "nombre"),
        ("NaN", "2.3", "nombre"),
        (float("inf"), 2.3, "nombre"),
        (48.8, None, "moitié"),
        (98.8, 2.3, "globe"),
    ],
)
def test_impossible_coordinates_set_the_row_aside(lat: object, lon: object, reason: str) -> None:
    fields = Fields({"lat": lat, "lon": lon})
    assert fields.coordinates(["lat"], ["lon"]) is None
    assert [problem.blocking for problem in fields.problems] == [True]
    assert reason in fields.problems[0].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("=HYPERLINK(1)", "formule"),
        ("Cap\x00emploi", "contrôle"),
        ("Cap\u202eemploi", "sens de lecture"),
        ("\ud800bc", "moitié de caractère"),
        ("Mission locale d\ufffd", "encodage"),
        ("Réseau d'entraide de BesanÃ§on", "encodage"),
        ("Саp emploi", "alphabets"),  # noqa: RUF001 – the look-alike (Cyrillic С and а) is the point
    ],
)
def test_a_dangerous_name_is_refused_with_its_reason(text: str, reason: str) -> None:
    fields = Fields({"nom": text})
    fields.name("nom")
    assert any(reason in problem.reason and problem.blocking for problem in fields.problems)


@pytest.mark.parametrize("name", ["Œuvre Saint-Étienne 2ᵉ chance", "Ελλάδα", "L’Hôtel n° 5", "CIDFF – Paris"])
def test_honest_names_pass(name: str) -> None:
    assert look_alike_in(name) == ""
    assert danger_in(name) == ""


@pytest.mark.parametrize("link", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_that_would_run_code_sets_the_row_aside(link: str) -> None:
    fields = Fields({"site": link})
    assert fields.url("site") == ""
    assert fields.problems[0].blocking
    assert "interdit" in fields.problems[0].reason


@given(st.text())
def test_a_web_address_is_http_or_nothing(text: str) -> None:
    address = web_address(text)
    assert address == "" or address.startswith(("http://", "https://"))
    assert not any(character in address for character in " \n\"'<>") or "'" in address


@pytest.mark.parametrize(
    ("text", "shown", "machine"),
    [
        ("04.50.56.87.49", "04 50 56 87 49", "+33450568749"),
        ("+33 (0)4 50 56 87 49", "04 50 56 87 49", "+33450568749"),
        ("0033450568749", "04 50 56 87 49", "+33450568749"),
        ("3949", "39 49", "3949"),
        ("02 62 12 34 56", "02 62 12 34 56", "+262262123456"),
        ("+262 262 12 34 56", "02 62 12 34 56", "+262262123456"),
        ("04 50 56 87 49 / 06 11 22 33 44", "04 50 56 87 49", "+33450568749"),
        ("pas de téléphone", "", ""),
    ],
)
def test_telephone_numbers(text: str, shown: str, machine: str) -> None:
    assert readable(text) == shown
    assert international(shown) == machine


@given(st.from_regex(r"0[1-9]\d{8}", fullmatch=True))
def test_a_french_number_survives_an_export(digits: str) -> None:
    shown = readable(digits)
    assert readable(international(shown)) == shown
