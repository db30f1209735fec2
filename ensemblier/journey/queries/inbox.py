"""Reads: the relays of a desk – in my hands, in nobody's, in a colleague's – and those that I sent."""

from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.inbox import Inbox, RelayRow
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.persons import full_name
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import OPEN, RelayState
from ensemblier.journey.models import Person, Relay, RelayPacket
from ensemblier.journey.queries.relays import row_of
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

PER_LIST = 30
HOME_LIST = 10
COUNT_CAP = 100
STILL_SHOWN = timedelta(days=60)
_JOINED = ("source", "recipient", "adviser", "consent", "sequel", "queue_entry")
_IN_HAND = ["acknowledged", "info_requested", "accepted", "in_progress"]
_LEFT_ALONE = ["declined", "expired", "failed"]
# Of what a relay carries, a list reads the name alone, and only of those in the reader's own hands.
_NAMES = Prefetch("packets", RelayPacket.objects.filter(category=Category.IDENTITY.value))
EMPTY = Inbox((), (), (), (), (), 0, 0)


def inbox(*, actor: Actor, at: datetime, is_home: bool = False) -> Inbox:
    """The desk of the actor's organisation. Ten queries, whatever the number of relays; nothing without the role.

    `is_home`: for the first page of the day, which shows nothing of what colleagues hold and little of what left.
    """
    if actor.organisation_id is None or Role.ADVISER not in actor.roles:
        return EMPTY
    day, most = at.astimezone(PARIS).date(), HOME_LIST if is_home else PER_LIST
    with acting(actor):
        desk = Relay.objects.filter(recipient_id=actor.organisation_id)
        unclaimed = desk.filter(state=RelayState.SENT)
        held = desk.filter(state__in=_IN_HAND)
        sent = Relay.objects.filter(source_id=actor.organisation_id, source_adviser_id=actor.user_id)
        going = sent.filter(state__in=sorted(state.value for state in OPEN))
        over = sent.filter(state__in=_LEFT_ALONE, ended_at__gt=at - STILL_SHOWN, sequel=None)
        found = Inbox(
            mine=_rows(held.filter(adviser_id=actor.user_id).prefetch_related(_NAMES), actor, at),
            unclaimed=_rows(unclaimed, actor, at),
            held=() if is_home else _rows(held.filter(~Q(adviser_id=actor.user_id)), actor, at),
            answers=_sent(over | going.filter(state__in=["draft", "info_requested"]), actor, at),
            sent=_sent(going.exclude(state__in=["draft", "info_requested"]), actor, at, most),
            unclaimed_count=_count(unclaimed),
            late_count=_count(_late(desk, day)),
        )
        note(actor, Act.LIST_RELAYS, subject="desk", at=at)
        return found


def _late(desk: "QuerySet[Relay]", day: date) -> "QuerySet[Relay]":
    waiting = ["sent", "acknowledged", "info_requested", "accepted"]
    return desk.filter(state__in=waiting, due_on__lt=day)


def _count(rows: "QuerySet[Relay]") -> int:
    """How many, up to a hundred: beyond, the exact number helps nobody and costs."""
    return len(rows.order_by().values_list("pk", flat=True)[:COUNT_CAP])


def _rows(rows: "QuerySet[Relay]", actor: Actor, at: datetime) -> tuple[RelayRow, ...]:
    shown = rows.select_related(*_JOINED).order_by("due_on", "pk")
    return tuple(row_of(row, actor, at=at) for row in shown[:PER_LIST])


def _sent(rows: "QuerySet[Relay]", actor: Actor, at: datetime, most: int = PER_LIST) -> tuple[RelayRow, ...]:
    shown = list(rows.select_related(*_JOINED).order_by("due_on", "-pk")[:most])
    people = Person.objects.filter(pk__in={row.person_id for row in shown})
    names = {person.pk: full_name(person.given_name, person.family_name) for person in people}
    return tuple(row_of(row, actor, at=at, names=names) for row in shown)
