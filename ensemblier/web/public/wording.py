"""Sentences of the answer page that depend on how many doors there are, and the fixed words of each door."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.facts import PersonFacts, Purpose, Quality, Status
from ensemblier.web.templatetags.french import once_by_language

TAGLINES: dict[Operator, Promise] = {
    Operator.APEC: gettext_lazy("Pour les cadres et les jeunes diplômés"),
    Operator.CAP_EMPLOI: gettext_lazy("Pour les personnes qui ont un handicap"),
    Operator.FRANCE_TRAVAIL: gettext_lazy("Pour toute personne qui cherche un emploi"),
    Operator.MISSION_LOCALE: gettext_lazy("Pour les jeunes de 16 à 25 ans"),
    Operator.REGIONAL_OPERATOR: gettext_lazy("Pour les personnes qui travaillent, hors service public"),
}
"""Whom each door receives first: facts of L6111-6, same length for all."""


@once_by_language
def title(express: int, possible: int) -> str:
    """The whole answer in one sentence."""
    if express and possible:
        return f"{_yours(express)}, {_also(express, possible)}"
    if express:
        return _yours(express)
    if possible:
        return ngettext("Une porte est possible", "%(n)s portes sont possibles", possible) % {"n": number(possible)}
    return _("Aucune porte n’est désignée d’avance pour vous")


@once_by_language
def group_express(count: int) -> str:
    """The heading of the doors that the law made for this person."""
    return ngettext("Une porte prévue pour vous", "%(n)s portes prévues pour vous", count) % {"n": number(count)}


@once_by_language
def group_possible(count: int) -> str:
    """The heading of the other open doors."""
    return ngettext("Une porte possible", "%(n)s portes possibles", count) % {"n": number(count)}


def number(count: int) -> str:
    """A small number at the beginning of a sentence."""
    words = (_("Zéro"), _("Une"), _("Deux"), _("Trois"), _("Quatre"), _("Cinq"))
    return words[count] if count < len(words) else str(count)


def _yours(count: int) -> str:
    return ngettext("Une porte est la vôtre", "%(n)s portes sont les vôtres", count) % {"n": number(count)}


def _also(express: int, possible: int) -> str:
    if possible == 1:
        nth = {1: _("une deuxième"), 2: _("une troisième"), 3: _("une quatrième"), 4: _("une cinquième")}[express]
        return _("%(nth)s est possible") % {"nth": nth}
    return _("%(n)s autres sont possibles") % {"n": number(possible).lower()}


def preparation(operator: Operator, facts: PersonFacts) -> tuple[str, ...]:
    """What to bring to a first appointment; nothing of it is compulsory, and the page says so."""
    is_resigning = facts.purpose is Purpose.RESIGN_FOR_PROJECT
    own = ""
    if operator in _OWN_PAPERS:
        own = _OWN_PAPERS[operator]
    elif operator is Operator.FRANCE_TRAVAIL and facts.qualities.get(Quality.SEASONAL):
        own = _SEASON
    elif operator is Operator.FRANCE_TRAVAIL and Status.JOBSEEKER in (facts.statuses or ()):
        own = _NUMBER
    return _lines(is_resigning, own)


@once_by_language
def _lines(is_resigning: bool, own: str) -> tuple[str, ...]:
    lines = [_("Une pièce d’identité, si vous en avez une.")]
    if is_resigning:
        lines.append(_("Ne démissionnez pas avant ce rendez-vous : le conseil doit venir avant la démission."))
    if own:
        lines.append(_(own))
    lines.append(_("Votre CV, même ancien. Une idée, même floue, suffit aussi."))
    return tuple(lines)


_OWN_PAPERS = {
    Operator.CAP_EMPLOI: gettext_noop(
        "Votre reconnaissance de travailleur handicapé, si vous l’avez. Sinon, venez quand même."
    ),
    Operator.REGIONAL_OPERATOR: gettext_noop("Votre contrat ou votre promesse d’embauche, si vous en avez."),
}
_SEASON = gettext_noop("Vos dates de contrat : la dernière saison et la prochaine.")
_NUMBER = gettext_noop("Votre identifiant France Travail, si vous êtes inscrit. Sinon, venez quand même.")


QUESTION_LINKS = frozenset({"statuses", "place"})
"""Questions answered on the question page itself, not by one button."""
