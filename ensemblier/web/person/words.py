"""The state of a relay in the person's words: whose turn it is decides the shape; a sentence says what comes next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.states import RelayState
from ensemblier.journey.queries.rights_relays import MyRelay


@dataclass(frozen=True, slots=True)
class RelayWords:
    """A relay and how its state is shown: `kind` is the shape, `words` the badge."""

    relay: MyRelay
    kind: str
    icon_name: str
    words: str | Promise


_WORDS: dict[RelayState, tuple[str, str, str | Promise]] = {
    RelayState.AWAITING_PERSON: ("you", "person-raised-hand", _("À vous de décider")),
    RelayState.SENT: ("wait", "send", _("Envoyé")),
    RelayState.ACKNOWLEDGED: ("on", "person-check", _("Pris en main")),
    RelayState.INFO_REQUESTED: ("wait", "question-circle", _("Précision demandée")),
    RelayState.ACCEPTED: ("on", "calendar-check", _("Accepté")),
    RelayState.IN_PROGRESS: ("on", "people", _("En cours")),
    RelayState.COMPLETED: ("done", "check2-circle", _("Terminé")),
    RelayState.DECLINED: ("end", "signpost-split", _("Décliné")),
    RelayState.WITHDRAWN: ("end", "stop-circle", _("Arrêté par vous")),
    RelayState.CANCELLED: ("end", "x-circle", _("Annulé par l’expéditeur")),
    RelayState.FAILED: ("end", "telephone-x", _("Sans suite")),
    RelayState.EXPIRED: ("end", "hourglass-bottom", _("Sans réponse à temps")),
    RelayState.ENTERED_IN_ERROR: ("end", "eraser", _("Saisi par erreur")),
}


def relay_words(relay: MyRelay) -> RelayWords:
    """The badge of this relay."""
    kind, icon_name, words = _WORDS.get(relay.state, ("wait", "pencil", _("En préparation")))
    return RelayWords(relay, kind, icon_name, words)
