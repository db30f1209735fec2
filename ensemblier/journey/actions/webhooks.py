"""Which systems are told when a relay of their organisation moves: said on a terminal, by who runs the platform."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from ensemblier.directory.models import Organisation
from ensemblier.journey.models import WebhookSubscription
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.carriers.http import webhook_secret
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated


def subscribe(organisation_uid: UUID, url: str, *, at: datetime) -> tuple[UUID, str]:
    """(identifier, secret to check signatures with); the secret can be said again, it is derived and never kept.

    Raises NotFound, BadInput (not https), RuleViolated (already told).
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.fragment:
        raise BadInput("L’adresse à appeler commence par https, sans « # ».", field="url")
    with acting(SYSTEM):
        organisation = Organisation.objects.filter(uid=organisation_uid).first()
        if organisation is None:
            raise NotFound("Cette structure n’existe pas.")
        try:
            with transaction.atomic():
                row = WebhookSubscription.objects.create(organisation=organisation, url=url, created_at=at)
        except IntegrityError as error:
            raise RuleViolated("Ce système est déjà prévenu à cette adresse.") from error
    return row.uid, webhook_secret(settings.SECRET_KEY.encode(), row.address)


def unsubscribe(uid: UUID, *, at: datetime) -> None:
    """Tell that system nothing more. Raises NotFound."""
    with acting(SYSTEM):
        if not WebhookSubscription.objects.filter(uid=uid, ended_at__isnull=True).update(ended_at=at):
            raise NotFound("Aucun système n’est prévenu sous cet identifiant.")
