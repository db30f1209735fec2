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
