"""Reads: the systems that an organisation wants told, and the secret that checks what they receive."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.models import WebhookSubscription
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.carriers.http import webhook_secret
from ensemblier.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class WebhookView:
    """A system told by a signed call. `secret` is derived, never kept: it can be said again."""

    uid: UUID
    url: str
    created_at: datetime
    secret: str


def webhooks_of(*, actor: Actor) -> tuple[WebhookView, ...]:
    """The systems told now, latest first. One query. Raises NotAllowed: only who manages the accounts."""
    if Role.ACCOUNT_MANAGER.value not in actor.roles:
        raise NotAllowed("Seule la personne qui administre les comptes de la structure voit ses systèmes.")
    with acting(actor):
        rows = WebhookSubscription.objects.filter(organisation_id=actor.organisation_id or 0, ended_at__isnull=True)
        return tuple(
            WebhookView(row.uid, row.url, row.created_at, webhook_secret(settings.SECRET_KEY.encode(), row.address))
            for row in rows.order_by("-created_at", "-pk")
        )
