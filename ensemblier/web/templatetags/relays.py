"""`{% load relays %}`: the badge of a relay's state, as this reader reads it: whose turn it is decides its shape."""

from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.inbox import RelayPage, RelayRow
from ensemblier.journey.core.proposals import UNANSWERED
from ensemblier.journey.core.states import Party, RelayState

register = template.Library()
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


@register.simple_tag(name="relay_badge")
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
