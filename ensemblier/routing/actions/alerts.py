"""Turns the findings of an audit into alerts for the coordinator, and closes those that are no longer true."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.routing.core.coverage import Cell, CoverageAudit, Reach
from ensemblier.routing.core.states import AlertKind
from ensemblier.routing.models import CoverageAlert

ROLES = frozenset({"coordinator", "administrator", "system"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wanting for one operator in the zone."""

    operator: Operator
    kind: AlertKind
    communes: tuple[str, ...]
    population: int


@transaction.atomic
def record_alerts(audit: CoverageAudit, *, zone: tuple[str, str], actor: Actor) -> int:
    """Open, refresh or close the alerts of a zone ((kind, code)) from an audit of it; returns how many are open.

    One alert per operator and kind of finding. Raises NotAllowed, also for the demonstration's counters.
    """
    if not actor.roles & ROLES:
        raise NotAllowed("Seule l’animation du territoire peut garder les constats de couverture comme alertes.")
    if audit.is_fictitious:
        raise NotAllowed("Les lieux de démonstration ne donnent pas d’alerte.")
    kind, code = zone
    found = {(finding.operator.value, finding.kind.value): finding for finding in _findings(audit)}
    still = CoverageAlert.objects.filter(zone_kind=kind, zone_code=code, closed_on__isnull=True).select_for_update()
    known = {(alert.operator, alert.kind): alert for alert in still}
    for key, alert in known.items():
        if key not in found:
            alert.closed_on = audit.on
            alert.save(update_fields=["closed_on"])
    for key, finding in found.items():
        alert = known.get(key) or CoverageAlert(
            zone_kind=kind, zone_code=code, operator=key[0], kind=key[1], seen_on=audit.on
        )
        alert.zone_name, alert.minutes, alert.last_seen_on = audit.scope, audit.minutes, audit.on
        alert.communes, alert.population = len(finding.communes), finding.population
        alert.commune_codes = list(finding.communes)
        alert.save()
    _audit_row(actor, zone, len(found))
    return len(found)


def _findings(audit: CoverageAudit) -> Iterable[Finding]:
    for operator in Operator:
        mine = [cell for cell in audit.cells if cell.operator is operator]
        parts = {
            AlertKind.GAP: [cell for cell in mine if cell.reach is Reach.GAP],
            AlertKind.OVERLAP: [cell for cell in mine if cell.is_overlap],
            AlertKind.NOT_RECORDED: [cell for cell in mine if cell.reach is Reach.NOT_RECORDED],
        }
        if any(missing.operator is operator for missing in audit.without_permanence):
            parts[AlertKind.NO_PERMANENCE] = mine
        for kind, cells in parts.items():
            if cells:
                yield Finding(operator, kind, tuple(c.commune.code for c in cells), _people(cells))


def _people(cells: Iterable[Cell]) -> int:
    return sum(cell.commune.population or 0 for cell in cells)


def _audit_row(actor: Actor, zone: tuple[str, str], count: int) -> None:
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="routing_coveragealert",
        row_id=":".join(zone),
        verb="record",
        changes={"open": count},
    )
