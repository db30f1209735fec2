"""A shared way to read a situation: optional, dated, with each step described, so that two operators read it alike.

Axes: the criteria by which the *Réseau pour l'emploi* orients jobseekers (employment, qualification, wishes,
difficulties of health, housing, mobility, child care), and what the liaison sheets in use ask. It reads a situation,
never a person, and nothing is computed from it: no score, no total.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ensemblier.kernel.words import marked

GRID_VERSION = "1"


class Axis(StrEnum):
    """One thing that is read."""

    PROJECT = "project"
    QUALIFICATION = "qualification"
    WORK = "work"
    MOBILITY = "mobility"
    HOUSING = "housing"
    CARE = "care"
    DIGITAL = "digital"
    LANGUAGE = "language"
    MONEY = "money"
    HEALTH = "health"

    @property
    def label(self) -> str:
        """The French name."""
        return _AXES[self]

    @property
    def is_sensitive(self) -> bool:
        """Whether it is read only where the person agreed to speak of health."""
        return self is Axis.HEALTH


class Step(StrEnum):
    """How far a situation lets the person act. Not read is a value."""

    FREE = "free"
    HELPED = "helped"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The French name."""
        return _STEPS[self]


_AXES = {
    Axis.PROJECT: marked("projet"),
    Axis.QUALIFICATION: marked("qualification"),
    Axis.WORK: marked("emploi"),
    Axis.MOBILITY: marked("déplacements"),
    Axis.HOUSING: marked("logement"),
    Axis.CARE: marked("enfants et proches"),
    Axis.DIGITAL: marked("numérique"),
    Axis.LANGUAGE: marked("français"),
    Axis.MONEY: marked("budget"),
    Axis.HEALTH: marked("santé"),
}
_STEPS = {
    Step.FREE: marked("n’empêche rien"),
    Step.HELPED: marked("demande un appui"),
    Step.STOPPED: marked("arrête le projet"),
}

ANCHORS: Mapping[Axis, Mapping[Step, str]] = {
    Axis.PROJECT: {
        Step.FREE: marked("Elle nomme un métier ou un but, et la prochaine étape."),
        Step.HELPED: marked("Elle a des pistes, et ne sait pas laquelle suivre."),
        Step.STOPPED: marked("Elle dit ne rien voir de possible."),
    },
    Axis.QUALIFICATION: {
        Step.FREE: marked("Ses diplômes ou son expérience suffisent pour son but."),
        Step.HELPED: marked("Il manque une formation courte, une VAE ou une reconnaissance."),
        Step.STOPPED: marked("Son but demande une formation longue qu’elle n’a pas commencée."),
    },
    Axis.WORK: {
        Step.FREE: marked("Elle a un emploi ou un revenu qui tient plus de trois mois."),
        Step.HELPED: marked("Son contrat ou son indemnisation finit dans les trois mois."),
        Step.STOPPED: marked("Elle n’a ni emploi ni revenu de remplacement."),
    },
    Axis.MOBILITY: {
        Step.FREE: marked("Elle se déplace seule dans tout le bassin, à toute heure."),
        Step.HELPED: marked("Elle se déplace avec une aide, ou à certaines heures."),
        Step.STOPPED: marked("Elle ne peut pas sortir de sa commune."),
    },
    Axis.HOUSING: {
        Step.FREE: marked("Elle a un logement stable, d’où elle peut travailler ou se former."),
        Step.HELPED: marked("Son logement est provisoire, trop cher ou trop loin."),
        Step.STOPPED: marked("Elle n’a pas de logement, ou le perd dans le mois."),
    },
    Axis.CARE: {
        Step.FREE: marked("Rien à organiser, ou c’est organisé."),
        Step.HELPED: marked("Une garde ou un relais manque à certaines heures."),
        Step.STOPPED: marked("Elle ne peut pas s’absenter de chez elle."),
    },
    Axis.DIGITAL: {
        Step.FREE: marked("Elle fait seule ses démarches en ligne."),
        Step.HELPED: marked("Elle les fait avec quelqu’un à côté d’elle."),
        Step.STOPPED: marked("Elle n’a ni appareil ni connexion, ou n’en veut pas."),
    },
    Axis.LANGUAGE: {
        Step.FREE: marked("Elle lit et écrit ce que son but demande."),
        Step.HELPED: marked("Elle comprend à l’oral, et demande de l’aide à l’écrit."),
        Step.STOPPED: marked("Il faut un interprète pour l’entretien."),
    },
    Axis.MONEY: {
        Step.FREE: marked("Elle paie ses charges du mois."),
        Step.HELPED: marked("Elle repousse des paiements certains mois."),
        Step.STOPPED: marked("Elle a des dettes qu’elle ne peut pas payer, ou ne mange pas à sa faim."),
    },
    Axis.HEALTH: {
        Step.FREE: marked("Elle dit que sa santé ne la gêne pas dans son projet."),
        Step.HELPED: marked("Elle demande un poste ou un rythme aménagé."),
        Step.STOPPED: marked("Elle dit que sa santé passe d’abord."),
    },
}
"""What each step looks like: what one sees or hears, never a judgment."""


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    """One reading. `steps`: only what was read; an axis left out is not read."""

    read_on: date
    steps: Mapping[Axis, Step]
    words: Mapping[Axis, str]
    is_health_agreed: bool = False


@dataclass(frozen=True, slots=True)
class AxisView:
    """One axis of a reading; `before`: what the reading before said."""

    axis: Axis
    step: Step
    words: str
    before: Step | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading and what changed since the one before."""

    uid: UUID
    read_on: date
    author_name: str
    axes: tuple[AxisView, ...]
