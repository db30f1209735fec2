"""Reads: everything that the home page of an adviser shows, in one transaction and a constant number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from ensemblier.directory.queries.moderation import callbacks_waiting
from ensemblier.journey.core.day import DayCount
from ensemblier.journey.core.inbox import Inbox
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.states import Party
from ensemblier.journey.queries.due import (
    DueAppointment,
    DueFunding,
    DueStep,
    due_appointments,
    due_fundings,
    due_steps,
)
from ensemblier.journey.queries.inbox import colleagues_replaced, inbox
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

AHEAD = timedelta(days=7)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """The home page of an adviser."""

    on: date
    relays: Inbox
    steps: tuple[DueStep, ...]
    fundings: tuple[DueFunding, ...]
    appointments: tuple[DueAppointment, ...]
    count: DayCount


def my_day(*, actor: Actor, at: datetime) -> Day:
    """Calls to make, relays, meetings of the week, steps due within the week. Journaled as one reading."""
    on = timezone.localdate(at)
    also = colleagues_replaced(actor, on)
    with acting(actor):
        relays = inbox(actor=actor, at=at, is_home=True, also=also)
        steps = due_steps(actor=actor, until=on + AHEAD, also=also)
        fundings = due_fundings(actor=actor, on=on, also=also)
        appointments = due_appointments(actor=actor, at=at, ahead=WEEK, also=also)
        callbacks = len(callbacks_waiting(actor=actor, on=on))
        note(actor, Act.LIST_RELAYS, subject="day", at=at)
    mine = [row for row in relays.mine if row.party is Party.RECIPIENT]
    count = DayCount(
        relays=relays.unclaimed_count + len(mine),
        late=relays.late_count,
        answers=len(relays.answers),
        today=sum(timezone.localdate(row.starts_at) == on for row in appointments),
        steps=sum(row.due_on <= on + timedelta(days=1) for row in steps),
        callbacks=callbacks,
    )
    return Day(on, relays, steps, fundings, appointments, count)
