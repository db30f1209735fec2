"""Distances, travel times and lands: expected values written by hand, from maps and from the data's own fit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.geo import (
    EARTH_KM,
    Point,
    TravelMethod,
    distances_km,
    great_circle_km,
    model_minutes,
    models_minutes,
)
from ensemblier.territory.core.landmass import MAINLAND, landmass_of
from ensemblier.territory.core.travel import travels

PARIS, MARSEILLE = Point(48.8566, 2.3522), Point(43.2965, 5.3698)
GAP, BRIANCON = Point(44.5612, 6.0820), Point(44.8997, 6.6428)
SAINT_DENIS, AJACCIO = Point(-20.8789, 55.4481), Point(41.9192, 8.7386)

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def test_paris_marseille_is_661_km() -> None:
    assert great_circle_km(PARIS, MARSEILLE) == pytest.approx(660.5, abs=1.5)


def test_a_quarter_of_the_earth() -> None:
    assert great_circle_km(Point(0, 0), Point(0, 90)) == pytest.approx(math.pi / 2 * EARTH_KM)


@given(points, points)
def test_distance_is_symmetric_and_bounded(a: Point, b: Point) -> None:
    assert great_circle_km(a, b) == pytest.approx(great_circle_km(b, a), abs=1e-9)
    assert 0 <= great_circle_km(a, b) <= math.pi * EARTH_KM + 1e-6


@given(points, st.lists(points, max_size=5))
def test_many_distances_are_those_of_each(origin: Point, targets: list[Point]) -> None:
    assert distances_km(origin, targets).tolist() == [great_circle_km(origin, t) for t in targets]


@pytest.mark.parametrize("lat, lon", [(math.nan, 2), (2, math.nan), (91, 0), (0, 181), (math.inf, 0)])
def test_a_point_out_of_the_earth_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(BadInput, match="pas sur la Terre"):
        Point(lat, lon)


def test_the_model_is_the_published_fit() -> None:
    # 0.14 + 3.34 × 10^0.79 and 3.06 + 3.21 × 50^0.77, computed by hand
    assert model_minutes(10) == pytest.approx(20.73, abs=0.02)
    assert model_minutes(50) == pytest.approx(68.33, abs=0.2)
    assert model_minutes(0) == 0


@given(st.floats(0, 2000))
def test_one_time_is_the_vector_of_one(km: float) -> None:
    assert models_minutes(np.array([km]))[0] == pytest.approx(model_minutes(km))


def test_gap_briancon_is_modelled() -> None:
    (travel,) = travels(GAP, "05061", [(BRIANCON, "05023")], matrix={})
    assert travel.method is TravelMethod.MODEL
    assert travel.km == pytest.approx(58.2, abs=0.5)
    assert travel.minutes == pytest.approx(model_minutes(travel.km or 0))


def test_the_matrix_wins_over_the_model() -> None:
    (travel,) = travels(GAP, "05061", [(BRIANCON, "05023")], matrix={"05023": 78.0})
    assert (travel.minutes, travel.method) == (78.0, TravelMethod.MATRIX)


@pytest.mark.parametrize(
    "origin, code, target, target_code",
    [
        (MARSEILLE, "13055", AJACCIO, "2A004"),
        (PARIS, "75056", SAINT_DENIS, "97411"),
        (PARIS, "75056", AJACCIO, ""),
        (Point(47.3, -3.15), "56152", Point(47.65, -2.76), "56260"),  # Belle-Île → Vannes
        (Point(16.27, -61.5), "97101", Point(15.88, -61.31), "97112"),  # Les Abymes → Marie-Galante
    ],
)
def test_across_water_is_unknown_not_a_guess(origin: Point, code: str, target: Point, target_code: str) -> None:
    (travel,) = travels(origin, code, [(target, target_code)], matrix={})
    assert (travel.minutes, travel.method) == (None, TravelMethod.UNKNOWN)
    assert travel.km is not None


def test_across_water_a_matrix_knows() -> None:
    (travel,) = travels(MARSEILLE, "13055", [(AJACCIO, "2A004")], matrix={"2A004": 720.0})
    assert travel.minutes == 720.0


def test_a_place_that_is_not_known_has_neither_distance_nor_time() -> None:
    (travel,) = travels(GAP, "05061", [(None, "05023")], matrix={})
    assert (travel.km, travel.minutes, travel.method) == (None, None, TravelMethod.UNKNOWN)
    (travel,) = travels(None, "05061", [(BRIANCON, "05023")], matrix={})
    assert travel.method is TravelMethod.UNKNOWN


@pytest.mark.parametrize(
    "code, land",
    [
        ("05061", MAINLAND), ("2A004", "Corse"), ("2B033", "Corse"), ("97411", "974"), ("97608", "Petite-Terre"),
        ("97611", "976"), ("97502", "97502"), ("85113", "île d'Yeu"), ("29155", "Ouessant"),
    ],
)  # fmt: skip
def test_lands(code: str, land: str) -> None:
    assert landmass_of(code) == land


def test_two_islands_are_never_the_same_unknown_land() -> None:
    """Fault caught: "" == "" would make a road between two points of nowhere."""
    (travel,) = travels(Point(0, -30), "", [(Point(0, -31), "")], matrix={})
    assert travel.method is TravelMethod.UNKNOWN
