"""What the messages about an appointment say: the day, the hour, how, where. Never with whom, nor why, nor for whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from ensemblier.journey.core.appointments import Meeting
from ensemblier.kernel.sms import cut

PARIS = ZoneInfo("Europe/Paris")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


class Occasion(StrEnum):
    """Why a message leaves."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    REMINDER = "reminder"

    @property
    def label(self) -> str:
        """The subject of the message: the same words for everybody."""
        return {
            "proposed": "Un rendez-vous vous est proposé",
            "confirmed": "Votre rendez-vous est confirmé",
            "cancelled": "Votre rendez-vous est annulé",
            "reminder": "Rappel d’un rendez-vous",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Told:
    """What a message or a calendar may say of an appointment. `where`: an address or a number, without any name."""

    starts_at: datetime
    ends_at: datetime
    meeting: Meeting
    where: str


def when_words(moment: datetime) -> str:
    """ "mardi 24 novembre 2026 à 9 h 30", in the time of Paris."""
    local = moment.astimezone(PARIS)
    minutes = f" {local.minute:02d}" if local.minute else ""
    day = "1er" if local.day == 1 else str(local.day)
    date_words = f"{_DAYS[local.weekday()]} {day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{date_words} à {local.hour} h{minutes}"


def body(occasion: Occasion, told: Told) -> str:
    """The whole message, in plain words."""
    lines = ["Bonjour,", "", f"{occasion.label} : {when_words(told.starts_at)}, {told.meeting.label}."]
    if told.where and occasion is not Occasion.CANCELLED:
        lines.append(f"Où : {told.where}.")
    if occasion is Occasion.PROPOSED:
        lines.append("Dites dans votre espace si cette heure vous convient, ou proposez-en une autre.")
    if occasion is Occasion.REMINDER:
        lines.append("Vous ne pouvez pas venir ? Dites-le dans votre espace : on en trouvera un autre.")
    return "\n".join([*lines, "", "Ensemblier"])


_ADVISER = {
    Occasion.PROPOSED: "Une personne que vous recevez propose un rendez-vous",
    Occasion.CONFIRMED: "Une personne que vous recevez confirme le rendez-vous",
    Occasion.CANCELLED: "Une personne que vous recevez annule le rendez-vous",
}


def adviser_body(occasion: Occasion, told: Told, page: str) -> str:
    """What the adviser reads when the person proposed, confirmed or cancelled. `page`: where it is answered."""
    lines = ["Bonjour,", "", f"{_ADVISER[occasion]} : {when_words(told.starts_at)}, {told.meeting.label}."]
    if occasion is Occasion.PROPOSED:
        lines.append("Dites si cette heure convient, ou proposez-en une autre.")
    return "\n".join([*lines, f"L’ouvrir : {page}", "", "Ensemblier"])


_SHORT = {
    Occasion.PROPOSED: "rendez-vous proposé",
    Occasion.CONFIRMED: "rendez-vous confirmé",
    Occasion.CANCELLED: "rendez-vous annulé",
    Occasion.REMINDER: "rappel, rendez-vous",
}


def short_body(occasion: Occasion, told: Told) -> str:
    """The same as one SMS, which a locked screen shows: 160 characters of the alphabet of telephones at most."""
    local = told.starts_at.astimezone(PARIS)
    words = f"Ensemblier : {_SHORT[occasion]} {_DAYS[local.weekday()]} {local:%d/%m} à {local.hour}h{local:%M}"
    words = f"{words}, {told.meeting.label}."
    if told.where and occasion is not Occasion.CANCELLED:
        words = f"{words} {told.where}"
    return cut(words)
