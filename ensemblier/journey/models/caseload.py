"""The number under which an organisation's own system knows a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.models.persons import Person


class OwnNumber(models.Model):
    """Given back in the return export, so that nobody types anything twice. Never a NIR."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="own_number", verbose_name=_("dossier")
    )
    number = models.CharField(_("numéro dans l'outil de la structure"), max_length=80)

    class Meta:
        verbose_name = _("numéro d'un autre outil")
        verbose_name_plural = _("numéros d'autres outils")

    def __str__(self) -> str:
        return self.number
