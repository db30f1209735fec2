"""The nearest of many: exact against one by one, never across water."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ensemblier.territory.core.geo import Point, great_circle_km, model_minutes
from ensemblier.territory.core.nearest import nearest

places = st.lists(st.tuples(st.just("38185"), st.floats(43, 49), st.floats(-1, 7)), min_size=1, max_size=12)


@given(origins=places, targets=places)
def test_as_one_by_one(origins: list[tuple[str, float, float]], targets: list[tuple[str, float, float]]) -> None:
    found = nearest(origins, targets, minutes=60)
    for place, (_, lat, lon) in enumerate(origins):
        distances = [great_circle_km(Point(lat, lon), Point(b, c)) for _, b, c in targets]
        assert math.isclose(found.km[place], min(distances), rel_tol=1e-6, abs_tol=1e-3)
        assert math.isclose(found.minutes[place], model_minutes(found.km[place]), rel_tol=1e-9, abs_tol=1e-6)
        times = [model_minutes(km) for km in distances]
        assert sum(t < 59.999 for t in times) <= found.within[place] <= sum(t < 60.001 for t in times)


def test_never_across_water_and_unknown_stays_unknown() -> None:
    nice, ajaccio, lost = ("06088", 43.7, 7.27), ("2A004", 41.93, 8.74), ("05061", None, None)
    found = nearest([nice, ajaccio, lost], [nice], minutes=30)
    assert found.index == [0, -1, -1] and math.isnan(found.minutes[1]) and found.within == [1, 0, 0]
    assert nearest([nice], [], minutes=30).index == [-1]
    assert nearest([], [nice], minutes=30).index == []


TURIN_ROAD = ("05023", 44.9, 6.63)
GAP, BEYOND = ("05061", 44.56, 6.08), ("05006", 44.78, 6.55)


def test_an_imported_time_comes_before_the_model_and_says_so() -> None:
    """A pass that is closed: the nearest by the crow is the farthest by the road."""
    model = nearest([TURIN_ROAD], [GAP, BEYOND], minutes=30)
    assert (model.index, model.measured) == ([1], [False])
    found = nearest([TURIN_ROAD], [GAP, BEYOND], minutes=30, matrix={"05023": {"05061": 25.0, "05006": 95.0}})
    assert (found.index, found.minutes, found.within, found.measured) == ([0], [25.0], [1], [True])


def test_where_the_matrix_is_silent_the_model_speaks() -> None:
    found = nearest([TURIN_ROAD], [GAP, BEYOND], minutes=30, matrix={"05023": {"05006": 95.0}, "38185": {"05061": 1.0}})
    assert found.index == [0] and found.measured == [False]
    assert math.isclose(found.minutes[0], model_minutes(found.km[0]), rel_tol=1e-6)


def test_a_ferry_of_the_matrix_crosses_the_water() -> None:
    nice, ajaccio = ("06088", 43.7, 7.27), ("2A004", 41.93, 8.74)
    found = nearest([ajaccio], [nice], minutes=400, matrix={"2A004": {"06088": 380.0}})
    assert (found.index, found.minutes, found.within, found.measured) == ([0], [380.0], [1], [True])
    assert math.isnan(found.km[0])


@given(origins=places, targets=places)
def test_a_matrix_of_the_own_commune_changes_nothing(
    origins: list[tuple[str, float, float]], targets: list[tuple[str, float, float]]
) -> None:
    assert nearest(origins, targets, minutes=30, matrix={"38185": {"38185": 0.0}}) == nearest(
        origins, targets, minutes=30
    )
