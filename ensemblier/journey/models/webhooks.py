"""Systems of organisations that are told when a relay of theirs moves."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models import Organisation


class WebhookSubscription(models.Model):
    """An address that an organisation wants called, with identifiers and states only. Its secret is not kept."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("structure")
    )
    url = models.URLField(_("adresse appelée"), max_length=400)
    created_at = models.DateTimeField(_("demandé le"))
    ended_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("système à prévenir")
        verbose_name_plural = _("systèmes à prévenir")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "url"], condition=Q(ended_at__isnull=True), name="webhook_once"
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def address(self) -> str:
        """Where its messages go: the fragment, never sent, makes the secret its own."""
        return f"{self.url}#{self.uid}"
