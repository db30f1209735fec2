"""Letters that accounts send: no name, no organisation, nothing sensitive in a subject."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text."""

    subject: str
    body: str


def sign_in_letter(address: str) -> Letter:
    """The link to one's own space. The code is on the screen where it was asked for."""
    return Letter(
        "Votre lien pour entrer dans votre espace",
        "Bonjour,\n\n"
        "Voici le lien que vous avez demandé. Il s'ouvre une seule fois, pendant 30 minutes :\n\n"
        f"{address}\n\n"
        "Tapez ensuite le code à 6 chiffres affiché là où vous l'avez demandé.\n\n"
        "Vous n'avez rien demandé ? Ne faites rien : sans le code, personne n'entre.\n\n"
        "Ensemblier",
    )


def invitation_letter(address: str, until: datetime) -> Letter:
    """The link of an invitation. The code is given by whoever invites, by another channel."""
    return Letter(
        "Une invitation vous attend",
        "Bonjour,\n\n"
        "Un collègue vous invite à travailler avec Ensemblier. Ce lien vous dit qui, et pour quelle structure :\n\n"
        f"{address}\n\n"
        "Il vous demandera un code à 6 chiffres : votre collègue vous le donne de vive voix ou par téléphone.\n"
        f"L'invitation est valable jusqu'au {until:%d/%m/%Y}.\n\n"
        "Ensemblier",
    )


def password_letter(address: str) -> Letter:
    """The link by which somebody who forgot her password writes another one. The code stays on the screen."""
    return Letter(
        "Votre lien pour changer de mot de passe",
        "Bonjour,\n\n"
        "Voici le lien demandé pour choisir un nouveau mot de passe. Il sert une seule fois, pendant 30 minutes :\n\n"
        f"{address}\n\n"
        "Tapez-y le code à 6 chiffres affiché là où vous l'avez demandé. Votre seconde preuve reste demandée.\n\n"
        "Vous n'avez rien demandé ? Ne faites rien : sans le code, rien ne change.\n\n"
        "Ensemblier",
    )


def no_password_letter() -> Letter:
    """The account has no password to change: it opens through a provider of identities."""
    return Letter(
        "Votre demande de mot de passe",
        "Bonjour,\n\n"
        "Quelqu'un a demandé à changer le mot de passe de ce compte. Il n'en a pas : entrez avec votre identité "
        "professionnelle, par le bouton de la page de connexion.\n\n"
        "Vous n'avez rien demandé ? Ne faites rien.\n\n"
        "Ensemblier",
    )
