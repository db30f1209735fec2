"""Interview notes: shared with the person, for the team of the file, or for their author alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from ensemblier.kernel.words import marked


class NoteKind(StrEnum):
    """Who reads a note."""

    SHARED = "shared"
    TEAM = "team"
    PRIVATE = "private"

    @property
    def label(self) -> str:
        """The French name."""
        return _KINDS[self]

    @property
    def readers(self) -> str:
        """Who reads it, in words."""
        return _READERS[self]


_KINDS = {
    NoteKind.SHARED: marked("partagée avec la personne"),
    NoteKind.TEAM: marked("pour l’équipe du dossier"),
    NoteKind.PRIVATE: marked("pour moi seulement"),
}
_READERS = {
    NoteKind.SHARED: marked("La personne la lit dans son espace, et vos collègues à qui le dossier est ouvert."),
    NoteKind.TEAM: marked("Vos collègues à qui le dossier est ouvert. La personne peut la demander."),
    NoteKind.PRIVATE: marked(
        "Vous seulement : elle est chiffrée. La personne peut demander à la lire (article 15 du RGPD)."
    ),
}


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What was said on a day."""

    kind: NoteKind
    body: str
    held_on: date


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as its readers see it."""

    uid: UUID
    version: int
    kind: NoteKind
    body: str
    held_on: date
    author_name: str
    is_mine: bool
