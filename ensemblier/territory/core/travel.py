"""Travel by car from one place to many: the imported matrix first, then the fitted model, else unknown."""

from collections.abc import Mapping, Sequence

from ensemblier.territory.core.geo import UNKNOWN_TRAVEL, Point, Travel, TravelMethod, distances_km, model_minutes
from ensemblier.territory.core.landmass import landmass_of


def travels(
    origin: Point | None,
    origin_code: str,
    targets: Sequence[tuple[Point | None, str]],
    *,
    matrix: Mapping[str, float],
) -> list[Travel]:
    """One Travel for each (point, commune code or "") target, same order.

    `matrix`: minutes by destination commune code. A target of the origin's own commune with another point is modelled:
    a matrix between centres would say zero.
    """
    land = landmass_of(origin_code, origin)
    places = [point for point, _ in targets if point is not None]
    distances = iter(distances_km(origin, places).tolist()) if origin is not None else iter(())
    answers: list[Travel] = []
    for point, code in targets:
        km = next(distances) if origin is not None and point is not None else None
        answers.append(_travel(km, matrix.get(code), bool(land) and landmass_of(code, point) == land))
    return answers


def _travel(km: float | None, minutes: float | None, same_land: bool) -> Travel:
    if minutes is not None:
        return Travel(minutes, km, TravelMethod.MATRIX)
    if km is None:
        return UNKNOWN_TRAVEL
    if not same_land:
        return Travel(None, km, TravelMethod.UNKNOWN)
    return Travel(model_minutes(km), km, TravelMethod.MODEL)
