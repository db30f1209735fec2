"""Skills and projects: free text always, a title of the national register of trades (ROME 4.0) when one fits."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ensemblier.kernel.words import marked

ROME_CODE = re.compile(r"[A-N]\d{4}")


class SkillOrigin(StrEnum):
    """Where a skill comes from: a job is one place among others."""

    JOB = "job"
    TRAINING = "training"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> str:
        """The French name."""
        return _ORIGINS[self]


_ORIGINS = {
    SkillOrigin.JOB: marked("dans un emploi"),
    SkillOrigin.TRAINING: marked("en formation"),
    SkillOrigin.ELSEWHERE: marked("ailleurs dans la vie"),
}


class ProjectState(StrEnum):
    """Where a project stands; a change of mind is history, not loss."""

    IDEA = "idea"
    CHOSEN = "chosen"
    REACHED = "reached"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        """The French name."""
        return _PROJECTS[self]


_PROJECTS = {
    ProjectState.IDEA: marked("piste"),
    ProjectState.CHOSEN: marked("choisi"),
    ProjectState.REACHED: marked("réalisé"),
    ProjectState.SET_ASIDE: marked("mis de côté"),
}


@dataclass(frozen=True, slots=True)
class SkillDraft:
    """A skill in words; `rome_code` "" when no title fits."""

    words: str
    rome_code: str = ""
    origin: SkillOrigin | None = None


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """A project in words; `rome_code` "" when no title fits."""

    words: str
    rome_code: str = ""
    state: ProjectState = ProjectState.IDEA


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill as the file shows it."""

    uid: UUID
    version: int
    words: str
    rome_code: str
    rome_title: str
    origin: SkillOrigin | None


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as the file shows it."""

    uid: UUID
    version: int
    words: str
    rome_code: str
    rome_title: str
    state: ProjectState


@dataclass(frozen=True, slots=True)
class TitleHit:
    """A title of the register that answers a search."""

    code: str
    title: str
