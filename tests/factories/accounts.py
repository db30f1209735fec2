"""The people of the tests: Awa has no account, Bruno and Chloé advise in two operators, Denis is outside."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.test import Client

from ensemblier.accounts.adapters.sessions import SessionStore
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.sessions import PERSON
from ensemblier.accounts.core.views import PersonAccountView
from ensemblier.accounts.models import Convention, Membership, PersonAccount, User
from ensemblier.accounts.queries.members import actor_for
from ensemblier.accounts.queries.person_accounts import person_view
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import ANONYMOUS, Actor

PASSWORD = "un mot de passe assez long"
AWA = ANONYMOUS


def make_user(name: str = "Bruno", **fields: Any) -> User:
    """A user whose address is made from the name, and whose password is PASSWORD."""
    email = fields.pop("email", f"{name.lower().replace('é', 'e').replace(' ', '.')}@exemple.fr")
    return User.objects.create_user(email, PASSWORD, name=name, **fields)


def make_convention(organisation: Organisation, *, signed_on: date = date(2015, 1, 1), **fields: Any) -> Convention:
    """The signed data convention of an organisation, without which nobody there opens a file."""
    names = {"version": "essai", "signed_by": "Camille", "signed_as": "directrice"}
    return Convention.objects.create(
        organisation=organisation, signed_on=signed_on, valid_from=signed_on, **(names | fields)
    )


def make_member(
    user: User, organisation: Organisation, *roles: Role, with_convention: bool = True, **fields: Any
) -> None:
    """Memberships of the user, one per role (adviser by default), in an organisation that has signed."""
    if with_convention and not Convention.objects.filter(organisation=organisation).exists():
        make_convention(organisation)
    for role in roles or (Role.ADVISER,):
        Membership.objects.create(user=user, organisation=organisation, role=role.value, **fields)


def make_person_account(email: str = "awa@exemple.fr", **fields: Any) -> PersonAccountView:
    """The account of a person who proved her address."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return person_view(PersonAccount.objects.create(email=email, created_at=at, proved_at=at, **fields))


def sign_in_person(client: Client, account: PersonAccountView) -> None:
    """The browser of a person who is in her own space; the professional's session of that browser stays as it is."""
    session = SessionStore()
    session[PERSON] = account.id
    session.create()
    client.cookies[settings.PERSON_COOKIE_NAME] = session.session_key or ""


def make_actor(name: str, organisation: Organisation | None, *roles: Role, on: date = date(2026, 11, 22)) -> Actor:
    """Somebody with an account who acts for an organisation (None: a signed-in outsider)."""
    user = make_user(name)
    if organisation is not None:
        make_member(user, organisation, *roles)
    return actor_for(user.pk, organisation.uid if organisation else None, on=on, label=name)
