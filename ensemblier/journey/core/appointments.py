"""Appointments: where, when, with whom, and who may say that it is confirmed, held, missed or cancelled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ensemblier.kernel.words import marked

LONGEST = timedelta(hours=8)
REMIND_BEFORE = timedelta(hours=48)


class Meeting(StrEnum):
    """How people meet."""

    SITE = "site"
    PHONE = "phone"
    VIDEO = "video"

    @property
    def label(self) -> str:
        """The French name."""
        return {"site": marked("sur place"), "phone": marked("par téléphone"), "video": marked("en visio")}[self.value]


class AppointmentState(StrEnum):
    """Where an appointment stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "proposed": marked("proposé"),
            "confirmed": marked("confirmé"),
            "held": marked("tenu"),
            "missed": marked("manqué"),
            "cancelled": marked("annulé"),
        }[self.value]


class AppointmentMove(StrEnum):
    """What is said of an appointment."""

    CONFIRM = "confirm"
    SHIFT = "shift"
    HOLD = "hold"
    MISS = "miss"
    CANCEL = "cancel"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "confirm": marked("confirmer"),
            "shift": marked("changer l’heure ou le lieu"),
            "hold": marked("dire qu’il a été tenu"),
            "miss": marked("dire qu’il a été manqué"),
            "cancel": marked("annuler"),
        }[self.value]


class Side(StrEnum):
    """Who speaks: the person, or an adviser of the organisation that holds the file."""

    PERSON = "person"
    ADVISER = "adviser"

    @property
    def label(self) -> str:
        """The French name."""
        return {"person": marked("la personne"), "adviser": marked("le conseiller")}[self.value]


OPEN_APPOINTMENTS = frozenset({AppointmentState.PROPOSED, AppointmentState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the rules read. `proposed_by`: whose turn it is not to confirm."""

    state: AppointmentState
    starts_at: datetime
    ends_at: datetime
    proposed_by: Side


_OVER = "Ce rendez-vous est déjà passé ou annulé : proposez-en un autre."
_AFTER = {
    AppointmentMove.CONFIRM: AppointmentState.CONFIRMED,
    AppointmentMove.SHIFT: AppointmentState.PROPOSED,
    AppointmentMove.HOLD: AppointmentState.HELD,
    AppointmentMove.MISS: AppointmentState.MISSED,
    AppointmentMove.CANCEL: AppointmentState.CANCELLED,
}


def refusal(appointment: Appointment, move: AppointmentMove, side: Side, at: datetime) -> str:
    """Why this cannot be said now, as a French sentence; "" when it can.

    Nobody confirms what they proposed themselves; only an adviser says how it went, once it has begun; held and missed
    may be put right by each other, the rest is final.
    """
    if move in {AppointmentMove.HOLD, AppointmentMove.MISS}:
        return _report_refusal(appointment, side, at)
    if appointment.state not in OPEN_APPOINTMENTS:
        return _OVER
    if move is AppointmentMove.CONFIRM and appointment.state is AppointmentState.CONFIRMED:
        return "Ce rendez-vous est déjà confirmé."
    if move is AppointmentMove.CONFIRM and side is appointment.proposed_by:
        return "C’est à l’autre de confirmer : vous avez proposé cette heure."
    return ""


def _report_refusal(appointment: Appointment, side: Side, at: datetime) -> str:
    if side is not Side.ADVISER:
        return "Le conseiller note si le rendez-vous a eu lieu. Contestez-le si ce qu’il a noté est faux."
    if at < appointment.starts_at:
        return "Ce rendez-vous n’a pas encore commencé."
    return _OVER if appointment.state is AppointmentState.CANCELLED else ""


def moved(move: AppointmentMove) -> AppointmentState:
    """The state after a move that was not refused."""
    return _AFTER[move]


def allowed(appointment: Appointment, side: Side, at: datetime) -> tuple[AppointmentMove, ...]:
    """What somebody may say now: the buttons of the page."""
    return tuple(move for move in AppointmentMove if not refusal(appointment, move, side, at))


def faults(starts_at: datetime, ends_at: datetime, *, meeting: Meeting, has_place: bool) -> list[tuple[str, str]]:
    """(field, French sentence) of each thing that cannot be recorded."""
    found = []
    if ends_at <= starts_at:
        found.append(("ends_at", "La fin vient après le début."))
    if ends_at - starts_at > LONGEST:
        found.append(("ends_at", "Un rendez-vous dure huit heures au plus."))
    if meeting is Meeting.SITE and not has_place:
        found.append(("place", "Indiquez le lieu du rendez-vous."))
    return found


def is_due_for_reminder(appointment: Appointment, reminded_at: datetime | None, at: datetime) -> bool:
    """Whether the one reminder is to be sent now: within two days, still to come, not reminded yet."""
    return (
        appointment.state in OPEN_APPOINTMENTS
        and reminded_at is None
        and at < appointment.starts_at <= at + REMIND_BEFORE
    )
