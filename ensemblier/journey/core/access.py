"""Why somebody of an organisation may open a file: five reasons, each with a beginning and most with an end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ensemblier.journey.core.consent import Category
from ensemblier.kernel.errors import RuleViolated

LONGEST_SUBSTITUTION = timedelta(days=92)
"""A quarter: beyond, the file is handed over, not watched over."""


class AccessReason(StrEnum):
    """Why an access was opened."""

    OPENED = "opened"
    LEAD = "lead"
    MEMBER = "member"
    SUBSTITUTE = "substitute"
    JOINT = "joint"

    @property
    def label(self) -> str:
        """The French name, as the person reads it."""
        return _REASONS[self]


_REASONS = {
    AccessReason.OPENED: "a ouvert le dossier",
    AccessReason.LEAD: "référent de l’accompagnement",
    AccessReason.MEMBER: "groupe de suivi",
    AccessReason.SUBSTITUTE: "remplace un collègue",
    AccessReason.JOINT: "accompagne avec votre accord",
}


@dataclass(frozen=True, slots=True)
class AccessSpan:
    """One access. `categories`: what may be read, empty for the whole file; `until` (excluded): the end set beforehand;
    `ended_at`: when it was ended, whatever had been set."""

    reason: AccessReason
    since: datetime
    categories: frozenset[Category] = frozenset()
    until: datetime | None = None
    ended_at: datetime | None = None


def is_open(span: AccessSpan, at: datetime) -> bool:
    """Whether the access lets in at that instant."""
    return span.since <= at and span.ended_at is None and (span.until is None or at < span.until)


def is_whole(span: AccessSpan) -> bool:
    """Whether the whole file is read and written; else only the categories are read, and nothing is written."""
    return not span.categories and span.reason is not AccessReason.JOINT


def stand_in_reason(name: str, last_day: date) -> str:
    """Why a file opened by itself to a substitute, as the person reads it."""
    return f"Remplace {name}, en absence jusqu’au {last_day:%d/%m/%Y}"[:300]


def check_substitution(why: str, since: datetime, until: datetime | None) -> None:
    """A colleague looks after a file for a written reason and until a day. Raises RuleViolated."""
    if not why.strip():
        raise RuleViolated("Écrivez pourquoi vous ouvrez ce dossier : la personne le lira.", field="why")
    if until is None or until <= since:
        raise RuleViolated("Un remplacement a une fin : indiquez jusqu’à quand.", field="until")
    if until > since + LONGEST_SUBSTITUTION:
        raise RuleViolated("Un remplacement dure trois mois au plus ; au-delà, confiez le suivi.", field="until")
