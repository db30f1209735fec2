"""The one queue of a guichet where several operators sit: a request leaves with an answer, a door or a call-back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ensemblier.journey.core.working_days import NO_MORE_DAYS, add_working_days

ANSWER_DAYS = 2
LEASE_DAYS = 1
IGNORED_AFTER_DAYS = 3
"""Working days after which an ended relay that its source left alone comes to the queue."""


class QueueOrigin(StrEnum):
    """Where a request comes from."""

    REQUEST = "request"
    NO_DOOR = "no_door"
    DECLINED = "declined"
    IGNORED = "ignored"

    @property
    def label(self) -> str:
        """The French name."""
        return _ORIGINS[self]


_ORIGINS = {
    QueueOrigin.REQUEST: "demande faite au guichet",
    QueueOrigin.NO_DOOR: "aucune des portes proposées ne convient",
    QueueOrigin.DECLINED: "relais décliné, sans autre piste connue",
    QueueOrigin.IGNORED: "relais terminé, sans suite depuis trois jours ouvrés",
}


class QueueAnswer(StrEnum):
    """How a request leaves the queue: never by "this is not the place"."""

    ANSWER = "answer"
    DOOR = "door"
    CALL_BACK = "call_back"

    @property
    def label(self) -> str:
        """The French name."""
        return _ANSWERS[self]


_ANSWERS = {
    QueueAnswer.ANSWER: "une réponse",
    QueueAnswer.DOOR: "une porte",
    QueueAnswer.CALL_BACK: "un rappel",
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One request of the queue, as a desk sees it. `phone` is "" for everybody but who holds it.

    `is_mine`: the reader holds it; `holder`: the structure that does ("" = nobody); `file_uid`: the file, for advisers
    of the organisation that keeps it.
    """

    uid: UUID
    version: int
    origin: QueueOrigin
    need: str
    commune_name: str
    call_when: str
    phone: str
    created_at: datetime
    due_on: date
    holder: str
    lease_until: date | None
    is_mine: bool
    guichet_name: str
    file_uid: UUID | None
    relay_uid: UUID | None


def answer_due(day: date, others: frozenset[date] = NO_MORE_DAYS) -> date:
    """The last day to answer a request that came on that day."""
    return add_working_days(day, ANSWER_DAYS, others)


def lease_end(day: date, others: frozenset[date] = NO_MORE_DAYS) -> date:
    """The last day on which somebody holds a request taken on that day."""
    return add_working_days(day, LEASE_DAYS, others)
