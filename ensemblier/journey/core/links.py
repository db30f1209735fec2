"""How a person's account and a file came together, and how long an invitation waits."""

from datetime import timedelta
from enum import StrEnum

from ensemblier.kernel.words import marked

INVITATION_LASTS = timedelta(days=30)


class LinkOrigin(StrEnum):
    """What the person did to link a file. Nobody does it for her."""

    INVITATION = "invitation"
    RELAY = "relay"
    DEMONSTRATION = "demonstration"

    @property
    def label(self) -> str:
        """The French name."""
        return _ORIGINS[self]


_ORIGINS = {
    LinkOrigin.INVITATION: marked("une invitation de la structure"),
    LinkOrigin.RELAY: marked("un relais que vous avez envoyé"),
    LinkOrigin.DEMONSTRATION: marked("la démonstration"),
}
