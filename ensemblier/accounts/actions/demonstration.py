"""Open and close the accounts of the demonstration."""

from django.db import transaction

from ensemblier.accounts.core.demonstration import PEOPLE
from ensemblier.accounts.models import Membership, User
from ensemblier.directory.core.demonstration.identifiers import uid_of
from ensemblier.directory.models import Organisation
from ensemblier.kernel.errors import RuleViolated


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
    for person in PEOPLE:
        user = User.objects.filter(email__iexact=person.email).first()
        if user is None:
            user = User.objects.create_user(person.email, password, name=person.name, is_demonstration=True)
        elif not user.is_demonstration:
            raise RuleViolated(
                f"Le compte {person.email} existe et n'est pas de démonstration : il est laissé tel quel."
            )
        elif not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        for key, role in person.memberships:
            Membership.objects.get_or_create(user=user, organisation=rows[uids[key]], role=role.value)
    return len(PEOPLE)


@transaction.atomic
def close_demonstration_accounts() -> int:
    """Takes away the accounts of the demonstration and their memberships; returns how many accounts went."""
    Membership.objects.filter(user__is_demonstration=True).delete()
    return User.objects.filter(is_demonstration=True).delete()[1].get("accounts.User", 0)
