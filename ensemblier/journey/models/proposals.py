"""What follows a relay that was not taken up, and what two people say of one that was a mistake."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.proposals import Sequel
from ensemblier.journey.models.relays import Relay
from ensemblier.kernel.orm.choices import choices_of, closed_list


class RelaySequel(models.Model):
    """What the source decided after a relay that was declined, failed or got no answer. One word ends the waiting."""

    relay = models.OneToOneField(Relay, on_delete=models.CASCADE, related_name="sequel", verbose_name=_("relais"))
    decision = models.CharField(_("décision"), max_length=20, choices=choices_of(Sequel))
    words = models.CharField(_("précision"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("décidé par"))
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("suite donnée à un relais")
        verbose_name_plural = _("suites données aux relais")
        constraints = [closed_list("decision", Sequel, name="relay_sequel_decision")]

    def __str__(self) -> str:
        return f"{self.relay_id} {self.decision}"


class RelayErrorReport(models.Model):
    """Somebody says that a relay concerns the wrong person: an administrator, who is somebody else, confirms it."""

    relay = models.OneToOneField(Relay, on_delete=models.CASCADE, related_name="error_report", verbose_name=_("relais"))
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("signalé par"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("pour la structure")
    )
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("relais signalé comme une erreur")
        verbose_name_plural = _("relais signalés comme des erreurs")

    def __str__(self) -> str:
        return str(self.relay_id)
