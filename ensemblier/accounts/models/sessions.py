"""Sessions, with whose they are: so that they can be listed, ended, and never belong to two kinds of people."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models.persons import PersonAccount
from ensemblier.accounts.models.users import User


class Session(AbstractBaseSession):
    """A browser that signed in, or is about to. `expire_date` moves with use, never beyond twelve hours."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("utilisateur")
    )
    person_account = models.ForeignKey(
        PersonAccount, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("personne")
    )
    started_at = models.DateTimeField(_("ouverte le"))
    last_seen_at = models.DateTimeField(_("vue le"))
    device = models.CharField(_("appareil"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(person_account__isnull=True), name="session_of_one_kind"
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Django asks for it to decode a row."""
        return import_module(settings.SESSION_ENGINE).SessionStore  # the store knows this table, not the reverse
