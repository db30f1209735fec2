"""Reminders already sent: what makes each of them unique, whatever the number of workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.models.relays import Relay


class RelayReminder(models.Model):
    """A step of a state that was settled: said, or closed in silence after a stop (`is_said` false)."""

    relay = models.ForeignKey(Relay, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("relais"))
    version = models.PositiveIntegerField(_("version du relais"))
    step = models.CharField(_("étape"), max_length=40)
    is_said = models.BooleanField(_("dit"))
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("rappel envoyé")
        verbose_name_plural = _("rappels envoyés")
        constraints = [models.UniqueConstraint(fields=["relay", "version", "step"], name="relay_reminder_once")]

    def __str__(self) -> str:
        return f"{self.relay_id} {self.version} {self.step}"
