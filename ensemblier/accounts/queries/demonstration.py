"""Reads: as whom the fictitious professionals of the demonstration act."""

from datetime import date

from ensemblier.accounts.core.demonstration import PEOPLE
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.accounts.queries.members import actor_for
from ensemblier.directory.core.demonstration.identifiers import uid_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound


def is_complete() -> bool:
    """Whether every account of the demonstration is open here: a new version may bring more."""
    emails = [person.email for person in PEOPLE]
    return User.objects.filter(email__in=emails, is_demonstration=True).count() == len(emails)


def demonstration_actor(email: str, organisation_key: str, *, on: date) -> Actor:
    """The professional of that address, acting for that organisation of the demonstration. Raises NotFound."""
    user = User.objects.filter(email=email, is_demonstration=True).first()
    if user is None:
        raise NotFound("Les comptes de la démonstration manquent : `ensemblier demo load` les ouvre.")
    return actor_for(user.pk, uid_of("organisation", organisation_key), on=on, label=user.name)


def demonstration_actor_for(organisation_key: str, *, on: date) -> Actor:
    """The first adviser of that organisation of the demonstration. Raises NotFound when it has none."""
    for person in PEOPLE:
        if (organisation_key, Role.ADVISER) in person.memberships:
            return demonstration_actor(person.email, organisation_key, on=on)
    raise NotFound(
        "La démonstration n’a pas de conseiller pour « %(organisation_key)s ».",
        values={"organisation_key": organisation_key},
    )
