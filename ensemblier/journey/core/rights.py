"""What a person may ask about her data, by when she is answered, and how long she may object to a paper."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from ensemblier.kernel.words import marked

ANSWER_MONTHS = 1
"""RGPD, art. 12.3: an answer within one month of the request."""
PAPER_HOURS = 48
"""How long the person has to say "this was not my choice" after a paper was recorded in her name."""
MAX_WORDS = 4000


class RequestKind(StrEnum):
    """What the person asks of the organisation that holds her file."""

    ACCESS_LOG = "access_log"
    CORRECTION = "correction"
    ERASURE = "erasure"
    COPY = "copy"
    PAPER = "paper"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name, as the person says it."""
        return _KINDS[self]


_KINDS = {
    RequestKind.ACCESS_LOG: marked("quelqu’un a regardé, et cela m’étonne"),
    RequestKind.CORRECTION: marked("corriger ce qui est écrit"),
    RequestKind.ERASURE: marked("effacer mes données"),
    RequestKind.COPY: marked("recevoir une copie de tout"),
    RequestKind.PAPER: marked("un accord sur papier n’est pas le mien"),
    RequestKind.OTHER: marked("autre chose"),
}


def answer_due_on(asked_on: date) -> date:
    """The last day to answer (RGPD, art. 12.3)."""
    return asked_on + relativedelta(months=ANSWER_MONTHS)


def objection_ends(given_at: datetime) -> datetime:
    """Until when a person is asked whether a paper is hers; she may stop the sharing for ever after."""
    return given_at + timedelta(hours=PAPER_HOURS)
