"""Reads the coverage alerts of a territory."""

from dataclasses import dataclass
from datetime import date

from ensemblier.directory.core.access import acts_for_a_structure
from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.routing.core.states import AlertKind
from ensemblier.routing.models import CoverageAlert


@dataclass(frozen=True, slots=True)
class AlertView:
    """An open alert, as the coordinator reads it."""

    zone_kind: str
    zone_code: str
    zone_name: str
    operator: Operator
    kind: AlertKind
    minutes: int
    communes: int
    population: int | None
    seen_on: date
    last_seen_on: date


def open_alerts(*, actor: Actor, zone: tuple[str, str] | None = None) -> list[AlertView]:
    """Open alerts, oldest first; of one zone ((kind, code)) or all: one query. Raises NotAllowed to an outsider."""
    if not acts_for_a_structure(actor):
        raise NotAllowed("Les alertes du territoire sont montrées aux professionnels qui agissent pour une structure.")
    rows = CoverageAlert.objects.filter(closed_on__isnull=True).order_by("seen_on", "zone_name", "operator", "kind")
    if zone is not None:
        rows = rows.filter(zone_kind=zone[0], zone_code=zone[1])
    return [
        AlertView(
            row.zone_kind,
            row.zone_code,
            row.zone_name,
            Operator(row.operator),
            AlertKind(row.kind),
            row.minutes,
            row.communes,
            row.population,
            row.seen_on,
            row.last_seen_on,
        )
        for row in rows
    ]
