"""Reads: how far and how long by car, and how it is known."""

from collections.abc import Sequence

import ensemblier.territory.core.travel as model
from ensemblier.territory.core.geo import Point, Travel
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.models import TravelTime


def travels(origin: CommuneView, targets: Sequence[tuple[Point | None, str]]) -> list[Travel]:
    """One Travel for each (point, commune code or "") target, in the same order: one query.

    An imported matrix wins; else the fitted model of the distance; across water, or without a place, unknown.
    """
    codes = {code for _, code in targets if code} - {origin.code}
    known: dict[str, float] = {}
    if codes:
        rows = TravelTime.objects.filter(origin_id=origin.code, destination_id__in=codes)
        known = dict(rows.order_by().values_list("destination_id", "minutes"))
    return model.travels(origin.point, origin.code, targets, matrix=known)
