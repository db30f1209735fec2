"""When an operator sent its indicators up: what the six months of R. 6111-5 are counted from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models import Organisation


class IndicatorTransmission(models.Model):
    """One export of the socle, for a month: how many lines, under which version. No content."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    month = models.DateField(_("mois exporté"))
    version = models.CharField(_("version du socle"), max_length=40)
    lines = models.PositiveIntegerField(_("lignes"))
    sha256 = models.CharField(_("empreinte du fichier"), max_length=64)
    sent_at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("envoi d'indicateurs")
        verbose_name_plural = _("envois d'indicateurs")
        indexes = [models.Index(fields=["organisation", "-sent_at"], name="indicators_sent")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.month:%Y-%m}"
