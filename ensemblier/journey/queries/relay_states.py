"""Reads: the states of an organisation's relays, for its own system: no name, no content."""

from datetime import datetime, timedelta
from uuid import UUID

from ensemblier.journey.core.inbox import StateRow
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.states import RelayKind, RelayState
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.relay_states import relay_states
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

STILL_SAID = timedelta(days=30)
MOST = 1000


def states_for_system(organisation_id: int, token_uid: UUID, *, at: datetime) -> tuple[StateRow, ...]:
    """Open relays, and those that ended within a month, soonest deadline first; a thousand at most. Journaled."""
    system = Actor(organisation_id=organisation_id, roles=frozenset({"system_states"}), label="système")
    with acting(system):
        rows = relay_states(at - STILL_SAID, MOST)
        note(system, Act.LIST_RELAYS, subject="token", subject_uid=token_uid, at=at)
    return tuple(StateRow(row[0], RelayKind(row[1]), RelayState(row[2]), *row[3:]) for row in rows)
