"""From many places to many others at once: the nearest one, and how many lie within a travel time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ensemblier.territory.core.geo import EARTH_KM, Floats, models_minutes
from ensemblier.territory.core.landmass import landmass_of

CHUNK = 2_000
"""Origins handled at once: 2,000 × 5,000 targets are 80 MB."""

SAME_PLACE_KM = 1e-3
"""A metre: what the rounding of a cosine near 1 can hide."""

Place = tuple[str, float | None, float | None]
"""(Insee code or "", latitude, longitude in degrees; None = not known)."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """One entry per origin, same order. `index`: of the nearest target on the same land, -1 = none or place unknown.

    `km`: great-circle; `minutes`: by the matrix where `measured`, else by the fitted car model (NaN with -1); `within`:
    targets within the travel time.
    """

    index: list[int]
    km: list[float]
    minutes: list[float]
    within: list[int]
    measured: list[bool] = field(default_factory=list)


Matrix = Mapping[str, Mapping[str, float]]
"""Minutes by car from a commune to others, as they were imported (Insee codes)."""


def nearest(
    origins: Sequence[Place], targets: Sequence[Place], *, minutes: float, matrix: Matrix | None = None
) -> Nearest:
    """The nearest target of each origin and the count within `minutes`.

    By the imported matrix for the pairs that it knows (in another commune: between centres it would say zero), else by
    the fitted model, never across water. Exact: unit vectors and one product of matrices. O(origins × targets).
    """
    found = _by_model(origins, targets, minutes)
    found.measured.extend([False] * len(origins))
    if not matrix:
        return found
    at = _Targets.of(targets)
    for place, origin in enumerate(origins):
        if known := matrix.get(origin[0]):
            _measure(found, place, (origin, known), at, minutes)
    return found


@dataclass(frozen=True, slots=True)
class _Targets:
    """The targets: their places, and where those of each commune and of each land stand in the list."""

    places: Sequence[Place]
    communes: Mapping[str, list[int]]
    lands: Mapping[str, list[int]]
    vectors: Mapping[str, Floats]

    @classmethod
    def of(cls, targets: Sequence[Place]) -> "_Targets":
        communes: dict[str, list[int]] = {}
        for index, (code, _lat, _lon) in enumerate(targets):
            communes.setdefault(code, []).append(index)
        lands = _by_land(targets)
        return cls(targets, communes, lands, {land: _vectors(targets, inside) for land, inside in lands.items()})


def _measure(
    found: Nearest, place: int, origin: tuple[Place, Mapping[str, float]], targets: _Targets, limit: float
) -> None:
    """Answers again for one origin that the matrix knows."""
    (code, lat, lon), known = origin
    km = np.full(len(targets.places), np.nan)
    land = landmass_of(code)
    if lat is not None and lon is not None and land in targets.lands:
        chord = np.linalg.norm(targets.vectors[land] - _vectors([(code, lat, lon)], [0]), axis=1)
        km[targets.lands[land]] = 2 * EARTH_KM * np.arcsin(np.clip(chord / 2, 0.0, 1.0))
    times = models_minutes(np.nan_to_num(km))
    times[np.isnan(km)] = np.inf
    measured = np.zeros(len(times), dtype=bool)
    for commune, minutes in known.items():
        if commune != code and commune in targets.communes:
            times[targets.communes[commune]] = minutes
            measured[targets.communes[commune]] = True
    if not measured.any():
        return
    best = int(times.argmin())
    found.index[place], found.km[place] = best, float(km[best])
    found.minutes[place], found.within[place] = float(times[best]), int((times <= limit).sum())
    found.measured[place] = bool(measured[best])


def _by_model(origins: Sequence[Place], targets: Sequence[Place], minutes: float) -> Nearest:
    index = np.full(len(origins), -1)
    km = np.full(len(origins), np.nan)
    within = np.zeros(len(origins), dtype=np.int64)
    reach = _reach_km(minutes)
    from_lands, to_lands = _by_land(origins), _by_land(targets)
    for land, places in from_lands.items():
        if land not in to_lands:
            continue
        there = np.array(to_lands[land])
        vectors = _vectors(targets, to_lands[land])
        for start in range(0, len(places), CHUNK):
            here = np.array(places[start : start + CHUNK])
            cosines = _vectors(origins, here.tolist()) @ vectors.T
            best = cosines.argmax(axis=1)
            chord = np.sqrt(np.clip(2.0 - 2.0 * cosines[np.arange(len(here)), best], 0.0, 4.0))
            index[here] = there[best]
            found = 2 * EARTH_KM * np.arcsin(chord / 2)
            km[here] = np.where(found < SAME_PLACE_KM, 0.0, found)
            within[here] = (cosines >= np.cos(reach / EARTH_KM) - 1e-12).sum(axis=1)
    known = models_minutes(np.nan_to_num(km))
    known[np.isnan(km)] = np.nan
    return Nearest(index.tolist(), km.tolist(), known.tolist(), within.tolist())


def _by_land(places: Sequence[Place]) -> dict[str, list[int]]:
    lands: dict[str, list[int]] = {}
    for index, (code, lat, lon) in enumerate(places):
        if lat is None or lon is None:
            continue
        if land := landmass_of(code):
            lands.setdefault(land, []).append(index)
    return lands


def _vectors(places: Sequence[Place], indexes: Sequence[int]) -> Floats:
    """Unit vectors, shape (len(indexes), 3)."""
    angles = np.radians(np.array([(places[i][1], places[i][2]) for i in indexes], dtype=np.float64))
    cos_lat = np.cos(angles[:, 0])
    return np.column_stack((cos_lat * np.cos(angles[:, 1]), cos_lat * np.sin(angles[:, 1]), np.sin(angles[:, 0])))


def _reach_km(minutes: float) -> float:
    """The greatest distance that the model drives in `minutes` (the model grows: a bisection)."""
    low, high = 0.0, 20_000.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if models_minutes(np.array([middle]))[0] <= minutes else (low, middle)
    return low
