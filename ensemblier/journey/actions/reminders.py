"""Reminding whoever must act on a relay: exactly once, with any number of workers and after any stop."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from ensemblier.journey.actions.notices import notice_of
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.reminders import LONGEST, STEPS, Due, due
from ensemblier.journey.core.states import FINAL, RelayState
from ensemblier.journey.core.working_days import is_working_day
from ensemblier.journey.models import Relay, RelayEvent, RelayReminder
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.orm.outbox import enqueue_all

_OPEN = sorted(state.value for state in STEPS if state not in FINAL)
_ENDED = sorted(state.value for state in STEPS if state in FINAL)


def send_reminders(at: datetime) -> int:
    """Say what is due today about every relay that waits. How many reminders were written; 0 on a day off."""
    today = _day(at)
    if not is_working_day(today):
        return 0
    with acting(SYSTEM):
        candidates = _candidates(at, today)
    return sum(_remind(relay_id, version, today, at) for relay_id, version in candidates)


def _candidates(at: datetime, today: date) -> list[tuple[int, int]]:
    """(relay, version) of those with a step to settle, read in two queries and without any lock."""
    waiting = list(_entered(at).values_list("relay_id", "version", "to_state", "at"))
    settled: dict[tuple[int, int], set[str]] = {}
    rows = RelayReminder.objects.filter(relay_id__in=[row[0] for row in waiting], version=F("relay__version"))
    for relay_id, version, step in rows.order_by("pk").values_list("relay_id", "version", "step"):
        settled.setdefault((relay_id, version), set()).add(step)
    return [
        (relay_id, version)
        for relay_id, version, state, entered in waiting
        if due(RelayState(state), _day(entered), today, frozenset(settled.get((relay_id, version), ()))).closed
    ]


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()


def _entered(at: datetime) -> "QuerySet[RelayEvent]":
    """The event by which each waiting relay entered its present state."""
    recently = Q(relay__state__in=_ENDED, relay__ended_at__gt=at - LONGEST, relay__sequel=None)
    rows = RelayEvent.objects.filter(Q(relay__state__in=_OPEN) | recently, version=F("relay__version"))
    return rows.order_by("relay_id")


def _remind(relay_id: int, version: int, today: date, at: datetime) -> int:
    """One relay, in one transaction that holds its row; who cannot have it leaves it to the other worker."""
    with acting(SYSTEM):
        held = Relay.objects.select_for_update(skip_locked=True, of=("self",))
        row = held.filter(pk=relay_id, version=version).first()
        event = RelayEvent.objects.filter(relay_id=relay_id, version=version).first()
        if row is None or event is None:
            return 0
        done = frozenset(
            RelayReminder.objects.filter(relay=row, version=version).order_by("pk").values_list("step", flat=True)
        )
        found = due(RelayState(row.state), _day(event.at), today, done)
        _settle(row, found, at)
        return int(found.said is not None)


def _settle(row: Relay, found: Due, at: datetime) -> None:
    RelayReminder.objects.bulk_create(
        [
            RelayReminder(relay=row, version=row.version, step=step.code, is_said=step is found.said, at=at)
            for step in found.closed
        ]
    )
    if found.said is not None:
        occasion = f"{row.version} {found.said.code}"
        enqueue_all(
            [notice_of(row.uid, found.said.kind, audience, occasion) for audience in found.said.audiences], at=at
        )
