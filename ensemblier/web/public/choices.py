"""The five questions: what may be answered, in plain words, and what each answer says to the orientation."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ensemblier.routing.core.facts import AgeBand, Purpose, Quality, Status

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Choice:
    """One box. `value` is what the form posts, `words` what the person reads, `said` how the answer page repeats it."""

    value: str
    words: Words
    said: Words


UNKNOWN = "inconnu"
SITUATIONS = (
    Choice(Status.JOBSEEKER, _("Je cherche un emploi"), _("je cherche un emploi")),
    Choice(
        Status.EMPLOYEE_PRIVATE,
        _("J’ai un emploi dans une entreprise ou une association"),
        _("j’ai un emploi dans une entreprise ou une association"),
    ),
    Choice(Quality.SEASONAL, _("Je travaille à la saison"), _("je travaille à la saison")),
    Choice(Status.SELF_EMPLOYED, _("Je suis à mon compte"), _("je suis à mon compte")),
    Choice(
        Status.EMPLOYEE_PUBLIC,
        _("Je travaille pour l’État, une mairie, un hôpital…"),
        _("je travaille dans le service public"),
    ),
    Choice(Status.APPRENTICE, _("Je suis en apprentissage"), _("je suis en apprentissage")),
    Choice(Status.PAID_TRAINEE, _("Je suis une formation, et elle est payée"), _("je suis une formation payée")),
    Choice(
        Status.UNPAID_HELPER,
        _("J’aide un proche dans son travail, sans salaire"),
        _("j’aide un proche dans son travail"),
    ),
    Choice(Status.STUDENT, _("Je vais à l’école ou je fais des études"), _("je fais des études")),
    Choice(Status.RETIRED, _("Je suis à la retraite"), _("je suis à la retraite")),
    Choice(UNKNOWN, _("Autre chose, ou je ne sais pas"), _("autre chose, ou je ne sais pas")),
)
AGES = (
    Choice(AgeBand.UNDER_16, _("Moins de 16 ans"), _("moins de 16 ans")),
    Choice(AgeBand.FROM_16_TO_25, _("De 16 à 25 ans"), _("de 16 à 25 ans")),
    Choice(AgeBand.FROM_26_TO_29, _("De 26 à 29 ans"), _("de 26 à 29 ans")),
    Choice(AgeBand.FROM_30, _("30 ans ou plus"), _("30 ans ou plus")),
    Choice(UNKNOWN, _("Je préfère ne pas le dire"), _("âge non dit")),
)
NONE_OF_THEM = "aucune"
HARD_TO_MOVE = "mobilite"
POINTS = (
    Choice(
        Quality.DISABLED,
        _("Un handicap ou un problème de santé gêne mon travail"),
        _("un handicap ou ma santé gêne mon travail"),
    ),
    Choice(Quality.CADRE, _("Je suis cadre"), _("je suis cadre")),
    Choice(Quality.OUT_OF_SCHOOL, _("J’ai arrêté l’école ou mes études"), _("j’ai arrêté l’école ou mes études")),
    Choice(Quality.RECENT_GRADUATE, _("Je viens d’avoir mon diplôme"), _("je viens d’avoir mon diplôme")),
    Choice(Quality.RSA, _("Je touche le RSA"), _("je touche le RSA")),
    Choice(HARD_TO_MOVE, _("Me déplacer est difficile"), _("me déplacer est difficile")),
    Choice(NONE_OF_THEM, _("Aucune de ces phrases"), _("aucune des phrases proposées")),
)
ASKED_QUALITIES = (Quality.DISABLED, Quality.CADRE, Quality.OUT_OF_SCHOOL, Quality.RECENT_GRADUATE, Quality.RSA)
PURPOSES = (
    Choice(Purpose.NONE, _("Faire le point"), _("faire le point")),
    Choice(Purpose.JOB_SEARCH, _("Trouver un travail"), _("trouver un travail")),
    Choice(Purpose.TRAINING, _("Me former"), _("me former")),
    Choice(Purpose.TRANSITION_PROJECT, _("Changer de métier"), _("changer de métier")),
    Choice(Purpose.BUSINESS_CREATION, _("Créer mon activité"), _("créer mon activité")),
    Choice(Purpose.RESIGN_FOR_PROJECT, _("Démissionner pour un projet"), _("je pense démissionner pour un projet")),
    Choice(UNKNOWN, _("Autre chose, ou je ne sais pas"), _("je ne sais pas encore ce qui m’aiderait")),
)


def pairs(choices: tuple[Choice, ...]) -> list[tuple[str, Words]]:
    """The (value, words) pairs of a form field."""
    return [(str(choice.value), choice.words) for choice in choices]


def said(choices: tuple[Choice, ...], values: list[str]) -> list[Words]:
    """How the answer page repeats the ticked boxes, in the order of the form."""
    return [choice.said for choice in choices if choice.value in values]
