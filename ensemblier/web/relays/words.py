"""How a relay is told: the badge of its state (whose turn decides its shape), and one sentence on what comes next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.inbox import RelayPage, RelayRow
from ensemblier.journey.core.machine import NONE_KNOWN
from ensemblier.journey.core.proposals import UNANSWERED
from ensemblier.journey.core.states import DeclineReason, Outcome, Party, RelayState

S = RelayState


@dataclass(frozen=True, slots=True)
class Badge:
    """Shape (you, wait, on, done, end), icon and words."""

    kind: str
    icon_name: str
    words: str | Promise


_BADGES = {
    S.DRAFT: Badge("wait", "pencil", _("Brouillon")),
    S.AWAITING_PERSON: Badge("wait", "person-raised-hand", _("Attend l’accord de la personne")),
    S.SENT: Badge("wait", "send", _("Envoyé")),
    S.ACKNOWLEDGED: Badge("on", "eye", _("Pris en main")),
    S.INFO_REQUESTED: Badge("wait", "question-circle", _("Précision demandée")),
    S.ACCEPTED: Badge("on", "calendar-check", _("Accepté")),
    S.IN_PROGRESS: Badge("on", "people", _("En cours")),
    S.COMPLETED: Badge("done", "check-circle", _("Terminé")),
    S.DECLINED: Badge("done", "arrow-90deg-left", _("Décliné")),
    S.WITHDRAWN: Badge("end", "stop-circle", _("Arrêté par la personne")),
    S.CANCELLED: Badge("end", "x-circle", _("Annulé par l’expéditeur")),
    S.FAILED: Badge("done", "telephone-x", _("Contact non abouti")),
    S.EXPIRED: Badge("done", "clock-history", _("Sans réponse à temps")),
    S.ENTERED_IN_ERROR: Badge("end", "exclamation-octagon", _("Saisi par erreur")),
}
_YOURS = Badge("you", "send", _("À vous"))
_IN_YOUR_HANDS = Badge("on", "eye", _("Pris en main par vous"))


def badge(relay: RelayRow | RelayPage) -> Badge:
    """The badge as this reader reads it."""
    known = _BADGES[relay.state]
    is_mine = relay.is_mine if isinstance(relay, RelayRow) else relay.is_named
    answered = relay.has_sequel if isinstance(relay, RelayRow) else bool(relay.sequel)
    if relay.party is Party.RECIPIENT:
        if relay.state is S.SENT:
            return _YOURS
        return _IN_YOUR_HANDS if relay.state is S.ACKNOWLEDGED and is_mine else known
    waits = relay.state is S.INFO_REQUESTED or (relay.state in UNANSWERED and not answered)
    return Badge("you", known.icon_name, known.words) if waits else known


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
