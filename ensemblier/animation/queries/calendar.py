"""Reads: events as calendar files. Reading again gives the same bytes until something changes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from ensemblier.animation.adapters.ics import Entry, calendar_of
from ensemblier.animation.core.kinds import Audience, EventKind, EventState, SeatState
from ensemblier.animation.models import Event, EventFeed, Registration
from ensemblier.animation.queries.events import href_of, inside, visible, where_of
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.errors import NotFound

MOST = 500


def entry_of(row: Event) -> Entry:
    """An event as calendars take it; its site and commune were read with it."""
    return Entry(
        row.uid, EventKind(row.kind), row.title, row.starts_at, row.ends_at, where_of(row), href_of(row.uid),
        EventState(row.state), row.sequence, row.changed_at,
    )  # fmt: skip


def _file(rows: Iterable[Event]) -> bytes:
    return calendar_of([entry_of(row) for row in rows])


def calendar_of_event(uid: UUID, *, actor: Actor) -> bytes:
    """One event: one query. Raises NotFound."""
    row = visible(actor).select_related("site", "commune").filter(uid=uid).first()
    if row is None:
        raise NotFound("Cet événement n’existe pas, ou n’est pas public.")
    return _file([row])


def calendar_of_place(communes: frozenset[str], *, since: datetime) -> bytes:
    """The public events of a territory: one query."""
    rows = visible(ANONYMOUS).filter(inside(communes), starts_at__gte=since).exclude(
        audience=Audience.PROFESSIONALS.value
    )  # fmt: skip
    return _file(rows.select_related("site", "commune").order_by("starts_at", "id")[:MOST])


def calendar_of_key(key: UUID, *, since: datetime) -> bytes:
    """The events for which the holder of a secret address has a seat, cancelled ones included: two queries.

    Raises NotFound.
    """
    user = EventFeed.objects.filter(key=key, user__is_active=True).values_list("user_id", flat=True).first()
    if user is None:
        raise NotFound("Cette adresse d’agenda n’existe plus : demandez-en une autre.")
    seats = Registration.objects.filter(event=OuterRef("pk"), user_id=user, state=SeatState.SEATED.value)
    rows = Event.objects.filter(Exists(seats), starts_at__gte=since).select_related("site", "commune")
    return _file(rows.order_by("starts_at", "id")[:MOST])
