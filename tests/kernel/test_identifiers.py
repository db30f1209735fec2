"""Forms of identifiers. Expected answers come from the publishers' rules, not from the code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.kernel.identifiers import is_commune_code, is_postcode, is_siren, is_siret

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize("code", ["05061", "01001", "97411", "2A004", "2B033", "98735", "75056"])
def test_commune_codes(code: str) -> None:
    assert is_commune_code(code)


@pytest.mark.parametrize(
    "code", ["", "5061", "050610", "2C004", "2a004", "A2004", "05 61", "０５０６１", "05061\n", "٠٥٠٦١"]
)
def test_what_only_looks_like_a_commune_code(code: str) -> None:
    assert not is_commune_code(code)


def test_postcodes() -> None:
    assert is_postcode("05200") and is_postcode("20000")
    assert not any(map(is_postcode, ["2A004", "0520", "052000", "０５２００", "05200\n"]))


# 732 829 320 and 356 000 000 (La Poste) are the examples of Insee's documentation of the key.
def test_siren_and_siret() -> None:
    assert is_siren("732829320") and not is_siren("732829321")
    assert is_siret("73282932000074") and not is_siret("73282932000075")
    assert not is_siren("73282932") and not is_siret("732829320000740") and not is_siren("７32829320")


def test_the_counters_of_la_poste_have_a_key_of_their_own() -> None:
    assert is_siret("35600000000048")  # its head office follows Luhn
    assert is_siret("35600000049837")  # a counter: the sum of its digits is 45
    assert not is_siret("35600000049838")


@given(DIGITS)
def test_one_wrong_digit_is_always_seen(digits: str) -> None:
    right = next(digits[:8] + last for last in "0123456789" if is_siren(digits[:8] + last))
    for place in range(9):
        wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
        assert not is_siren(wrong)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    for check in (is_commune_code, is_postcode, is_siren, is_siret):
        assert check(text) in (True, False)
