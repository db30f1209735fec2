"""Maps drawn on the server: values in, coordinates of an SVG out; no tile, no script, no network.

Plane: equirectangular, longitudes shortened by the cosine of the middle latitude – exact enough at the size of a
département (error of a scale bar under 1 % over 200 km). Each map is drawn twice, wide and narrow, so that its words
stay readable on a phone; the template shows one of them. An equal table follows every map.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import cos, log10, radians

from django.utils.safestring import SafeString

from ensemblier.web.drawing import Drawing, Shape, Text

KM_PER_DEGREE = 111.195
"""Length of one degree of a great circle of the mean Earth (radius 6 371.009 km)."""

SHAPES = {
    "apec": "M12.6 0 0 12.6-12.6 0 0-12.6Z",
    "cap_emploi": "M-9.35-9.35H9.35V9.35H-9.35Z",
    "france_travail": "M0-10.4A10.4 10.4 0 1 1 0 10.4 10.4 10.4 0 1 1 0-10.4Z",
    "mission_locale": "M0-11.8 11.9 8.9H-11.9Z",
    "regional_operator": "M11.5 0 5.8 10H-5.8L-11.5 0-5.8-10H5.8Z",
}
"""One outline for each operator, all of the same weight, centred on 0 0 (pixels)."""
OTHER_SHAPE = "M0-8.5A8.5 8.5 0 1 1 0 8.5 8.5 8.5 0 1 1 0-8.5Z"

LEVELS = ("#eaf3f0", "#b9d6d2", "#6fa9a6", "#2f6f78", "#073c45")
"""Fills of a graded map, light to dark (read in greyscale); the last class is hatched as well by the template."""
UNKNOWN = "#f3ece0"

BOTH = (("wide", (640, 420)), ("narrow", (340, 340)))
SIDE = (("side", (340, 300)),)
ALONE = (("side", (340, 220)),)
"""Name and size in pixels of the drawings of a map."""

MAX_LABELS = 14
MAX_DOT_LABELS = 5
MERGE_PX = 11.0
HIDDEN_PX = 15.0
CLOSEST_KM = 10.0
"""A map is never closer: a single place stays on a map where its neighbours show."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A place: decimal degrees (WGS 84), the operator whose shape it takes ("" = another partner), its words.

    `estimated` draws it dashed and hollow; `strong` keeps its label before others.
    """

    lat: float
    lon: float
    label: str
    operator: str = ""
    estimated: bool = False
    href: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A zone: rings of (longitude, latitude) pairs, class 0 to 4 (-1 = not known, -2 = plain background)."""

    rings: Sequence[Sequence[tuple[float, float]]]
    label: str = ""
    level: int = -2


@dataclass(frozen=True, slots=True)
class Dot:
    """A commune without contour: a small disc of the same classes as an Area."""

    lat: float
    lon: float
    label: str = ""
    level: int = -2


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the places and never stretches the map: outlines, and communes by which one finds one's way."""

    areas: Sequence[Area] = ()
    landmarks: Sequence[Dot] = ()


@dataclass(frozen=True, slots=True)
class Map:
    """What `components/map.html` shows. `title` names the map, `words` say what it shows to who cannot see it."""

    key: str
    title: str
    words: str
    drawings: tuple[Drawing, ...]
    has_estimated: bool
    operators: tuple[str, ...]

    @property
    def pictures(self) -> SafeString:
        """The drawings as SVG."""
        return SafeString("\n".join([one.svg(self.key, self.title, self.words) for one in self.drawings]))


@dataclass(frozen=True, slots=True)
class _Plane:
    """Degrees → pixels."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    top: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return (
            self.left + (lon - self.west) * self.shrink * self.scale,
            self.top + (self.north - lat) * self.scale,
        )


@dataclass(frozen=True, slots=True)
class _Layers:
    """What one picture shows, from back to front: areas, dots, markers."""

    areas: Sequence[Area]
    dots: Sequence[Dot]
    markers: Sequence[Marker]
    ground: Ground = field(default_factory=Ground)

    def corners(self) -> list[tuple[float, float]]:
        """(latitude, longitude) of everything that must stay inside."""
        found = [(m.lat, m.lon) for m in self.markers] + [(d.lat, d.lon) for d in self.dots]
        return found + [(lat, lon) for area in self.areas for ring in area.rings for lon, lat in ring]


def draw(
    key: str,
    title: str,
    *,
    markers: Sequence[Marker] = (),
    areas: Sequence[Area] = (),
    dots: Sequence[Dot] = (),
    ground: Ground | None = None,
) -> Map | None:  # fmt: skip
    """The map of these places, or None when nothing has a position. `key` makes its ids unique in a page."""
    return _map((key, title, title), _Layers(areas, dots, markers, ground or Ground()), BOTH)


def draw_in_margin(
    key: str,
    title: str,
    *,
    markers: Sequence[Marker] = (),
    areas: Sequence[Area] = (),
    dots: Sequence[Dot] = (),
    ground: Ground | None = None,
) -> Map | None:  # fmt: skip
    """The same for a margin column: one narrow drawing serves every screen, and paper."""
    return _map((key, title, title), _Layers(areas, dots, markers, ground or Ground()), SIDE)


def frame_of(markers: Sequence[Marker], dots: Sequence[Dot] = ()) -> tuple[float, float, float, float] | None:
    """(south, north, west, east) of a map of these places with its margins, in degrees; None for no place.

    A little larger than what is drawn: who looks for landmarks asks for them here.
    """
    points = [(m.lat, m.lon) for m in markers] + [(d.lat, d.lon) for d in dots]
    if not points:
        return None
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    shrink = max(cos(radians((min(lats) + max(lats)) / 2)), 0.1)
    half = max((max(lats) - min(lats)) / 2, (max(lons) - min(lons)) * shrink / 2, CLOSEST_KM / KM_PER_DEGREE) * 1.5
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    return lat - half, lat + half, lon - half / shrink, lon + half / shrink


def _map(names: tuple[str, str, str], layers: _Layers, sizes: Sequence[tuple[str, tuple[int, int]]]) -> Map | None:
    key, title, words = names
    corners = layers.corners()
    if not corners:
        return None
    if len(set(corners)) == 1:
        sizes = ALONE  # a large map of one place is an empty map
    drawings = tuple(_drawing(kind, size, corners, layers) for kind, size in sizes)
    operators = tuple(sorted({m.operator for m in layers.markers if m.operator in SHAPES}))
    has_estimated = any(m.estimated for m in layers.markers)
    return Map(key, title, words, drawings, has_estimated, operators)


def _plane(corners: Sequence[tuple[float, float]], width: int, height: int) -> _Plane:
    lats, lons = [c[0] for c in corners], [c[1] for c in corners]
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    shrink = cos(radians((south + north) / 2))
    floor = CLOSEST_KM / KM_PER_DEGREE
    tall, broad = max(north - south, floor), max((east - west) * shrink, floor)
    scale = min((width - 2 * 46) / broad, (height - 2 * 40) / tall)
    left = (width - (east - west) * shrink * scale) / 2
    top = (height - (north - south) * scale) / 2
    return _Plane(west, north, shrink, scale, left, top)


def _drawing(kind: str, size: tuple[int, int], corners: Sequence[tuple[float, float]], layers: _Layers) -> Drawing:
    width, height = size
    plane = _plane(corners, width, height)
    drawn, texts = _markers(plane, layers, size)
    km, px = _scale_bar(plane.scale, width)
    return Drawing(
        kind,
        width,
        height,
        tuple(_area(plane, area) for area in [*layers.ground.areas, *layers.areas]),
        tuple([_landmark(plane, dot) for dot in _seen(plane, layers, size)] + [_dot(plane, d) for d in layers.dots]),
        tuple(drawn),
        tuple(texts),
        f"{km:g}".replace(".", ","),
        _n(px),
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _fill(level: int) -> str:
    if level == -2:
        return "#fffefc"
    return UNKNOWN if level < 0 else LEVELS[min(level, len(LEVELS) - 1)]


def _area(plane: _Plane, area: Area) -> Shape:
    parts: list[str] = []
    for ring in area.rings:
        last = ("", "")
        path: list[str] = []
        for lon, lat in ring:
            x, y = plane.at(lat, lon)
            here = (_n(x), _n(y))
            if here != last:  # a vertex that moves by less than a tenth of a pixel is not sent
                path.append(f"{here[0]} {here[1]}")
                last = here
        parts.append("M" + "L".join(path) + "Z")
    return Shape("".join(parts), _fill(area.level), dashed=area.level == -1, hatched=area.level >= 4, label=area.label)


def _seen(plane: _Plane, layers: _Layers, size: tuple[int, int]) -> list[Dot]:
    """Landmarks inside the picture and under no place."""
    found: list[Dot] = []
    places = [plane.at(m.lat, m.lon) for m in layers.markers]
    for dot in layers.ground.landmarks:
        x, y = plane.at(dot.lat, dot.lon)
        inside = 6 <= x <= size[0] - 6 and 6 <= y <= size[1] - 30
        if inside and all(abs(x - px) > HIDDEN_PX or abs(y - py) > HIDDEN_PX for px, py in places):
            found.append(dot)
    return found


def _landmark(plane: _Plane, dot: Dot) -> Shape:
    x, y = plane.at(dot.lat, dot.lon)
    return Shape("M0-3A3 3 0 1 1 0 3 3 3 0 1 1 0-3Z", "#b7ae9d", _n(x), _n(y), label=dot.label)


def _dot(plane: _Plane, dot: Dot) -> Shape:
    x, y = plane.at(dot.lat, dot.lon)
    path = "M0-4.5A4.5 4.5 0 1 1 0 4.5 4.5 4.5 0 1 1 0-4.5Z"
    fill = _fill(dot.level) if dot.level >= -1 else "#dfd5c4"
    return Shape(path, fill, _n(x), _n(y), dashed=dot.level == -1, hatched=dot.level >= 4, label=dot.label)


def _merged(plane: _Plane, markers: Sequence[Marker]) -> list[tuple[float, float, list[Marker]]]:
    """Markers that would hide each other become one."""
    groups: list[tuple[float, float, list[Marker]]] = []
    for marker in sorted(markers, key=lambda m: (not m.strong, m.estimated)):
        x, y = plane.at(marker.lat, marker.lon)
        near = next((g for g in groups if abs(g[0] - x) < MERGE_PX and abs(g[1] - y) < MERGE_PX), None)
        if near:
            near[2].append(marker)
        else:
            groups.append((x, y, [marker]))
    return groups


def _words(group: Sequence[Marker]) -> str:
    labels = list(dict.fromkeys(m.label for m in group))
    return labels[0] if len(labels) == 1 else f"{labels[0]} + {len(labels) - 1}"


def _markers(plane: _Plane, layers: _Layers, size: tuple[int, int]) -> tuple[list[Shape], list[Text]]:
    """Marks and their words; then the names of a few communes where there is room left."""
    shapes: list[Shape] = []
    texts: list[Text] = []
    groups = _merged(plane, layers.markers)
    taken = [(x - 14, y - 14, x + 14, y + 14) for x, y, _ in groups]
    for x, y, group in groups:
        operators = {m.operator for m in group}
        operator = operators.pop() if len(operators) == 1 else ""
        estimated = all(m.estimated for m in group)
        words = _words(group)
        shapes.append(
            Shape(
                SHAPES.get(operator, OTHER_SHAPE),
                "#fffefc" if estimated or operator not in SHAPES else "#0b5560",
                _n(x),
                _n(y),
                dashed=estimated,
                hollow=operator not in SHAPES,
                label=words,
                href=group[0].href,
            )
        )
        if len(texts) < MAX_LABELS and (text := _label(x, y, words, group[0].strong, taken, size)):
            texts.append(text)
    for dot in [*_seen(plane, layers, size), *layers.dots][: 4 * MAX_DOT_LABELS]:
        x, y = plane.at(dot.lat, dot.lon)
        named = sum(text.small for text in texts)
        if dot.label and named < MAX_DOT_LABELS and (text := _label(x, y, dot.label, False, taken, size)):
            texts.append(replace(text, small=True))
    return shapes[::-1], texts


def _label(  # noqa: PLR0913 - a place, its words and what is around it
    x: float,
    y: float,
    words: str,
    strong: bool,
    taken: list[tuple[float, float, float, float]],
    size: tuple[int, int],
) -> Text | None:
    """The first free place around the marker, right, left, above, under; None when all would hide something."""
    short = words if len(words) <= 30 else words[:28].rstrip() + "…"
    long = len(short) * 7.9
    places: Iterable[tuple[str, float, float, float]] = (
        ("start", x + 17, y + 5, x + 17),
        ("end", x - 17, y + 5, x - 17 - long),
        ("middle", x, y - 18, x - long / 2),
        ("middle", x, y + 29, x - long / 2),
    )
    for anchor, tx, ty, left in places:
        box = (left, ty - 14, left + long, ty + 4)
        inside = box[0] >= 2 and box[2] <= size[0] - 2 and box[1] >= 2 and box[3] <= size[1] - 26
        own = (x - 14, y - 14, x + 14, y + 14)
        free = all(box[2] < t[0] or t[2] < box[0] or box[3] < t[1] or t[3] < box[1] for t in taken if t != own)
        if inside and free:
            taken.append(box)
            return Text(_n(tx), _n(ty), anchor, short, strong)
    return None


def _scale_bar(scale: float, width: int) -> tuple[float, float]:
    """(km, px) of the longest of 1, 2, 5 × 10ⁿ km that fits a quarter of the width."""
    px_per_km = scale / KM_PER_DEGREE
    limit = width / 4 / px_per_km
    power = 10.0 ** int(log10(limit)) if limit >= 1 else 0.1
    km = max((step * power for step in (1, 2, 5) if step * power <= limit), default=limit)
    return km, km * px_per_km
