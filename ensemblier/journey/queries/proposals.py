"""Reads: relays that somebody says are a mistake, for whoever administers the platform – numbers, and no content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.movers import CLERK
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Relay, RelayErrorReport
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed

_COLUMNS = ("pk", "uid", "version", "state")


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
    with acting(actor):
        found = list(RelayErrorReport.objects.select_related("organisation").order_by("at", "pk")[:300])
    with acting(CLERK):  # numbers and states: an administrator reads no relay
        known = Relay.objects.filter(pk__in={row.relay_id for row in found})
        relays = {pk: (uid, version, RelayState(state)) for pk, uid, version, state in known.values_list(*_COLUMNS)}
    rows = ((row, relays[row.relay_id]) for row in found if row.relay_id in relays)
    return tuple(
        ErrorReport(*relay, row.organisation.name, row.at, row.reported_by_id == actor.user_id)
        for row, relay in rows
        if relay[2] is not RelayState.ENTERED_IN_ERROR
    )
