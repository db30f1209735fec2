"""Repositories that are harvested, and how far."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models import Source


class HarvestedSource(models.Model):
    """A repository, what is asked of it, and the datestamp from which the next harvest goes on ("" = everything)."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source"))
    base_url = models.URLField(_("adresse OAI-PMH"), max_length=500)
    prefix = models.CharField(_("format demandé"), max_length=40)
    set_spec = models.CharField(_("ensemble"), max_length=200, blank=True)
    harvested_to = models.CharField(_("moissonné jusqu’à"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("entrepôt moissonné")
        verbose_name_plural = _("entrepôts moissonnés")
        constraints = [
            models.UniqueConstraint(fields=["base_url", "prefix", "set_spec"], name="harvestedsource_once"),
        ]

    def __str__(self) -> str:
        return self.base_url
