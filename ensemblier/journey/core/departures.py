"""What somebody who leaves must hand over, by kind."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class Held(StrEnum):
    """One kind of what passes to a colleague who is named."""

    LEAD = "lead"
    RELAY = "relay"
    APPOINTMENT = "appointment"
    CLAIM = "claim"
    GROUP = "group"
    FILE = "file"

    @property
    def label(self) -> str:
        """The French name, in the plural."""
        return _HELD[self]


_HELD = {
    Held.LEAD: marked("accompagnements dont elle est référente"),
    Held.RELAY: marked("relais en cours"),
    Held.APPOINTMENT: marked("rendez-vous à venir"),
    Held.CLAIM: marked("demandes du guichet prises en main"),
    Held.GROUP: marked("places dans un groupe de suivi"),
    Held.FILE: marked("dossiers que personne d’autre n’ouvre"),
}
