"""Booking, moving, confirming and reporting appointments; one reminder each; secret addresses for calendars."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import F

from ensemblier.directory.models import Permanence, Site
from ensemblier.journey.actions.addresses import person_addresses
from ensemblier.journey.actions.guarded import Edit, change, keep, refuse
from ensemblier.journey.adapters.ics import calendar_of
from ensemblier.journey.core import appointments as core
from ensemblier.journey.core.appointment_texts import Occasion, adviser_body, body, short_body
from ensemblier.journey.core.appointments import AppointmentMove, AppointmentState, Meeting
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import Appointment, CalendarFeed, Lead, Person
from ensemblier.journey.queries.appointments import UNKNOWN_APPOINTMENT, entry_of, feeds_of, side_of, told_of
from ensemblier.journey.queries.own_file import Author, own_file
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import NotFound, RuleViolated
from ensemblier.kernel.orm.outbox import Attachment, Channel, OutMessage, cancel_queued, enqueue

KIND = "appointment"
OCCASIONS = {
    AppointmentMove.CONFIRM: Occasion.CONFIRMED,
    AppointmentMove.SHIFT: Occasion.PROPOSED,
    AppointmentMove.CANCEL: Occasion.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """What is typed of a meeting. `site`: a place of the directory; `place`: an address, a number or a link."""

    starts_at: datetime
    ends_at: datetime
    meeting: Meeting
    site: UUID | None = None
    place: str = ""
    about: str = ""
    third_party: str = ""


def book(file: UUID, draft: AppointmentDraft, *, by: Author, at: datetime, key: UUID | None = None) -> UUID:
    """Propose a meeting. Raises NotFound, BadInput, RuleViolated (nobody leads this file)."""
    with own_file(file, by=by, at=at) as person:
        uid = once(key, f"appointment {person.pk}")
        if Appointment.objects.filter(uid=uid, person=person).exists():
            return uid
        organisation_id, adviser_id = _with_whom(person, by)
        row = Appointment.objects.create(
            uid=uid,
            person=person,
            organisation_id=organisation_id,
            adviser_id=adviser_id,
            state=AppointmentState.PROPOSED.value,
            proposed_by=side_of(by).value,
            **_fields(draft, organisation_id),
        )
        keep(row, {}, {"starts_at": row.starts_at.isoformat()}, Edit(by, at))
        _tell(row, Occasion.PROPOSED, by, at)
        return uid


def shift(file: UUID, appointment: UUID, draft: AppointmentDraft, edit: Edit) -> None:
    """Propose another hour or place. Raises NotFound, BadInput, RuleViolated, StaleVersion."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        row = _row(person, appointment)
        _check(row, AppointmentMove.SHIFT, edit)
        fields = _fields(draft, row.organisation_id) | {
            "state": AppointmentState.PROPOSED.value,
            "proposed_by": side_of(edit.by).value,
            "reminded_at": None,
        }
        _moved(row, fields, AppointmentMove.SHIFT, edit)


def say(file: UUID, appointment: UUID, move: AppointmentMove, edit: Edit) -> None:
    """Confirm, cancel, or say how it went. Raises NotFound, RuleViolated, StaleVersion."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        row = _row(person, appointment)
        _check(row, move, edit)
        _moved(row, {"state": core.moved(move).value}, move, edit)


def _moved(row: Appointment, fields: dict[str, Any], move: AppointmentMove, edit: Edit) -> None:
    if not change(row, fields, edit):
        return
    Appointment.objects.filter(pk=row.pk).update(sequence=F("sequence") + 1)
    row.refresh_from_db()
    cancel_queued(row.uid, at=edit.at)
    if move in OCCASIONS:
        _tell(row, OCCASIONS[move], edit.by, edit.at)


def _check(row: Appointment, move: AppointmentMove, edit: Edit) -> None:
    if sentence := core.refusal(row.value, move, side_of(edit.by), edit.at):
        raise RuleViolated(sentence)


def send_appointment_reminders(at: datetime, *, limit: int = 500) -> int:
    """One reminder for each meeting that begins within two days. How many were written; safe to run twice at once."""
    with acting(SYSTEM):
        due = Appointment.objects.select_for_update(of=("self",), skip_locked=True).filter(
            state__in=[state.value for state in core.OPEN_APPOINTMENTS],
            reminded_at=None,
            starts_at__gt=at,
            starts_at__lte=at + core.REMIND_BEFORE,
        )
        rows = list(due.select_related("person", "site").order_by("starts_at", "pk")[:limit])
        told = sum(_send(row, Occasion.REMINDER, at) for row in rows)
        Appointment.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    return told


def _tell(row: Appointment, occasion: Occasion, by: Author, at: datetime) -> None:
    """Each hears what the other did; nobody is told of what they did themselves."""
    if isinstance(by, PersonHerself):
        _send_to_adviser(row, occasion, at)
    else:
        _send(row, occasion, at)


def _send(row: Appointment, occasion: Occasion, at: datetime) -> bool:
    """One message to the person, by the way she can be reached; False when there is none."""
    address = next(iter(person_addresses(row.person)), None)
    if address is None:
        return False
    written = short_body if address.channel is Channel.SMS else body
    kind, words = f"{KIND}.{occasion.value}", written(occasion, told_of(row))
    enqueue(_message(row, occasion, at, kind=kind, channel=address.channel, to=address.to, body=words), at=at)
    return True


def _send_to_adviser(row: Appointment, occasion: Occasion, at: datetime) -> None:
    """One message to the adviser, with the page where it is answered; nothing to somebody who has left."""
    if not row.adviser.is_active or not row.adviser.email:
        return
    page = f"{settings.PUBLIC_URL}/dossiers/{row.person.uid}/rendez-vous/"
    same = {"kind": f"{KIND}.{occasion.value}.adviser", "channel": Channel.EMAIL, "to": row.adviser.email}
    enqueue(_message(row, occasion, at, body=adviser_body(occasion, told_of(row), page), **same), at=at)


def _message(row: Appointment, occasion: Occasion, at: datetime, **to: Any) -> OutMessage:
    method = "CANCEL" if occasion is Occasion.CANCELLED else "REQUEST"
    content = calendar_of([entry_of(row, at)], method=method)
    file = Attachment("rendez-vous.ics", f"text/calendar; method={method}", content)
    return OutMessage(
        subject=occasion.label,
        key=uuid5(row.uid, f"{to['kind'].removeprefix(KIND + '.')} {row.sequence}"),
        attachments=(file,) if to["channel"] is Channel.EMAIL else (),
        subject_uid=row.uid,
        until=max(row.starts_at, at + timedelta(hours=1)),
        **to,
    )


def open_feed(*, by: Author, at: datetime) -> str:
    """A secret address for a calendar, shown once; the one before stops. Returns its token."""
    token = secrets.token_urlsafe(32)
    with acting(by):
        feeds_of(by).update(ended_at=at)
        owner = (
            {"person_id": by.person_id}
            if isinstance(by, PersonHerself)
            else {"adviser_id": by.user_id, "organisation_id": by.organisation_id}
        )
        CalendarFeed.objects.create(token_hash=sha256(token.encode()).hexdigest(), created_at=at, **owner)
    return token


def stop_feed(*, by: Author, at: datetime) -> None:
    """The secret address answers no more; saying it twice does nothing."""
    with acting(by):
        feeds_of(by).update(ended_at=at)


def _row(person: Person, uid: UUID) -> Appointment:
    row = Appointment.objects.select_related("person", "site").filter(person=person, uid=uid).first()
    if row is None:
        raise NotFound(UNKNOWN_APPOINTMENT)
    return row


def _with_whom(person: Person, by: Author) -> tuple[int, int]:
    """The adviser who proposes; for the person, the one who leads."""
    if not isinstance(by, PersonHerself):
        return by.organisation_id or 0, by.user_id or 0
    lead = Lead.objects.filter(episode__person=person, until=STILL_OPEN).order_by("-since", "-pk").first()
    if lead is None:
        raise RuleViolated("Aucun accompagnement n’est ouvert : appelez la structure.")
    return lead.organisation_id, lead.adviser_id


def _fields(draft: AppointmentDraft, organisation_id: int) -> dict[str, Any]:
    site = Site.objects.filter(uid=draft.site).first() if draft.site else None
    held = Permanence.objects.filter(site=site, holder_id=organisation_id).order_by("pk").first() if site else None
    has_place = site is not None or bool(draft.place.strip())
    refuse(core.faults(draft.starts_at, draft.ends_at, meeting=draft.meeting, has_place=has_place))
    return {
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "meeting": draft.meeting.value,
        "site_id": site.pk if site else None,
        "permanence_id": held.pk if held else None,
        "place": draft.place.strip(),
        "about": draft.about.strip(),
        "third_party": draft.third_party.strip(),
    }
