"""Tables of the ground: communes, their history, zones and perimeters."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Commune(models.Model):
    """A commune of the current code officiel géographique, or an arrondissement municipal (`parent` set)."""

    code = models.CharField(_("code Insee"), primary_key=True, max_length=5)
    name = models.CharField(_("nom"), max_length=120)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
