"""What the source does once a relay has ended without being taken up: nobody is left without a next step."""

from enum import StrEnum

from ensemblier.journey.core.states import RelayState

UNANSWERED = frozenset({RelayState.DECLINED, RelayState.EXPIRED, RelayState.FAILED})
"""Ends that wait for a word of the source; three working days later they come to the guichet's queue."""


class Sequel(StrEnum):
    """What the source decided."""

    NEW_RELAY = "new_relay"
    TOLD_PERSON = "told_person"
    SOLVED = "solved"
    NO_LONGER_WISHED = "no_longer_wished"

    @property
    def label(self) -> str:
        """The French name."""
        return _SEQUELS[self]


_SEQUELS = {
    Sequel.NEW_RELAY: "je prépare un autre relais avec la personne",
    Sequel.TOLD_PERSON: "j’en ai parlé avec la personne, je continue avec elle",
    Sequel.SOLVED: "la demande a trouvé sa réponse autrement",
    Sequel.NO_LONGER_WISHED: "la personne ne le souhaite plus",
}
