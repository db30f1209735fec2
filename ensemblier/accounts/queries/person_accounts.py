"""Reads: the account of a person."""

from ensemblier.accounts.core.views import PersonAccountView
from ensemblier.accounts.models import PersonAccount


def person_view(account: PersonAccount) -> PersonAccountView:
    """A row as a value."""
    return PersonAccountView(
        id=account.pk,
        uid=account.uid,
        email=account.email,
        phone=account.phone,
        is_demonstration=account.is_demonstration,
    )


def open_person_account(account_id: int) -> PersonAccountView | None:
    """The account, while it is open and its holder proved her address or identity. One query."""
    found = PersonAccount.objects.filter(pk=account_id, is_active=True, proved_at__isnull=False).first()
    return None if found is None else person_view(found)
