"""What the messages about events and commitments say. A subject names nobody, no operator, no need."""

from dataclasses import dataclass
from datetime import datetime

from ensemblier.animation.core.events import PARIS
from ensemblier.animation.core.kinds import SeatState

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class EventTold:
    """What a message says of an event. `href`: the page of the registration."""

    title: str
    starts_at: datetime
    where: str
    href: str


def when(at: datetime) -> str:
    """ "mardi 24 novembre 2026 à 9 h 30"."""
    local = at.astimezone(PARIS)
    day = "1er" if local.day == 1 else str(local.day)
    clock = f"{local.hour} h" + (f" {local.minute:02d}" if local.minute else "")
    return f"{_DAYS[local.weekday()]} {day} {_MONTHS[local.month - 1]} {local.year} à {clock}"


def _details(told: EventTold) -> str:
    return f"« {told.title} »\n{when(told.starts_at).capitalize()}\n{told.where}"


def registered(told: EventTold, state: SeatState) -> tuple[str, str]:
    """(subject, body) of what follows a registration."""
    if state is SeatState.SEATED:
        opening, end = "Votre place est réservée.", "Si vous ne venez pas, rendez votre place en un clic :"
        return "Votre inscription", f"{opening}\n\n{_details(told)}\n\n{end}\n{told.href}\n"
    waits = (
        "Toutes les places sont prises. Vous êtes sur la liste d’attente : nous vous écrivons si une place se libère."
    )
    return "Votre inscription", f"{waits}\n\n{_details(told)}\n\nPour quitter la liste :\n{told.href}\n"


def promoted_mail(told: EventTold) -> tuple[str, str]:
    """(subject, body) when a seat came free."""
    return (
        "Une place s’est libérée pour vous",
        f"Une place s’est libérée : elle est à vous.\n\n{_details(told)}\n\n"
        f"Si vous ne venez pas, rendez-la en un clic :\n{told.href}\n",
    )


def reminder(told: EventTold) -> tuple[str, str]:
    """(subject, body) two days before."""
    return (
        "Rappel : une rencontre approche",
        f"À bientôt.\n\n{_details(told)}\n\nSi vous ne venez pas, rendez votre place en un clic :\n{told.href}\n",
    )


def cancelled(told: EventTold) -> tuple[str, str]:
    """(subject, body) when it will not be held."""
    return "Une rencontre est annulée", f"Cette rencontre n’aura pas lieu.\n\n{_details(told)}\n"


def changed_mail(told: EventTold) -> tuple[str, str]:
    """(subject, body) when its day, hour or place changed."""
    return (
        "Une rencontre a changé de date ou de lieu",
        f"Voici la nouvelle date ou le nouveau lieu.\n\n{_details(told)}\n\n"
        f"Si vous ne pouvez plus venir, rendez votre place en un clic :\n{told.href}\n",
    )


def asks_opinion(told: EventTold) -> tuple[str, str]:
    """(subject, body) after the event: the "fiche d'évaluation"."""
    return (
        "Votre avis en une minute",
        f"Merci de votre venue. Votre avis, sans votre nom, aide à préparer la suite (une minute) :\n{told.href}\n",
    )


def commitment_due(words: str, due: str, href: str, *, is_late: bool) -> tuple[str, str]:
    """(subject, body) for the owner of a commitment, and nobody else."""
    opening = "La date de votre engagement est passée." if is_late else "La date de votre engagement approche."
    return (
        "Un engagement arrive à sa date" if not is_late else "Un engagement attend de vos nouvelles",
        f"{opening}\n\n« {words} »\nPrévu pour le {due}.\n\nDites où vous en êtes :\n{href}\n",
    )
