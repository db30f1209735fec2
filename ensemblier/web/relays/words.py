"""How a relay is told: one sentence on what comes next, and its codes in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.inbox import RelayPage
from ensemblier.journey.core.machine import NONE_KNOWN
from ensemblier.journey.core.states import DeclineReason, Outcome, Party, RelayState

S = RelayState

_NEXT_RECIPIENT = {
    S.SENT: _("Prenez-le en main pour lire qui est la personne. Cinq jours ouvrés pour répondre, en tout."),
    S.ACKNOWLEDGED: _("Acceptez avec un rendez-vous, posez une question, ou déclinez avec une autre piste."),
    S.INFO_REQUESTED: _("Votre question attend sa réponse. Vous pouvez encore décliner."),
    S.ACCEPTED: _("Notez le premier rendez-vous dès qu’il a eu lieu. Sinon le relais s’arrête à l’échéance."),
    S.IN_PROGRESS: _("Dites comment le relais se termine, quand il se termine."),
}
_SAY = _("Dites ce que vous faites maintenant. Sans un mot en trois jours ouvrés, le guichet reprend la demande.")
_NEXT_SOURCE = {
    S.DRAFT: _("Rien n’est parti. Un brouillon s’efface au bout de trente jours."),
    S.AWAITING_PERSON: _("La personne relit, choisit et envoie, ou non. Elle a trente jours."),
    S.SENT: _("La structure a cinq jours ouvrés pour répondre."),
    S.ACKNOWLEDGED: _("Une personne nommée lit le relais en ce moment."),
    S.INFO_REQUESTED: _("Une question vous attend : répondez pour que le relais avance."),
    S.ACCEPTED: _("Un premier rendez-vous est proposé à la personne."),
    S.IN_PROGRESS: _("Le premier rendez-vous a eu lieu."),
    S.COMPLETED: _("Le relais est allé à son terme."),
    S.DECLINED: _SAY,
    S.FAILED: _SAY,
    S.EXPIRED: _SAY,
    S.WITHDRAWN: _("La personne a arrêté ce relais. Aucun motif ne lui est demandé."),
}


def next_words(relay: RelayPage) -> str | Promise:
    """What comes next for this reader, "" when nothing does."""
    if relay.party is Party.RECIPIENT:
        return _NEXT_RECIPIENT.get(relay.state, "")
    return "" if relay.sequel else _NEXT_SOURCE.get(relay.state, "")


def told(relay: RelayPage) -> dict[str, str]:
    """Reason, other way and outcome in words, "" when there is none."""
    none_known = relay.proposal == NONE_KNOWN
    return {
        "reason": DeclineReason(relay.reason).label if relay.reason in set(DeclineReason) else "",
        "proposal": gettext("aucune connue : le guichet cherche") if none_known else relay.proposal,
        "outcome": Outcome(relay.outcome).label if relay.outcome else "",
    }
