"""Appointments as calendars read them (RFC 5545): a day, an hour, a place. The title is the same for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from icalendar import Calendar, Event

from ensemblier.journey.core.appointment_texts import Told
from ensemblier.journey.core.appointments import AppointmentState

TITLE = "Rendez-vous"
_STATUS = {
    AppointmentState.PROPOSED: "TENTATIVE",
    AppointmentState.CANCELLED: "CANCELLED",
    AppointmentState.MISSED: "CANCELLED",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment in a calendar. `sequence` grows at each change; `changed_at` dates this edition of it."""

    uid: UUID
    told: Told
    state: AppointmentState
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
    event.add("summary", TITLE)
    event.add("dtstamp", entry.changed_at)
    event.add("dtstart", entry.told.starts_at)
    event.add("dtend", entry.told.ends_at)
    event.add("sequence", entry.sequence)
    event.add("status", _STATUS.get(entry.state, "CONFIRMED"))
    if entry.told.where:
        event.add("location", entry.told.where)
    event.add("class", "PRIVATE")
    return event
