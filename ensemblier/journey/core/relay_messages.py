"""What the parties of a relay write to each other. A message, even one sent by mail, never changes a state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class MessageKind(StrEnum):
    """What a message is."""

    MESSAGE = "message"
    QUESTION = "question"
    ANSWER = "answer"

    @property
    def label(self) -> str:
        """The French name."""
        return _KINDS[self]


_KINDS = {
    MessageKind.MESSAGE: "message",
    MessageKind.QUESTION: "question",
    MessageKind.ANSWER: "réponse",
}


class MessageChannel(StrEnum):
    """By which way it came."""

    PAGE = "page"
    MAIL = "mail"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message of the thread. `from_words`: who speaks, as the reader may know it."""

    uid: UUID
    kind: MessageKind
    from_words: str
    text: str
    at: datetime
    is_mine: bool
    is_for_person: bool
    came_by_mail: bool
