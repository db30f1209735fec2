"""Roles that a membership can grant, and what each may do in the directory and the orientation."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class Role(StrEnum):
    """One English name for each role of the field; the label is what the interface shows."""

    ADVISER = "adviser"
    DESK = "desk"
    DIRECTORY_EDITOR = "directory_editor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The French name."""
        return LABELS[self]


LABELS = {
    Role.ADVISER: marked("conseiller"),
    Role.DESK: marked("accueil téléphonique"),
    Role.DIRECTORY_EDITOR: marked("tient l'annuaire de la structure"),
    Role.COORDINATOR: marked("anime le territoire"),
    Role.ADMINISTRATOR: marked("administre la plateforme"),
}
