"""Where a row comes from, and how fresh it is: every row of the directory carries both."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.kernel.orm.models import Dated


class Source(models.Model):
    """A publisher of data: a national directory, a Carif-Oref, a structure itself, the demonstration."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    url = models.URLField(_("adresse"), max_length=500, blank=True)
    publisher = models.CharField(_("producteur"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    mention = models.TextField(_("mention à reproduire"), blank=True)
    file_name = models.CharField(_("fichier"), max_length=300, blank=True)
    file_date = models.DateField(_("date du fichier"), null=True, blank=True)
    is_fictitious = models.BooleanField(_("fictive (démonstration)"), default=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class Sourced(Dated):
    """A dated row with its source, its freshness and its version (guard of concurrent edits)."""

    uid = models.UUIDField(_("identifiant public"), default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    source_url = models.URLField(_("fiche d'origine"), max_length=500, blank=True)
    source_updated_on = models.DateField(_("mise à jour par la source le"), null=True, blank=True)
    reviewed_on = models.DateField(_("relue le"), null=True, blank=True)
    review_every_months = models.PositiveSmallIntegerField(_("à relire tous les (mois)"), default=12)
    is_fictitious = models.BooleanField(_("fictive (démonstration)"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    class Meta:
        abstract = True
