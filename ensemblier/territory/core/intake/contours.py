"""Contours: TopoJSON and GeoJSON decoded to GeoJSON MultiPolygon coordinates, simplified only by rounding.

Sources: TopoJSON specification 1.0 (arcs are quantised and delta-encoded; a negative index ~i is arc i reversed;
consecutive arcs of a ring share their end point); RFC 7946.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import Sentence
from ensemblier.territory.core.intake.communes import Refuse
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.rows import Problem

_DECIMALS = 5  # a metre
_MOST_POINTS = 20_000_000

Position = tuple[float, float]
Polygons = list[list[list[Position]]]

_CODE_PROPERTIES = {
    ZoneKind.COMMUNE: ("code", "codgeo", "insee_com", "code_insee", "depcom"),
    ZoneKind.EPCI: ("epci", "code_siren", "siren_epci", "code_epci", "code"),
    ZoneKind.ZONE_EMPLOI: ("ze2020", "zone_emploi", "code"),
    ZoneKind.BASSIN_VIE: ("bv2022", "bassin_vie", "code"),
    ZoneKind.ARRONDISSEMENT: ("arrondissement", "insee_arr", "code"),
    ZoneKind.DEPARTEMENT: ("departement", "insee_dep", "dep", "code"),
    ZoneKind.REGION: ("region", "insee_reg", "reg", "code"),
}
_NAMES = {
    "commune": ZoneKind.COMMUNE,
    "epci": ZoneKind.EPCI,
    "ze": ZoneKind.ZONE_EMPLOI,
    "zone": ZoneKind.ZONE_EMPLOI,
    "bv": ZoneKind.BASSIN_VIE,
    "bassin": ZoneKind.BASSIN_VIE,
    "arr": ZoneKind.ARRONDISSEMENT,
    "dep": ZoneKind.DEPARTEMENT,
    "reg": ZoneKind.REGION,
}


class OutlineRow(NamedTuple):
    """The outline of one place."""

    kind: ZoneKind
    code: str
    polygons: Polygons


def kind_named(name: str) -> ZoneKind | None:
    """The kind that a layer's or a file's name announces ("epci", "ze2020", "communes-50m")."""
    plain = name.casefold().replace("é", "e")
    return next((kind for start, kind in _NAMES.items() if plain.startswith(start)), None)


def read_contours(document: Mapping[str, Any], name: str, refuse: Refuse) -> Iterator[OutlineRow]:
    """Outlines of a TopoJSON or GeoJSON document; `name` (the file's) tells the kind when the layer does not."""
    if document.get("type") == "Topology":
        yield from _topology(document, name, refuse)
        return
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise BadInput("Ce JSON n'est ni un TopoJSON (Topology) ni un GeoJSON (FeatureCollection).")
    kind = _kind(name, features)
    for number, feature in enumerate(features, start=1):
        try:
            yield OutlineRow(kind, _code(feature.get("properties"), kind), _plain(feature.get("geometry")))
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
        except (TypeError, ValueError, KeyError, AttributeError, IndexError):
            refuse(Problem(number, "geometry", Sentence("cette géométrie ne se lit pas")))


def _topology(document: Mapping[str, Any], name: str, refuse: Refuse) -> Iterator[OutlineRow]:
    try:
        arcs = [*_decoded(document["arcs"], document.get("transform"))]
        layers = [(layer, group["geometries"]) for layer, group in document["objects"].items()]
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise BadInput(
            "Ce TopoJSON ne se lit pas : ses arcs ou ses objets sont mal formés (%(error)s).",
            values={"error": repr(error)},
        ) from error
    for layer, geometries in layers:
        kind = kind_named(layer) or _kind(name, geometries)
        for number, geometry in enumerate(geometries, start=1):
            try:
                code = _code(geometry.get("properties") or {"code": geometry.get("id")}, kind)
                yield OutlineRow(kind, code, _stitched(geometry, arcs))
            except BadInput as error:
                refuse(Problem(number, error.field, error.message))
            except (TypeError, ValueError, KeyError, AttributeError, IndexError):
                refuse(Problem(number, "arcs", Sentence("cette géométrie ne se lit pas")))


def _decoded(arcs: Sequence[Any], transform: Mapping[str, Any] | None) -> Iterator[list[Position]]:
    """Absolute degrees of each arc."""
    points = 0
    (kx, ky), (tx, ty) = (transform["scale"], transform["translate"]) if transform else ((1, 1), (0, 0))
    for arc in arcs:
        points += len(arc)
        if points > _MOST_POINTS:
            raise BadInput("Ce fichier de contours est trop détaillé (plus de 20 millions de points) : simplifiez-le.")
        x = y = 0
        line: list[Position] = []
        for position in arc:
            if transform:
                x, y = x + position[0], y + position[1]
                line.append((round(x * kx + tx, _DECIMALS), round(y * ky + ty, _DECIMALS)))
            else:
                line.append((round(position[0], _DECIMALS), round(position[1], _DECIMALS)))
        yield line


def _stitched(geometry: Mapping[str, Any], arcs: Sequence[list[Position]]) -> Polygons:
    kind, indexes = geometry.get("type"), geometry.get("arcs")
    groups: Sequence[Any] = [indexes] if kind == "Polygon" else (indexes or ()) if kind == "MultiPolygon" else ()
    if not groups or not indexes:
        raise BadInput("il faut un Polygon ou un MultiPolygon, pas « %(kind)s »", values={"kind": kind}, field="type")
    return [[_ring(ring, arcs) for ring in rings] for rings in groups]


def _ring(indexes: Sequence[int], arcs: Sequence[list[Position]]) -> list[Position]:
    ring: list[Position] = []
    for index in indexes:
        place = ~index if index < 0 else index
        arc = arcs[place][::-1] if index < 0 else arcs[place]
        ring.extend(arc[1:] if ring else arc)
    return _checked(ring)


def _plain(geometry: Mapping[str, Any] | None) -> Polygons:
    kind = (geometry or {}).get("type")
    if geometry is None or kind not in {"Polygon", "MultiPolygon"}:
        raise BadInput(
            "il faut un Polygon ou un MultiPolygon, pas « %(kind)s »", values={"kind": kind}, field="geometry"
        )
    groups = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
    return [
        [_checked([(round(float(p[0]), _DECIMALS), round(float(p[1]), _DECIMALS)) for p in ring]) for ring in rings]
        for rings in groups
    ]


def _checked(ring: list[Position]) -> list[Position]:
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise BadInput("un anneau n'est pas fermé ou a moins de quatre points", field="geometry")
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):  # NaN fails too
        raise BadInput("des coordonnées ne sont pas en degrés (WGS 84)", field="geometry")
    return ring


def _kind(name: str, members: Sequence[Any]) -> ZoneKind:
    kind = kind_named(name)
    if kind is not None:
        return kind
    properties = {key.casefold() for key in (members[0].get("properties") or {})} if members else set()
    if properties & {"codgeo", "insee_com", "code_insee"}:
        return ZoneKind.COMMUNE
    raise BadInput(
        "On ne sait pas de quelles zones sont ces contours : nommez le fichier ou la couche communes, epci, ze2020, "
        "bv2022, arrondissements, departements ou regions."
    )


def _code(properties: Mapping[str, Any] | None, kind: ZoneKind) -> str:
    known = {key.casefold(): value for key, value in (properties or {}).items()}
    for name in _CODE_PROPERTIES[kind]:
        value = known.get(name)
        if isinstance(value, str) and 0 < len(value.strip()) <= 12:
            return value.strip().upper()
    raise BadInput("le code de la zone manque", field="/".join(_CODE_PROPERTIES[kind]))
