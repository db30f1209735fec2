"""Who signs in to the demonstration: fictitious professionals and what they may do."""

from dataclasses import dataclass

from ensemblier.accounts.core.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """A fictitious professional; `memberships`: (key of the organisation in the demonstration, role)."""

    email: str
    name: str
    memberships: tuple[tuple[str, Role], ...]


PEOPLE: tuple[Person, ...] = (
    Person(
        "conseil@example.org",
        "Bruno Exemple",
        (("mission-locale", Role.ADVISER), ("cap-emploi", Role.ADVISER)),
    ),
    Person(
        "equipe@example.org",
        "Gaëlle Exemple",
        (("mission-locale", Role.TEAM_LEAD), ("mission-locale", Role.ACCOUNT_MANAGER)),
    ),
    Person("emploi@example.org", "Hugo Exemple", (("france-travail", Role.ADVISER),)),
    Person("cadres@example.org", "Gilles Exemple", (("apec", Role.ADVISER),)),
    Person("relais@example.org", "Chloé Exemple", (("operateur-regional", Role.ADVISER),)),
    Person("accueil@example.org", "Dounia Exemple", (("operateur-regional", Role.DESK),)),
    Person("annuaire@example.org", "Eliott Exemple", (("france-travail", Role.DIRECTORY_EDITOR),)),
    Person("animation@example.org", "Fanny Exemple", (("cite-des-metiers", Role.COORDINATOR),)),
)
