"""Tokens of systems: an organisation lets one of its own programs read what concerns it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models.users import User
from ensemblier.directory.models import Organisation


class ApiToken(models.Model):
    """Known by its mark only, for some scopes, until a date; revoked at once by whoever manages the accounts."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    name = models.CharField(_("système"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("ce qu'il ouvre"))
    token_key = models.CharField(_("empreinte du jeton"), max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("fait par"))
    created_at = models.DateTimeField(_("fait le"))
    expires_at = models.DateTimeField(_("valable jusqu'au"))
    revoked_at = models.DateTimeField(_("retiré le"), null=True)
    last_used_at = models.DateTimeField(_("utilisé le"), null=True)

    class Meta:
        verbose_name = _("jeton d'un système")
        verbose_name_plural = _("jetons des systèmes")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_token_has_an_end"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(scopes=[]), name="api_token_named_for_something"),
        ]

    def __str__(self) -> str:
        return self.name
