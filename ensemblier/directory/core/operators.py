"""The five operators of the conseil en évolution professionnelle: stable roles; their names are dated elsewhere.

Source: Code du travail, L6111-6 (Cap emploi, Missions locales, France Travail, Apec, regional operators of L6123-5 4°).
"""

from enum import StrEnum


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
    Operator.FRANCE_TRAVAIL: "France Travail",
    Operator.MISSION_LOCALE: "Mission locale",
    Operator.CAP_EMPLOI: "Cap emploi",
    Operator.APEC: "Apec",
    Operator.REGIONAL_OPERATOR: "Opérateur régional CEP",
}
