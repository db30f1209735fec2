"""Reads: the queue of the guichets where an organisation sits. Constant queries; a number only for who holds it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.queue import QueueOrigin, QueueRow
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import QueueEntry, Relay
from ensemblier.journey.queries.guichets import guichets_of
from ensemblier.journey.queries.opened import open_to
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, soonest due first. `guichets`: names of the shared ones; `late`: how many are past their day."""

    rows: tuple[QueueRow, ...]
    guichets: tuple[str, ...]
    late: int


def queue(*, actor: Actor, at: datetime) -> Queue:
    """The queue as the actor's organisation sees it now: an operator that left a guichet no longer sees it.

    Empty without the role of adviser or of desk. Six queries, whatever the number of requests.
    """
    if actor.organisation_id is None or not actor.roles & {Role.ADVISER, Role.DESK}:
        return Queue((), (), 0)
    day = at.astimezone(PARIS).date()
    with acting(actor):
        guichets = guichets_of(actor.organisation_id, on=day)
        mine = Q(organisation_id=actor.organisation_id) | Q(guichet_id__in=[each.site_id for each in guichets])
        waiting = QueueEntry.objects.filter(mine, answered_at=None)
        joined = ("claimed_by", "claimed_for", "commune", "guichet")
        found = list(waiting.select_related(*joined).order_by("due_on", "pk")[:SHOWN])
        own = {row.person_id for row in found if row.person_id and row.organisation_id == actor.organisation_id}
        files = dict(open_to(actor).filter(pk__in=own).values_list("pk", "uid"))
        relays = dict(Relay.objects.filter(pk__in={row.relay_id for row in found}).values_list("pk", "uid"))
    rows = tuple(_row(row, actor, files.get(row.person_id or 0), relays.get(row.relay_id or 0)) for row in found)
    names = tuple(each.name for each in guichets)
    return Queue(rows, names, sum(row.due_on < day for row in rows))


def _row(row: QueueEntry, actor: Actor, file_uid: UUID | None, relay_uid: UUID | None) -> QueueRow:
    is_mine = row.claimed_by_id is not None and row.claimed_by_id == actor.user_id
    return QueueRow(
        uid=row.uid,
        version=row.version,
        origin=QueueOrigin(row.origin),
        need=row.need,
        commune_name=(row.commune.name or "") if row.commune else "",
        call_when=row.call_when,
        phone=row.phone if is_mine else "",
        created_at=row.created_at,
        due_on=row.due_on,
        holder=row.claimed_for.name if row.claimed_for else "",
        lease_until=row.lease_until,
        is_mine=is_mine,
        guichet_name=(row.guichet.name or "") if row.guichet else "",
        file_uid=file_uid,
        relay_uid=relay_uid,
    )
