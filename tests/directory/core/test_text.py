"""Hygiene of what is typed: names, links, numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.text import (
    clean_email,
    clean_line,
    clean_name,
    clean_phone,
    clean_text,
    clean_url,
    phone_text,
)
from ensemblier.kernel.errors import BadInput


@pytest.mark.parametrize(
    "name", ["Mission locale de l’Écully", "CIDFF 05", "Œuvre n° 1 – Gap", "Καλημέρα", "Afpa (siège)"]
)
def test_honest_names_are_kept(name: str) -> None:
    assert clean_name(f"  {name} ") == name


def test_a_name_is_one_line_in_composed_letters() -> None:
    assert clean_name("Cafe\u0301 \n  des  métiers") == "Café des métiers"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Mission lоcale", "plusieurs alphabets"),  # the second "o" is Cyrillic
        ("Αpec", "plusieurs alphabets"),  # a Greek capital alpha
        ("Mission\u202elocale", "U\\+202E"),
        ("Mission\u200blocale", "U\\+200B"),
        ("Mission\x00locale", "U\\+0000"),
        ("  ", "au moins une lettre"),
        ("...", "au moins une lettre"),
        ("a" * 256, "256 caractères"),
    ],
)
def test_names_that_deceive_are_refused(name: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        clean_name(name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.exemple.fr/page?a=1", "https://www.exemple.fr/page?a=1"),
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("HTTP://EXEMPLE.FR", "HTTP://EXEMPLE.FR"),
        ("", ""),
    ],
)
def test_links_in_http_are_kept(typed: str, kept: str) -> None:
    assert clean_url(typed) == kept


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//exemple.fr",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//exemple.fr",
        "https://",
        "https://exemple",
        "https://exemple.fr/<script>",
        'https://exemple.fr/"onmouseover=1',
        "ftp://exemple.fr",
    ],
)
def test_other_links_are_refused(bad: str) -> None:
    with pytest.raises(BadInput, match="http"):
        clean_url(bad)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("04 92 53 00 00", "+33492530000"),
        ("04.92.53.00.00", "+33492530000"),
        ("+33 (0)4 92 53 00 00", "+33492530000"),
        ("3949", "3949"),
        ("39 49", "3949"),
        ("0262 90 00 00", "+33262900000"),
        ("115", "115"),
        ("", ""),
    ],
)
def test_numbers_have_one_form(typed: str, kept: str) -> None:
    assert clean_phone(typed) == kept


@pytest.mark.parametrize("bad", ["appelez-moi", "1", "04 92", "04 92 53 00 00 00 00 00 00"])
def test_what_is_not_a_number_is_refused(bad: str) -> None:
    with pytest.raises(BadInput, match="numéro de téléphone"):
        clean_phone(bad)


def test_numbers_are_shown_as_they_are_said() -> None:
    assert phone_text("+33492530000") == "04 92 53 00 00"
    assert phone_text("3949") == "39 49"


def test_addresses() -> None:
    assert clean_email(" a.b@exemple.fr ") == "a.b@exemple.fr"
    with pytest.raises(BadInput, match="adresse électronique"):
        clean_email("a.b@exemple")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (
        lambda t: clean_text(t, field="x"),
        lambda t: clean_line(t, field="x"),
        clean_name,
        clean_url,
        clean_phone,
    ):
        try:
            once = clean(text)
        except BadInput:
            continue
        assert clean(once) == once
        assert "\x00" not in once and "\u202e" not in once
