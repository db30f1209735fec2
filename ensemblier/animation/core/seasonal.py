"""The scheme for seasonal workers, ready to be made one's own: it fills itself with dates and roles.

Source of its actions: Céreq Bref 383 (2019), third configuration ("guichet unique, suivi des personnes, financement de
formations ad hoc, journées de l'orientation, forum pour l'emploi", needs: housing, health, work, training). The months
are a proposal that the partners change.
"""

from dataclasses import dataclass
from datetime import date

from ensemblier.animation.core.kinds import ActionKind
from ensemblier.kernel.words import marked

SEASONAL = "saisonniers"
SENTENCE = marked("Sécuriser les parcours des travailleurs saisonniers")
PUBLIC = marked("Personnes qui travaillent au rythme des saisons, quel que soit leur statut du moment")


@dataclass(frozen=True, slots=True)
class TemplateAction:
    """An action of the template: who does it (a role, in words), and in which months of the first year."""

    kind: ActionKind
    words: str
    role: str
    first_month: int
    last_month: int

    def days(self, started_on: date) -> tuple[date, date]:
        """Its first and last day, in the season year (from September) of the start; in the next one when it is over."""
        base = started_on.year if started_on.month >= 9 else started_on.year - 1
        first = date(base + (self.first_month < 9), self.first_month, 1)
        last = date(base + (self.last_month < 9), self.last_month, 28)
        if last < started_on:
            return first.replace(year=first.year + 1), last.replace(year=last.year + 1)
        return first, last


ACTIONS = (
    TemplateAction(
        ActionKind.ONE_STOP,
        marked("Ouvrir un guichet unique : un lieu, un numéro, une seule file pour tous les opérateurs"),
        marked("le pilote, avec la maison des saisonniers ou un lieu d’accueil"), 11, 4,
    ),
    TemplateAction(
        ActionKind.FOLLOW_UP,
        marked("Suivre chaque personne d’une saison à l’autre, quel que soit son statut du moment"),
        marked("chaque opérateur, à tour de rôle selon le statut"), 9, 8,
    ),
    TemplateAction(
        ActionKind.TRAINING_FUND,
        marked("Financer ensemble des formations courtes entre deux saisons"),
        marked("les financeurs : opérateur régional, Opco, Région, France Travail"), 10, 11,
    ),
    TemplateAction(
        ActionKind.ORIENTATION,
        marked("Tenir des journées de l’orientation au creux des saisons"),
        marked("la cellule ou le pilote, avec tous les opérateurs"), 5, 6,
    ),
    TemplateAction(
        ActionKind.JOB_FORUM,
        marked("Tenir un forum pour l’emploi avant la saison"),
        marked("France Travail et les employeurs, avec tous les opérateurs"), 10, 10,
    ),
)  # fmt: skip

INDICATORS = (
    (marked("Personnes reçues au guichet unique"), marked("personnes")),
    (marked("Personnes suivies deux saisons de suite"), marked("personnes")),
    (marked("Formations financées entre deux saisons"), marked("formations")),
)
