"""Open and close the accounts of the demonstration."""

from datetime import date

from django.db import transaction

from ensemblier.accounts.core.conventions import VERSION
from ensemblier.accounts.core.demonstration import PEOPLE
from ensemblier.accounts.models import Convention, Invitation, MemberAbsence, Membership, PersonAccount, User
from ensemblier.directory.core.demonstration.identifiers import uid_of
from ensemblier.directory.models import Organisation
from ensemblier.kernel.errors import RuleViolated

SIGNED_ON = date(2026, 1, 5)


@transaction.atomic
def open_demonstration_accounts(*, password: str) -> int:
    """Every account of `PEOPLE` exists, opens with `password` and has its memberships; returns how many.

    The demonstration's organisations must be there. Raises RuleViolated rather than touch somebody's real account.
    """
    keys = {key for person in PEOPLE for key, _ in person.memberships}
    uids = {key: uid_of("organisation", key) for key in keys}
    rows = {row.uid: row for row in Organisation.objects.filter(uid__in=uids.values())}
    if len(rows) < len(keys):
        raise RuleViolated("Les structures de la démonstration manquent : `ensemblier demo load` les charge d'abord.")
    for row in rows.values():
        _sign_demonstration(row)
    for person in PEOPLE:
        user = User.objects.filter(email__iexact=person.email).first()
        if user is None:
            user = User.objects.create_user(person.email, password, name=person.name, is_demonstration=True)
        elif not user.is_demonstration:
            raise RuleViolated(
                "Le compte %(email)s existe et n'est pas de démonstration : il est laissé tel quel.",
                values={"email": person.email},
            )
        elif not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        for key, role in person.memberships:
            Membership.objects.get_or_create(user=user, organisation=rows[uids[key]], role=role.value)
    return len(PEOPLE)


def _sign_demonstration(organisation: Organisation) -> None:
    """The convention of a fictitious organisation, so that its fictitious professionals open fictitious files."""
    if not Convention.objects.filter(organisation=organisation).exists():
        Convention.objects.create(
            organisation=organisation, version=VERSION, signed_on=SIGNED_ON, valid_from=SIGNED_ON,
            signed_by="Camille Exemple (fictif)", signed_as="direction",
        )  # fmt: skip


@transaction.atomic
def close_demonstration_accounts() -> int:
    """Takes away the accounts of the demonstration, memberships and conventions; returns how many accounts went."""
    PersonAccount.objects.filter(is_demonstration=True).delete()
    for table in (Invitation, MemberAbsence, Convention):
        table._default_manager.filter(organisation__is_fictitious=True).delete()
    Membership.objects.filter(user__is_demonstration=True).delete()
    return User.objects.filter(is_demonstration=True).delete()[1].get("accounts.User", 0)
