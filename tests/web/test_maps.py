"""Maps: what is drawn stays inside, says what is estimated, and never hides a place behind another."""

from hypothesis import given
from hypothesis import strategies as st

from ensemblier.web.maps import Area, Dot, Ground, Marker, draw, frame_of

GAP = Marker(44.5594, 6.0786, "Gap", "france_travail")
EMBRUN = Marker(44.5628, 6.4958, "Embrun", "mission_locale", estimated=True)

PLACES = st.builds(
    Marker,
    lat=st.floats(-21.4, 51.1),
    lon=st.floats(-61.8, 55.9),
    label=st.text(min_size=1, max_size=60),
    operator=st.sampled_from(["", "apec", "france_travail"]),
    estimated=st.booleans(),
)


def test_nothing_to_show_is_no_map() -> None:
    assert draw("k", "Carte") is None


def test_an_estimated_place_is_dashed_and_hollow() -> None:
    drawn = draw("k", "Carte", markers=[GAP, EMBRUN])
    assert drawn is not None
    assert drawn.has_estimated
    shapes = {shape.label: shape for shape in drawn.drawings[0].markers}
    assert shapes["Embrun"].dashed
    assert shapes["Embrun"].fill == "#fffefc"
    assert not shapes["Gap"].dashed


def test_two_places_at_the_same_point_are_said_to_be_two() -> None:
    twin = Marker(GAP.lat, GAP.lon, "Mission locale de Gap", "mission_locale")
    drawn = draw("k", "Carte", markers=[GAP, twin, EMBRUN])
    assert drawn is not None
    assert {shape.label for shape in drawn.drawings[0].markers} == {"Gap + 1", "Embrun"}


def test_classes_are_told_without_colour() -> None:
    ring = [(6.0, 44.5), (6.1, 44.5), (6.1, 44.6)]
    drawn = draw("k", "Carte", areas=[Area([ring], "loin", 4), Area([ring], "inconnu", -1)], dots=[Dot(44.5, 6.0)])
    assert drawn is not None
    far, unknown = drawn.drawings[0].areas
    assert far.hatched
    assert unknown.dashed


@given(st.lists(PLACES, min_size=1, max_size=25))
def test_every_place_and_word_stays_inside(markers: list[Marker]) -> None:
    drawn = draw("k", "Carte", markers=markers)
    assert drawn is not None
    for drawing in drawn.drawings:
        for shape in drawing.markers:
            assert -0.1 <= float(shape.x) <= drawing.width + 0.1
            assert -0.1 <= float(shape.y) <= drawing.height + 0.1
        for text in drawing.texts:
            assert 0 <= float(text.x) <= drawing.width
            assert 0 <= float(text.y) <= drawing.height
        assert 0 < float(drawing.scale_px) <= drawing.width / 4 + 0.1


def test_a_single_place_gets_a_small_map_with_its_neighbours() -> None:
    """Seeded fault: one place on a large map closed in on 4 km was a large empty sheet."""
    dots = [Dot(44.60, 6.10, "La Bâtie-Neuve"), Dot(48.85, 2.35, "Paris"), Dot(44.5594, 6.0786, "Gap")]
    ground = Ground(landmarks=dots)
    drawn = draw("k", "Carte", markers=[GAP], ground=ground)
    assert drawn is not None
    (drawing,) = drawn.drawings
    assert (drawing.kind, drawing.width) == ("side", 340)
    assert [dot.label for dot in drawing.dots] == ["La Bâtie-Neuve"]  # Paris is outside, Gap under its own place
    assert "La Bâtie-Neuve" in {text.words for text in drawing.texts}


def test_what_lies_under_never_stretches_the_map() -> None:
    alone = draw("k", "Carte", markers=[GAP, EMBRUN])
    ring = [(2.0, 43.0), (8.0, 43.0), (8.0, 47.0)]
    under = draw("k", "Carte", markers=[GAP, EMBRUN], ground=Ground([Area([ring])], [Dot(44.55, 6.3, "Chorges")]))
    assert alone is not None and under is not None
    assert [(d.scale_km, d.scale_px) for d in alone.drawings] == [(d.scale_km, d.scale_px) for d in under.drawings]
    assert under.drawings[0].areas


@given(st.lists(PLACES, min_size=1, max_size=8))
def test_the_frame_holds_every_place(markers: list[Marker]) -> None:
    frame = frame_of(markers)
    assert frame is not None
    south, north, west, east = frame
    assert all(south < m.lat < north and west < m.lon < east for m in markers)
