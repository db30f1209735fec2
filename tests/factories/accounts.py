"""The people of the tests: Awa has no account, Bruno and Chloé advise in two operators, Denis is outside."""

from datetime import date
from typing import Any

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership, User
from ensemblier.accounts.queries.members import actor_for
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import ANONYMOUS, Actor

PASSWORD = "un mot de passe assez long"
AWA = ANONYMOUS


def make_user(name: str = "Bruno", **fields: Any) -> User:
    """A user whose address is made from the name, and whose password is PASSWORD."""
    email = fields.pop("email", f"{name.lower().replace('é', 'e').replace(' ', '.')}@exemple.fr")
    return User.objects.create_user(email, PASSWORD, name=name, **fields)


def make_member(user: User, organisation: Organisation, *roles: Role, **fields: Any) -> None:
    """Memberships of the user, one per role (adviser by default)."""
    for role in roles or (Role.ADVISER,):
        Membership.objects.create(user=user, organisation=organisation, role=role.value, **fields)


def make_actor(name: str, organisation: Organisation | None, *roles: Role, on: date = date(2026, 11, 22)) -> Actor:
    """Somebody with an account who acts for an organisation (None: a signed-in outsider)."""
    user = make_user(name)
    if organisation is not None:
        make_member(user, organisation, *roles)
    return actor_for(user.pk, organisation.uid if organisation else None, on=on, label=name)
