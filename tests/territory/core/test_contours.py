"""TopoJSON and GeoJSON, on two squares that one can draw by hand."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.intake.contours import kind_named, read_contours
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.rows import Problem

# two unit squares side by side sharing the edge x = 1, quantised with a scale of 0.5
TWO_SQUARES: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
    "arcs": [
        [[2, 0], [0, 2]],  # the shared edge, upwards
        [[2, 2], [-2, 0], [0, -2], [2, 0]],  # the rest of the left square
        [[2, 0], [2, 0], [0, 2], [-2, 0]],  # the rest of the right square
    ],
    "objects": {
        "epci": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"epci": "200000001"}},
                {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"epci": "200000002"}},
            ],
        }
    },
}


def ignore(problem: Problem) -> None:
    """A report nobody reads."""


def test_shared_arcs_are_stitched_both_ways() -> None:
    left, right = read_contours(TWO_SQUARES, "x", ignore)
    assert left.kind is ZoneKind.EPCI
    assert left.polygons == [[[(1, 0), (1, 1), (0, 1), (0, 0), (1, 0)]]]
    assert right.polygons == [[[(1, 0), (2, 0), (2, 1), (1, 1), (1, 0)]]]


def test_a_geometry_without_code_is_set_aside() -> None:
    broken = copy.deepcopy(TWO_SQUARES)
    broken["objects"]["epci"]["geometries"][0]["properties"] = {"epci": None}
    problems: list[Problem] = []
    assert [row.code for row in read_contours(broken, "x", problems.append)] == ["200000002"]
    assert [p.row for p in problems] == [1]


def test_geojson() -> None:
    square = [[[6, 44], [7, 44], [7, 45], [6, 44]]]
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": "05061"},
                "geometry": {"type": "Polygon", "coordinates": square},
            },
            {"type": "Feature", "properties": {"code": "05023"}, "geometry": {"type": "Point", "coordinates": [6, 44]}},
            {
                "type": "Feature",
                "properties": {"code": "05024"},
                "geometry": {"type": "Polygon", "coordinates": [[[6, 44]]]},
            },
        ],
    }
    problems: list[Problem] = []
    (gap,) = read_contours(document, "communes", problems.append)
    assert (gap.kind, gap.code, gap.polygons[0][0][0]) == (ZoneKind.COMMUNE, "05061", (6.0, 44.0))
    assert [p.row for p in problems] == [2, 3]


@pytest.mark.parametrize(
    "name, kind", [("ze2020", "zone_emploi"), ("départements-100m", "departement"), ("route", None)]
)
def test_layers_are_known_by_their_name(name: str, kind: str | None) -> None:
    assert kind_named(name) == kind


def test_a_layer_of_unknown_zones_is_refused() -> None:
    with pytest.raises(BadInput, match="de quelles zones"):
        list(read_contours({"type": "FeatureCollection", "features": [{"properties": {"id": 1}}]}, "x", ignore))


leaves = st.none() | st.integers(-5, 5) | st.floats() | st.text(max_size=3)
anything = st.recursive(leaves, lambda x: st.lists(x, max_size=4), max_leaves=12)


@given(anything, anything, st.sampled_from(["Polygon", "MultiPolygon", "Point", None]))
def test_any_topology_is_read_or_refused(arcs: Any, indexes: Any, kind: str | None) -> None:
    document = {
        "type": "Topology",
        "arcs": arcs,
        "objects": {"regions": {"geometries": [{"type": kind, "arcs": indexes, "properties": {"region": "93"}}]}},
    }
    try:
        rows = list(read_contours(document, "regions", ignore))
    except BadInput:
        return
    for row in rows:
        assert all(ring[0] == ring[-1] for rings in row.polygons for ring in rings)
