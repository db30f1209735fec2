"""Which systems are told when a relay of their organisation moves: by who manages its accounts, or on a terminal."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from ensemblier.accounts.actions.members import audit
from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation
from ensemblier.journey.models import WebhookSubscription
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.carriers.http import webhook_secret
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated


def subscribe(organisation_uid: UUID, url: str, *, at: datetime, by: Actor = SYSTEM) -> tuple[UUID, str]:
    """(identifier, secret to check signatures with); the secret can be said again, it is derived and never kept.

    Raises NotAllowed (only who manages the accounts), NotFound, BadInput (not https), RuleViolated (already told).
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.fragment:
        raise BadInput("L’adresse à appeler commence par https, sans « # ».", field="url")
    _check_manages(by)
    with acting(by):
        organisation = Organisation.objects.filter(uid=organisation_uid).first()
        if organisation is None or by.organisation_id not in (None, organisation.pk):
            raise NotFound("Cette structure n’existe pas.")
        try:
            with transaction.atomic():
                row = WebhookSubscription.objects.create(organisation=organisation, url=url, created_at=at)
        except IntegrityError as error:
            raise RuleViolated("Ce système est déjà prévenu à cette adresse.") from error
    audit(by, "webhook", row.pk, "subscribe", {})
    return row.uid, webhook_secret(settings.SECRET_KEY.encode(), row.address)


def unsubscribe(uid: UUID, *, at: datetime, by: Actor = SYSTEM) -> None:
    """Tell that system nothing more. Raises NotAllowed, NotFound."""
    _check_manages(by)
    with acting(by):
        row = WebhookSubscription.objects.filter(uid=uid, ended_at__isnull=True).first()
        if row is None or not WebhookSubscription.objects.filter(pk=row.pk).update(ended_at=at):
            raise NotFound("Aucun système n’est prévenu sous cet identifiant.")
        audit(by, "webhook", row.pk, "unsubscribe", {})


def _check_manages(by: Actor) -> None:
    if by is not SYSTEM and Role.ACCOUNT_MANAGER.value not in by.roles:
        raise NotAllowed("Seule la personne qui administre les comptes de la structure branche un système.")
