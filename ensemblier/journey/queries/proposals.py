"""Reads: relays that somebody says are a mistake, for whoever administers the platform – numbers, and no content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import RelayErrorReport
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """One report. `is_mine`: the reader made it, and so somebody else confirms it."""

    relay: UUID
    version: int
    state: RelayState
    organisation_name: str
    at: datetime
    is_mine: bool


def error_reports(*, actor: Actor) -> tuple[ErrorReport, ...]:
    """Reports that nobody has confirmed, oldest first. Raises NotAllowed."""
    if Role.ADMINISTRATOR not in actor.roles:
        raise NotAllowed("Cette page est réservée à qui administre la plateforme.")
    with acting(SYSTEM):
        rows = RelayErrorReport.objects.select_related("relay", "organisation").order_by("at", "pk")
        found = list(rows.exclude(relay__state=RelayState.ENTERED_IN_ERROR)[:100])
    return tuple(
        ErrorReport(
            row.relay.uid,
            row.relay.version,
            RelayState(row.relay.state),
            row.organisation.name,
            row.at,
            row.reported_by_id == actor.user_id,
        )
        for row in found
    )
