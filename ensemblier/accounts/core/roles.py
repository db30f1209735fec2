"""Roles that a membership can grant, and what each may do in the directory and the orientation."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class Role(StrEnum):
    """One English name for each role of the field; the label is what the interface shows."""

    ADVISER = "adviser"
    DESK = "desk"
    TEAM_LEAD = "team_lead"
    DIRECTORY_EDITOR = "directory_editor"
    ACCOUNT_MANAGER = "account_manager"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The French name."""
        return LABELS[self]


LABELS = {
    Role.ADVISER: marked("conseiller"),
    Role.DESK: marked("accueil téléphonique"),
    Role.TEAM_LEAD: marked("référent d’équipe"),
    Role.DIRECTORY_EDITOR: marked("tient l'annuaire de la structure"),
    Role.ACCOUNT_MANAGER: marked("administre les comptes de la structure"),
    Role.COORDINATOR: marked("anime le territoire"),
    Role.ADMINISTRATOR: marked("administre la plateforme"),
}

ABOUT_PERSONS = frozenset({Role.ADVISER, Role.DESK, Role.TEAM_LEAD})
"""Roles that open files of persons: they hold only while the organisation has a signed data convention."""
