"""Messages that leave the house: what one holds, when it is tried again, and which addresses belong to nobody.

A subject is read by whoever looks over a shoulder: the writers of texts keep every name, operator, need and health word
out of it (a test reads them all).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import marked


class Channel(StrEnum):
    """By what means a message leaves. `NOTICE`: not addressed yet; the app that wrote it says to whom, just before."""

    NOTICE = "notice"
    EMAIL = "email"
    SMS = "sms"
    WEBHOOK = "webhook"

    @property
    def label(self) -> str:
        """The French name."""
        return _CHANNELS[self]


_CHANNELS = {
    Channel.NOTICE: marked("avis à adresser"),
    Channel.EMAIL: marked("courriel"),
    Channel.SMS: marked("SMS"),
    Channel.WEBHOOK: marked("appel d’un système"),
}


class MessageState(StrEnum):
    """Where a message stands. `SHOWN`: to a fictitious address, readable in the demonstration, never carried."""

    QUEUED = "queued"
    SENT = "sent"
    PARKED = "parked"
    CANCELLED = "cancelled"
    SHOWN = "shown"

    @property
    def label(self) -> str:
        """The French name."""
        return _STATES[self]


_STATES = {
    MessageState.QUEUED: marked("à envoyer"),
    MessageState.SENT: marked("envoyé"),
    MessageState.PARKED: marked("mis de côté"),
    MessageState.CANCELLED: marked("annulé"),
    MessageState.SHOWN: marked("montré ici seulement"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A small file joined to an e-mail. `media_type`: e.g. "text/calendar; method=REQUEST"."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutMessage:
    """A message to send once. `key`: the same for each repetition; it becomes the Message-ID.

    `kind`: a short code ("relay.sent"); `subject_uid`: what it speaks of, by which its kin may be cancelled;
    `until`: after that instant it is no longer worth sending (a code). Raises BadInput for an empty address, or a line
    break in an address or a subject (it would forge a header).
    """

    kind: str
    channel: Channel
    to: str
    subject: str
    body: str
    key: UUID
    attachments: tuple[Attachment, ...] = ()
    subject_uid: UUID | None = None
    until: datetime | None = None
    reply_to: str = ""

    def __post_init__(self) -> None:
        if not self.to.strip() or any(sign in self.to + self.subject + self.kind + self.reply_to for sign in "\r\n\0"):
            raise BadInput("L’adresse ou l’objet de ce message n’est pas valable.")


WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""How long after each try the next one comes: two days and a half in all, a week-end of a dead server included."""
MAX_TRIES = len(WAITS) + 1


def next_try(tries: int, at: datetime) -> datetime:
    """When to try again after the `tries`-th try (1 or more) begun at `at`."""
    return at + WAITS[min(tries, len(WAITS)) - 1]


_FICTITIOUS_DOMAINS = ("example.org", "example.com", "example.net", ".example", ".invalid", ".test")
_FICTITIOUS_NUMBERS = ("019900", "026191", "035301", "046571", "053649", "063998")


def is_fictitious(to: str) -> bool:
    """Whether an address belongs to nobody: domains of RFC 2606, telephone numbers that Arcep keeps for fiction.

    Nothing is ever carried there.
    """
    if "@" in to:
        return to.strip().lower().rpartition("@")[2].endswith(_FICTITIOUS_DOMAINS)
    digits = "".join(sign for sign in to if sign.isdigit())
    national = "0" + digits.removeprefix("0033").removeprefix("33") if len(digits) > 10 else digits
    return not to.startswith("http") and national.startswith(_FICTITIOUS_NUMBERS)
