"""Who accompanies somebody, and who decided what: named only where the person agreed that they be named."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ensemblier.journey.core.episode import Level
from ensemblier.kernel.words import marked
from ensemblier.routing.core.facts import Purpose

ELSEWHERE = marked("une autre structure")
"""How a structure is named to those whom the person did not tell."""


class GroupRole(StrEnum):
    """As what somebody is around the person."""

    LEAD = "lead"
    COLLEAGUE = "colleague"
    OPERATOR = "operator"
    PARTNER = "partner"
    RELATIVE = "relative"

    @property
    def label(self) -> str:
        """The French name."""
        return _ROLES[self]


_ROLES = {
    GroupRole.LEAD: marked("référent"),
    GroupRole.COLLEAGUE: marked("collègue"),
    GroupRole.OPERATOR: marked("autre opérateur"),
    GroupRole.PARTNER: marked("partenaire"),
    GroupRole.RELATIVE: marked("proche"),
}


class Decider(StrEnum):
    """Who decided."""

    PERSON = "person"
    TOGETHER = "together"
    ADVISER = "adviser"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> str:
        """The French name."""
        return _DECIDERS[self]


_DECIDERS = {
    Decider.PERSON: marked("la personne"),
    Decider.TOGETHER: marked("la personne et le conseiller"),
    Decider.ADVISER: marked("le conseiller"),
    Decider.ELSEWHERE: marked("une autre structure"),
}


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """Somebody to add. `colleague_id`: an adviser of the same organisation, who then opens the file."""

    role: GroupRole
    purpose: str
    since: date
    until: date | None = None
    name: str = ""
    organisation_uid: UUID | None = None
    colleague_id: int | None = None


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody around the person. `where` is "une autre structure" when she did not agree to name it."""

    uid: UUID | None
    version: int
    name: str
    where: str
    role: GroupRole
    purpose: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision to write down."""

    words: str
    decider: Decider
    decided_on: date
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A line of the decision log. `is_replaced`: a later line took its place."""

    uid: UUID
    words: str
    decider: Decider
    where: str
    decided_on: date
    author_name: str
    at: datetime
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level of service entered on a day."""

    level: Level
    entered_on: date


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """An accompaniment, open or over. `closed_at` None while it lasts."""

    opened_at: datetime
    closed_at: datetime | None
    ending: str
    purposes: tuple[Purpose, ...]
    levels: tuple[LevelView, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """Who is around the person, what was decided, and her accompaniments, the last first."""

    members: tuple[MemberView, ...]
    decisions: tuple[DecisionView, ...]
    episodes: tuple[EpisodeView, ...]
