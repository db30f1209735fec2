"""States and kinds of the tables of the orientation."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class AgreementState(StrEnum):
    """Life of an aiguillage agreement: written, signed by every party, ended."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The French name."""
        return {"draft": marked("en préparation"), "in_force": marked("en vigueur"), "ended": marked("terminé")}[
            self.value
        ]


class ShareKind(StrEnum):
    """What an agreement does with a public. There is no kind that closes a door."""

    POSSIBLE = "possible"
    DESIGNATED = "designated"
    OTHER_DOOR = "other_door"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "possible": marked("ouvre aussi"),
            "designated": marked("prend en charge"),
            "other_door": marked("autre porte"),
        }[self.value]


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
            "gap": marked("aucun lieu à portée"),
            "overlap": marked("plusieurs structures du même opérateur"),
            "no_permanence": marked("compétent sans aucune permanence"),
            "not_recorded": marked("aucun lieu dans l’annuaire"),
        }[self.value]
