"""How long each table and each column is kept. The rules stand in `retention_tables.py`; a test reads the tables of the
database against them: a table or a column without a rule fails.

Sources of the terms: art. R. 263-8 CASF (2 years active, 2 years of intermediate archive, erased at once when not
served); CNIL 2021-122 (access journal: 12 months, up to 3 years for internal control); the others are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

ACTIVE = relativedelta(years=2)
ARCHIVE = relativedelta(years=2)
WARNING = timedelta(days=60)
"""How long before its erasure a person is told, and may take everything away."""
BETWEEN = timedelta(days=7)
"""Between the second agreement and the erasure that a person asked for: time to take everything away, or to stop it."""
PROOF = relativedelta(years=5)
CARRIED_UNSERVED = timedelta(hours=12)
"""The duty runs every six hours: gone well within the 24 hours of the promise, even when one run is missed."""
CARRIED_SERVED = timedelta(days=30)
MESSAGE_BODY = timedelta(days=90)
MESSAGE_TRACE = relativedelta(years=2)
TECHNICAL = relativedelta(months=12)
QUEUE = timedelta(days=90)
DESK = relativedelta(years=2)
LINK = timedelta(days=30)
ACCESS_JOURNAL = relativedelta(years=3)
IDLE = relativedelta(months=6) + relativedelta(months=13)


class Term(StrEnum):
    """When rows of a table go."""

    FILE = "file"
    CARRIED = "carried"
    PROOF = "proof"
    JOURNAL = "journal"
    MESSAGE = "message"
    TECHNICAL = "technical"
    QUEUE = "queue"
    DESK = "desk"
    LINK = "link"
    ACCOUNT = "account"
    HISTORY = "history"
    COUNT = "count"

    @property
    def label(self) -> str:
        """In words, for the register of processing."""
        return _TERMS[self]


_TERMS = {
    Term.FILE: "2 ans après le dernier échange, puis 2 ans d’archive restreinte, puis effacé",
    Term.CARRIED: "24 h après un relais qui n’a pas abouti à une rencontre, 30 jours après un relais abouti",
    Term.PROOF: "5 ans après la fin du partage",
    Term.JOURNAL: "12 mois consultables, 3 ans pour le contrôle interne",
    Term.MESSAGE: "texte 90 jours, trace 2 ans",
    Term.TECHNICAL: "12 mois",
    Term.QUEUE: "90 jours après la réponse",
    Term.DESK: "2 ans, sans identité, puis des comptes datés",
    Term.LINK: "30 jours après sa fin",
    Term.ACCOUNT: "la vie du compte ; sans usage 19 mois, rendu anonyme",
    Term.HISTORY: "gardé sans nom ; le nom du professionnel, 12 mois",
    Term.COUNT: "gardé : aucune personne",
}


@dataclass(frozen=True, slots=True)
class TableRule:
    """`person`: how a row leads to a file, as paths of keys ("" = by another way). Columns, by what they hold:

    `says`: identity or free text · `codes`: lists, dates, figures · `keys`: identifiers and links.
    """

    term: Term
    person: str = ""
    says: str = ""
    codes: str = ""
    keys: str = ""

    @property
    def columns(self) -> frozenset[str]:
        """Every column that has a rule."""
        return frozenset(f"{self.says} {self.codes} {self.keys}".split())


@dataclass(frozen=True, slots=True)
class Life:
    """The dates of a file: last exchange with the person, and until when somebody froze it (None: not frozen)."""

    last_exchange: datetime
    frozen_until: datetime | None = None


class Stage(StrEnum):
    """Where a file stands."""

    ACTIVE = "active"
    ARCHIVED = "archived"
    WARNED = "warned"
    ERASED = "erased"


def archive_at(life: Life) -> datetime:
    """When the file leaves daily use."""
    return life.last_exchange + ACTIVE


def erase_at(life: Life) -> datetime:
    """When the file is erased; a frozen one waits for the end of its freezing."""
    term = life.last_exchange + ACTIVE + ARCHIVE
    return max(term, life.frozen_until) if life.frozen_until else term


def stage(life: Life, at: datetime) -> Stage:
    """Where a file should stand at that instant."""
    if at >= erase_at(life):
        return Stage.ERASED
    if at >= erase_at(life) - WARNING:
        return Stage.WARNED
    return Stage.ARCHIVED if at >= archive_at(life) else Stage.ACTIVE


class HoldReason(StrEnum):
    """Why a file is frozen."""

    LITIGATION = "litigation"
    ARCHIVES = "archives"

    @property
    def label(self) -> str:
        """The French name."""
        return {"litigation": "litige en cours", "archives": "visa des archives attendu"}[self.value]


class ErasureReason(StrEnum):
    """Why a file was erased."""

    TERM = "term"
    REQUEST = "request"
    REPLAY = "replay"

    @property
    def label(self) -> str:
        """The French name."""
        return {"term": "terme atteint", "request": "demande de la personne", "replay": "après restauration"}[
            self.value
        ]


RuleTable = Mapping[str, TableRule]
