"""Fit of zonings and profile of a territory, on numbers one can add by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.territory.core.profile import Indicator, Known, profile, total
from ensemblier.territory.core.zoning import compare_sets, compare_zonings

FIRST = {"a": "X", "b": "X", "c": "X", "d": "Y"}
SECOND = {"a": "P", "b": "P", "c": "Q", "d": "Q", "e": "Q"}
PEOPLE = {"a": 100, "b": 200, "c": 700, "d": 50, "e": None}


def test_overlap_shares_by_communes_and_by_people() -> None:
    fit = compare_zonings(FIRST, SECOND, PEOPLE)
    shares = {(o.first, o.second): (o.communes_share, o.population_share) for o in fit.overlaps}
    assert shares == {("X", "P"): (2 / 3, 0.3), ("X", "Q"): (1 / 3, 0.7), ("Y", "Q"): (1.0, 1.0)}
    assert fit.split == ("X",)
    assert fit.mismatch_communes == pytest.approx(1 / 4)  # c, of four
    assert fit.mismatch_population == pytest.approx(300 / 1050)  # a and b: most people of X live in Q
    assert fit.only_second == {"e"}


def test_a_nested_zoning_has_no_mismatch() -> None:
    fit = compare_zonings({"a": "1", "b": "2"}, {"a": "R", "b": "R"}, PEOPLE)
    assert (fit.mismatch_communes, fit.mismatch_population, fit.split) == (0, 0, ())


def test_nothing_in_common_is_unknown() -> None:
    fit = compare_zonings({"a": "1"}, {"b": "2"}, PEOPLE)
    assert (fit.mismatch_communes, fit.mismatch_population) == (None, None)


def test_two_sets() -> None:
    overlap, jaccard = compare_sets("abc", "cd", PEOPLE)
    assert (overlap.communes, overlap.population, overlap.population_share) == (1, 700, 0.7)
    assert jaccard == pytest.approx(700 / 1050)
    assert compare_sets("e", "e", PEOPLE)[1] is None


zonings = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("XYZ"))


@given(zonings, zonings, st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.integers(0, 1000)))
def test_shares_of_a_zone_add_up(first: dict[str, str], second: dict[str, str], people: dict[str, int | None]) -> None:
    fit = compare_zonings(first, second, people)
    for zone in set(first.values()):
        parts = [o.communes_share for o in fit.overlaps if o.first == zone and o.communes_share is not None]
        assert not parts or sum(parts) == pytest.approx(1)
    assert fit.mismatch_communes is None or 0 <= fit.mismatch_communes < 1


def known(value: float) -> Known:
    return Known(value, "2021", "essai")


def by_code(indicators: list[Indicator]) -> dict[str, Indicator]:
    return {i.code: i for i in indicators}


def test_what_is_missing_is_said() -> None:
    found = by_code(profile({"population": known(1000)}, {}))
    assert found["density"].value is None
    assert found["density"].missing == ("Superficie",)
    assert found["unemployment"].missing == (
        "Chômeurs de 15 à 64 ans (au sens du recensement)",
        "Actifs de 15 à 64 ans (en emploi ou au chômage)",
    )


def test_indicators_by_hand() -> None:
    figures = {
        "population": known(1210), "superficie": known(10), "population_before": known(1000), "years": known(2),
        "actifs_15_64": known(500), "chomeurs_15_64": known(50),
    }  # fmt: skip
    found = by_code(profile(figures, {"population": known(100), "superficie": known(2)}))
    assert found["density"].value == 121
    assert found["density"].reference == 50
    assert found["growth"].value == pytest.approx(10.0)
    assert found["unemployment"].value == pytest.approx(10.0)


def test_specialisation_is_krugmans_index() -> None:
    sectors = ("agriculture", "industrie", "construction", "tertiaire_marchand", "tertiaire_public")
    mine = {f"emplois_{s}": known(n) for s, n in zip(sectors, (50, 50, 0, 0, 0), strict=True)}
    theirs = {f"emplois_{s}": known(n) for s, n in zip(sectors, (0, 50, 50, 0, 0), strict=True)}
    assert by_code(profile(mine, theirs))["specialisation"].value == pytest.approx(0.5)
    assert by_code(profile(theirs, theirs))["specialisation"].value == 0


def test_zero_inhabitants_divide_nothing() -> None:
    figures = {"population": known(0), "naissances": known(0), "deces": known(0), "services_publics": known(1)}
    found = by_code(profile(figures, {}))
    assert found["services"].value is None
    assert found["natural_balance"].value is None


def test_a_sum_with_holes_is_not_a_figure() -> None:
    assert total(known(10), 90, 100) is None
    kept = total(known(10), 96, 100)
    assert kept is not None
    assert (kept.value, kept.covered, kept.method) == (10, 0.96, "somme de 96 communes sur 100")
