"""Likeness of two places: symmetric, explained, and never across two operators under one roof."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.matching import THRESHOLD, Candidate, Verdict, compare, pairs_to_compare
from ensemblier.territory.core.geo import Point

ARRAS = Candidate(
    1,
    "MISSION LOCALE - ARRAS",
    "2 VOIE BOSSUET",
    "62041",
    phone="03 21 00 00 00",
    point=Point(50.3001, 2.7444),
    networks=frozenset({"mission-locale"}),
    source_id=1,
)
CANDIDATES = st.builds(
    Candidate,
    row_id=st.integers(1, 9),
    name=st.text(min_size=1, max_size=20),
    address=st.text(max_size=20),
    phone=st.sampled_from(["", "01 02 03 04 05"]),
    siret=st.sampled_from(["", "1", "2"]),
    commune_code=st.sampled_from(["", "62041"]),
    networks=st.frozensets(st.sampled_from(["a", "b"])),
    point=st.none() | st.builds(Point, st.floats(40, 50), st.floats(0, 5)),
)


@given(CANDIDATES, CANDIDATES)
def test_comparison_is_symmetric_and_bounded(a: Candidate, b: Candidate) -> None:
    assert compare(a, b).score == compare(b, a).score
    assert 0 <= compare(a, b).score <= 1


def test_the_same_place_said_otherwise_is_found() -> None:
    other = replace(ARRAS, row_id=2, name="Mission locale d'Arras", address="2, voie Bossuet CS 30278", source_id=2)
    comparison = compare(ARRAS, other)
    assert comparison.score >= THRESHOLD
    said = {one.field: one.verdict for one in comparison.evidence}
    assert said["phone"] == Verdict.SAME
    assert said["distance"] == Verdict.SAME


def test_two_operators_under_one_roof_are_two() -> None:
    neighbour = replace(ARRAS, row_id=2, networks=frozenset({"cap-emploi"}), source_id=2)
    assert compare(ARRAS, neighbour).score < THRESHOLD


def test_a_fictitious_row_never_meets_a_real_one() -> None:
    assert pairs_to_compare([ARRAS, replace(ARRAS, row_id=2, source_id=2)]) == {(0, 1)}
    assert pairs_to_compare([ARRAS, replace(ARRAS, row_id=2, source_id=2, is_fictitious=True)]) == set()


def test_rows_of_one_source_are_not_compared() -> None:
    assert pairs_to_compare([ARRAS, replace(ARRAS, row_id=2)]) == set()


def test_a_crowded_commune_does_not_explode() -> None:
    crowd = [replace(ARRAS, row_id=i, name=f"Lieu {i}", address=f"{i} rue", phone="", source_id=i) for i in range(3000)]
    assert len(pairs_to_compare(crowd)) < 200_000
