"""What has a page in the animation of a territory, and what hangs on it. The values are the words of the addresses."""

from dataclasses import dataclass

from ensemblier.animation.core.kinds import Said
from ensemblier.kernel.words import marked


class HeadKind(Said):
    """A row with a page of its own."""

    CELL = "cellule"
    PROBLEM = "probleme"
    GROUP = "groupe"
    PARTNERSHIP = "convention"
    EXPERIMENT = "experimentation"
    COURSE = "formation"
    TURN = "repere"
    DECIDER = "decideur"
    CIRCLE = "cercle"

    @property
    def label(self) -> str:
        """The French name, with its article."""
        return _HEADS[self]


_HEADS = {
    HeadKind.CELL: marked("une cellule"),
    HeadKind.PROBLEM: marked("un problème partagé"),
    HeadKind.GROUP: marked("un groupe de travail"),
    HeadKind.PARTNERSHIP: marked("une convention"),
    HeadKind.EXPERIMENT: marked("une expérimentation"),
    HeadKind.COURSE: marked("une formation du catalogue"),
    HeadKind.TURN: marked("un repère de la frise"),
    HeadKind.DECIDER: marked("qui décide quoi"),
    HeadKind.CIRCLE: marked("un cercle de partenaires"),
}


class RowKind(Said):
    """A row of a head."""

    CARRIER = "porteur"
    MEMBER = "membre"
    MEANS = "moyen"
    FUNDING = "financement"
    PARTNER = "partenaire"
    ACTION = "action"
    INDICATOR = "indicateur"
    YEAR = "resultat"
    PARTICIPANT = "participant"
    MINUTES = "compte-rendu"
    DECISION = "decision"
    DELIVERABLE = "production"
    COMMITMENT = "engagement"
    PARTY = "partie"

    @property
    def label(self) -> str:
        """The French name of the section that holds such rows."""
        return _ROWS[self].title

    @property
    def adds(self) -> str:
        """What the button that adds one says."""
        return _ROWS[self].adds


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    adds: str


_ROWS = {
    RowKind.CARRIER: _Words(marked("Qui la porte"), marked("Ajouter une structure qui la porte")),
    RowKind.MEMBER: _Words(marked("Membres"), marked("Ajouter un membre")),
    RowKind.MEANS: _Words(marked("Moyens"), marked("Ajouter un moyen")),
    RowKind.FUNDING: _Words(marked("Financements"), marked("Ajouter un financement")),
    RowKind.PARTNER: _Words(marked("Partenaires"), marked("Ajouter un partenaire")),
    RowKind.ACTION: _Words(marked("Actions"), marked("Ajouter une action")),
    RowKind.INDICATOR: _Words(marked("Ce que les membres comptent"), marked("Ajouter un indicateur")),
    RowKind.YEAR: _Words(marked("Résultats au fil des ans"), marked("Écrire un résultat")),
    RowKind.PARTICIPANT: _Words(marked("Membres du groupe"), marked("Ajouter une structure au groupe")),
    RowKind.MINUTES: _Words(marked("Ordres du jour et comptes rendus"), marked("Préparer une réunion")),
    RowKind.DECISION: _Words(marked("Décisions"), marked("Noter une décision")),
    RowKind.DELIVERABLE: _Words(marked("Productions"), marked("Ajouter une production")),
    RowKind.COMMITMENT: _Words(marked("Engagements"), marked("Noter un engagement")),
    RowKind.PARTY: _Words(marked("Parties"), marked("Ajouter une partie")),
}

ROWS_OF: dict[HeadKind, tuple[RowKind, ...]] = {
    HeadKind.CELL: (RowKind.CARRIER, RowKind.MEMBER, RowKind.FUNDING, RowKind.MEANS),
    HeadKind.PROBLEM: (
        *(RowKind.ACTION, RowKind.PARTNER, RowKind.INDICATOR, RowKind.YEAR),
        *(RowKind.MEANS, RowKind.FUNDING),
    ),
    HeadKind.GROUP: (
        *(RowKind.COMMITMENT, RowKind.MINUTES, RowKind.DECISION),
        *(RowKind.DELIVERABLE, RowKind.PARTICIPANT),
    ),
    HeadKind.PARTNERSHIP: (RowKind.PARTY,),
}
"""The sections of a page, in reading order; heads that are not there have none."""
