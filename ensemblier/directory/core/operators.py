"""The five operators of the conseil en évolution professionnelle: stable roles; their names are dated elsewhere.

Source: Code du travail, L6111-6 (Cap emploi, Missions locales, France Travail, Apec, regional operators of L6123-5 4°).
"""

from enum import StrEnum

from ensemblier.kernel.words import marked


class Operator(StrEnum):
    """A role in the law, never a name: Pôle emploi and France Travail are the same member on two dates."""

    FRANCE_TRAVAIL = "france_travail"
    MISSION_LOCALE = "mission_locale"
    CAP_EMPLOI = "cap_emploi"
    APEC = "apec"
    REGIONAL_OPERATOR = "regional_operator"

    @property
    def label(self) -> str:
        """The French name of today; for another day, ask `directory.queries.names.operator_names`."""
        return LABELS[self]


LABELS = {
    Operator.FRANCE_TRAVAIL: marked("France Travail"),
    Operator.MISSION_LOCALE: marked("Mission locale"),
    Operator.CAP_EMPLOI: marked("Cap emploi"),
    Operator.APEC: marked("Apec"),
    Operator.REGIONAL_OPERATOR: marked("Opérateur régional CEP"),
}
