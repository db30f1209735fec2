"""Store contours and travel times."""

import json
from collections.abc import Iterable, Iterator

from ensemblier.kernel.orm.sql import analyze
from ensemblier.kernel.words import Sentence
from ensemblier.territory.core.intake.contours import OutlineRow
from ensemblier.territory.core.intake.trips import Trip
from ensemblier.territory.core.rows import Problem, Report
from ensemblier.territory.models import Commune
from ensemblier.territory.sql.bulk import Target, merge

_OUTLINE = Target("territory_outline", ("kind", "code", "polygons", "source"), ("kind", "code"))
_TRIP = Target(
    "territory_traveltime", ("origin_id", "destination_id", "minutes", "source"), ("origin_id", "destination_id")
)


def store_outlines(outlines: Iterable[OutlineRow], source: str, report: Report) -> None:
    """Store contours inside the caller's transaction; several geometries of one zone are put together."""
    grouped: dict[tuple[str, str], list[object]] = {}
    for row in outlines:
        grouped.setdefault((row.kind.value, row.code), []).extend(row.polygons)
    rows = (
        (kind, code, json.dumps(polygons, separators=(",", ":")), source) for (kind, code), polygons in grouped.items()
    )
    report.count(merge(_OUTLINE, rows))
    analyze("territory_outline")


def store_trips(trips: Iterable[Trip], source: str, report: Report) -> None:
    """Store travel times inside the caller's transaction; a commune that is not current is refused once."""
    known = set(Commune.objects.order_by().values_list("code", flat=True))
    report.count(merge(_TRIP, ((o, d, m, source) for o, d, m, _ in _known(trips, known, report))))
    analyze("territory_traveltime")


def _known(trips: Iterable[Trip], known: set[str], report: Report) -> Iterator[Trip]:
    seen: set[tuple[str, str]] = set()
    unknown: set[str] = set()
    for origin, destination, minutes, number in trips:
        strange = {origin, destination} - known
        for code in strange - unknown:
            unknown.add(code)
            report.refuse(
                Problem(
                    number,
                    "code",
                    Sentence("%(code)s n'est pas une commune d'aujourd'hui : ses trajets sont ignorés", code=code),
                )
            )
        if not strange and (origin, destination) not in seen:
            seen.add((origin, destination))
            yield origin, destination, round(minutes, 2), number
