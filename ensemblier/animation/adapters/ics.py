"""Events as calendars read them (RFC 5545). A client that asks again gets the same bytes until something changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from icalendar import Calendar, Event

from ensemblier.animation.core.events import calendar_title
from ensemblier.animation.core.kinds import EventKind, EventState


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in a calendar. `sequence` grows at each change; `changed_at` dates this edition of it."""

    uid: UUID
    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    href: str
    state: EventState
    sequence: int
    changed_at: datetime


def calendar_of(entries: Iterable[Entry], *, method: str = "PUBLISH") -> bytes:
    """An iCalendar file. `method`: PUBLISH (feed, download), REQUEST (invitation) or CANCEL."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ensemblier//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@ensemblier")
    event.add("summary", calendar_title(entry.kind, entry.title))
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.state is EventState.CANCELLED else "CONFIRMED")
    if entry.where:
        event.add("location", entry.where)
    event.add("url", entry.href)
    return event
