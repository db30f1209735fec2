"""Open the account of a person: by an address she proved, or by an identity provider."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ensemblier.accounts.core.views import PersonAccountView
from ensemblier.accounts.models import PersonAccount, PersonIdentity
from ensemblier.accounts.queries.person_accounts import person_view
from ensemblier.kernel.errors import NotFound


def account_of_address(email: str, *, at: datetime, is_demonstration: bool = False) -> PersonAccountView:
    """The account of an address, made when it is new: it opens nothing before its holder proved it (`prove`)."""
    email = email.strip().lower()
    found = PersonAccount.objects.filter(email__iexact=email).first()
    if found is None:
        try:
            with transaction.atomic():
                found = PersonAccount.objects.create(email=email, created_at=at, is_demonstration=is_demonstration)
        except IntegrityError:  # the same address, proved twice at once
            found = PersonAccount.objects.get(email__iexact=email)
    return person_view(found)


def account_of_identity(issuer: str, subject: str, *, at: datetime) -> PersonAccountView:
    """The account of somebody whom a provider identified; made when it is the first time."""
    found = PersonIdentity.objects.select_related("account").filter(issuer=issuer, subject=subject).first()
    if found is None:
        try:
            with transaction.atomic():
                account = PersonAccount.objects.create(created_at=at, proved_at=at)
                found = PersonIdentity.objects.create(account=account, issuer=issuer, subject=subject, linked_at=at)
        except IntegrityError:
            found = PersonIdentity.objects.select_related("account").get(issuer=issuer, subject=subject)
    return person_view(found.account)


def prove(account_uid: UUID, *, at: datetime) -> PersonAccountView:
    """The holder of the address opened the link sent to it. Raises NotFound for an account that is closed or gone."""
    PersonAccount.objects.filter(uid=account_uid, proved_at__isnull=True).update(proved_at=at)
    found = PersonAccount.objects.filter(uid=account_uid, is_active=True).first()
    if found is None:
        raise NotFound("Cet espace n'est plus ouvert.")
    return person_view(found)
