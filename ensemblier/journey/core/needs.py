"""Needs and obstacles of a person, and the circle of partners that each calls for.

Themes: those of the national schema of services (data·inclusion, "thématiques"), grouped as advisers name them; what
S3 of the study names for seasonal workers (housing, health, transport, access to training) is among them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ensemblier.kernel.words import marked


class NeedTheme(StrEnum):
    """What a need is about."""

    HOUSING = "housing"
    HEALTH = "health"
    TRANSPORT = "transport"
    CHILD_CARE = "child_care"
    LANGUAGE = "language"
    DIGITAL = "digital"
    MONEY = "money"
    ADMINISTRATION = "administration"
    FAMILY = "family"
    FOOD = "food"
    CONFIDENCE = "confidence"
    JUSTICE = "justice"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return _THEMES[self]

    @property
    def is_sensitive(self) -> bool:
        """Whether the mere theme is data of article 9 or 10 of the RGPD: shared under "health" only."""
        return self in (NeedTheme.HEALTH, NeedTheme.JUSTICE)


_THEMES = {
    NeedTheme.HOUSING: marked("logement"),
    NeedTheme.HEALTH: marked("santé"),
    NeedTheme.TRANSPORT: marked("transport"),
    NeedTheme.CHILD_CARE: marked("garde d’enfants"),
    NeedTheme.LANGUAGE: marked("langue"),
    NeedTheme.DIGITAL: marked("numérique"),
    NeedTheme.MONEY: marked("budget"),
    NeedTheme.ADMINISTRATION: marked("démarches administratives"),
    NeedTheme.FAMILY: marked("famille et proches"),
    NeedTheme.FOOD: marked("alimentation et équipement"),
    NeedTheme.CONFIDENCE: marked("confiance et lien social"),
    NeedTheme.JUSTICE: marked("justice"),
    NeedTheme.OTHER: marked("autre"),
}

CIRCLES: dict[NeedTheme, tuple[str, ...]] = {
    NeedTheme.HOUSING: ("logement",),
    NeedTheme.HEALTH: ("sante",),
    NeedTheme.TRANSPORT: ("mobilite", "transport"),
    NeedTheme.CHILD_CARE: ("garde enfant", "creche"),
    NeedTheme.LANGUAGE: ("francais", "lecture"),
    NeedTheme.DIGITAL: ("numerique",),
    NeedTheme.MONEY: ("budget", "endettement"),
    NeedTheme.ADMINISTRATION: ("administratives", "acces droits"),
    NeedTheme.FAMILY: ("famille", "parentalite"),
    NeedTheme.FOOD: ("alimentation", "equipement"),
    NeedTheme.CONFIDENCE: ("confiance", "lien social"),
    NeedTheme.JUSTICE: ("judiciaire", "justice"),
    NeedTheme.OTHER: (),
}
"""Theme → words by which the directory finds its circle: beginnings of subjects, needs and networks."""


class NeedState(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    HANDLED = "handled"
    LIFTED = "lifted"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The French name."""
        return _STATES[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self in (NeedState.LIFTED, NeedState.DROPPED)


_STATES = {
    NeedState.OPEN: marked("à traiter"),
    NeedState.HANDLED: marked("en cours"),
    NeedState.LIFTED: marked("levé"),
    NeedState.DROPPED: marked("la personne n’en veut plus"),
}


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A need in the person's words. `is_obstacle`: it holds the project back."""

    theme: NeedTheme
    words: str = ""
    is_obstacle: bool = False
    state: NeedState = NeedState.OPEN


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need as the file shows it."""

    uid: UUID
    version: int
    theme: NeedTheme
    words: str
    is_obstacle: bool
    state: NeedState
    noted_on: date
    is_sensitive: bool
