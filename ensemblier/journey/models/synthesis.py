"""The syntheses of a file."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core import synthesis as core
from ensemblier.journey.models.persons import Person


class Synthesis(models.Model):
    """One numbered synthesis. Written as a draft, then proposed: from that day it never changes, the next one does."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="syntheses", verbose_name=_("personne"))
    number = models.PositiveIntegerField(_("numéro"))
    dated = models.DateField(_("datée du"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("écrite par"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("pour"))
    person_name = models.CharField(_("nom de la personne"), max_length=201)
    adviser_name = models.CharField(_("nom du conseiller"), max_length=200)
    organisation_name = models.CharField(_("nom de la structure"), max_length=255)
    texts = models.JSONField(_("parties"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=0)
    proposed_at = models.DateTimeField(_("proposée le"), null=True, blank=True)
    text_hash = models.CharField(_("empreinte du texte"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("synthèse")
        verbose_name_plural = _("synthèses")
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="synthesis_number"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(proposed_at__isnull=True), name="synthesis_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=True, text_hash="")
                | Q(proposed_at__isnull=False, text_hash__regex=r"^[0-9a-f]{64}$"),
                name="synthesis_hash_once_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} n° {self.number}"

    @property
    def value(self) -> core.Edition:
        """The row as the core reads it."""
        return core.Edition(
            number=self.number,
            dated=self.dated,
            person_name=self.person_name,
            adviser_name=self.adviser_name,
            organisation_name=self.organisation_name,
            texts={section: str(self.texts.get(section.value, "")) for section in core.Section},
        )
