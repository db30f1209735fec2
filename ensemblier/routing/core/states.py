"""States and kinds of the tables of the orientation."""

from enum import StrEnum


class AgreementState(StrEnum):
    """Life of an aiguillage agreement: written, signed by every party, ended."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The French name."""
        return {"draft": "en préparation", "in_force": "en vigueur", "ended": "terminé"}[self.value]


class ShareKind(StrEnum):
    """What an agreement does with a public. There is no kind that closes a door."""

    POSSIBLE = "possible"
    DESIGNATED = "designated"
    OTHER_DOOR = "other_door"

    @property
    def label(self) -> str:
        """The French name."""
        return {"possible": "ouvre aussi", "designated": "prend en charge", "other_door": "autre porte"}[self.value]


class AlertKind(StrEnum):
    """What the coverage audit found wanting."""

    GAP = "gap"
    OVERLAP = "overlap"
    NO_PERMANENCE = "no_permanence"
    NOT_RECORDED = "not_recorded"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "gap": "aucun lieu à portée",
            "overlap": "plusieurs structures du même opérateur",
            "no_permanence": "compétent sans aucune permanence",
            "not_recorded": "aucun lieu dans l’annuaire",
        }[self.value]
