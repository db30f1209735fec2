"""A contact of level 1: individual welcome, without identity, by any member of the SPRO.

Source: arrêté du 29 mars 2019 (level 1: "accueil individualisé et adapté au besoin de la personne"); the welcome may be
anonymous, and must end with an answer: information, a door, a call back, or a file.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ensemblier.journey.core.needs import NeedTheme
from ensemblier.kernel.words import marked
from ensemblier.routing.core.facts import Status


class ContactChannel(StrEnum):
    """How somebody came."""

    ON_SITE = "on_site"
    PHONE = "phone"
    REMOTE = "remote"
    EVENT = "event"

    @property
    def label(self) -> str:
        """The French name."""
        return _CHANNELS[self]


_CHANNELS = {
    ContactChannel.ON_SITE: marked("sur place"),
    ContactChannel.PHONE: marked("au téléphone"),
    ContactChannel.REMOTE: marked("à distance"),
    ContactChannel.EVENT: marked("lors d’un forum ou d’une visite"),
}


class Answer(StrEnum):
    """With what somebody left: never with "not here"."""

    INFORMED = "informed"
    DOOR = "door"
    CALL_BACK = "call_back"
    FILE = "file"

    @property
    def label(self) -> str:
        """The French name."""
        return _ANSWERS[self]


_ANSWERS = {
    Answer.INFORMED: marked("une réponse à sa question"),
    Answer.DOOR: marked("une porte : un lieu, un numéro, un rendez-vous"),
    Answer.CALL_BACK: marked("un rappel promis"),
    Answer.FILE: marked("un dossier ouvert, parce qu’elle le veut"),
}


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """What is kept of a contact; nothing that would find the person again."""

    channel: ContactChannel
    answer: Answer
    request: str = ""
    given: str = ""
    commune_id: str | None = None
    statuses: frozenset[Status] = frozenset()
    themes: frozenset[NeedTheme] = frozenset()


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact in the list of the desk."""

    uid: UUID
    at: datetime
    channel: ContactChannel
    answer: Answer
    request: str
    given: str
    commune_name: str
    themes: tuple[NeedTheme, ...]
    by_name: str
    is_file: bool
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactCount:
    """How many contacts a desk had in a month, by answer."""

    answer: Answer
    count: int
