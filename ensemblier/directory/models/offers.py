"""Offers: what a site proposes, to whom, how ("service" in the words of data·inclusion)."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, GeneratedField, Q, TextField
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models.organisations import Organisation, SearchKey, call_key
from ensemblier.directory.models.sites import Site
from ensemblier.directory.models.sources import Sourced

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _codes(label: "str | StrPromise") -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=80), verbose_name=label, default=list, blank=True)


class Offer(Sourced):
    """Something an organisation proposes, at a site or at a distance.

    Empty `publics` means everybody; the column `is_remote_only`, only read by `directory.sql`, is generated.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="offers", verbose_name=_("structure")
    )
    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, null=True, blank=True, related_name="offers", verbose_name=_("lieu")
    )
    name = models.CharField(_("nom"), max_length=255)
    sort_key = GeneratedField(expression=SearchKey(F("name")), output_field=TextField(), db_persist=True)
    call_key = call_key("name", "kind", "needs")
    description = models.TextField(_("présentation"), blank=True)
    kind = models.CharField(_("type"), max_length=60, blank=True)
    is_cep = models.BooleanField(_("conseil en évolution professionnelle (gratuit de droit)"), default=False)
    publics = _codes(_("publics"))
    needs = _codes(_("besoins (thématiques)"))
    publics_note = models.TextField(_("précisions sur les publics"), blank=True)
    modes = _codes(_("modes d'accueil"))
    mobilisation = _codes(_("modes de mobilisation"))
    mobilisable_by = _codes(_("mobilisable par"))
    languages = _codes(_("langues"))
    conditions = models.TextField(_("conditions d'accès"), blank=True)
    mobilisation_note = models.TextField(_("précisions sur la mobilisation"), blank=True)
    mobilisation_url = models.URLField(_("lien de mobilisation"), max_length=500, blank=True)
    fee = models.CharField(_("frais"), max_length=40, blank=True)
    fee_note = models.TextField(_("précisions sur les frais"), blank=True)
    accessibility = models.CharField(_("accessibilité"), max_length=500, blank=True)
    eligibility_zones = _codes(_("zone d'éligibilité (codes)"))
    contact_name = models.CharField(_("nom du contact"), max_length=200, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    hours_osm = models.TextField(_("horaires (syntaxe OpenStreetMap)"), blank=True)
    weekly_hours = models.FloatField(_("heures par semaine"), null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(_("nombre de semaines"), null=True, blank=True)
    first_appointment_days = models.PositiveSmallIntegerField(
        _("délai d'un premier rendez-vous (jours)"), null=True, blank=True
    )
    first_appointment_on = models.DateField(_("délai déclaré le"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("doublon de")
    )

    class Meta:
        verbose_name = _("offre")
        verbose_name_plural = _("offres")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="offer_has_a_name"),
            # L6111-6: the CEP is free.
            models.CheckConstraint(condition=Q(is_cep=False) | Q(fee__in=["", "gratuit"]), name="offer_cep_is_free"),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="offer_sort"),
            GinIndex(fields=["publics"], name="offer_publics"),
            GinIndex(fields=["needs"], name="offer_needs"),
        ]

    def __str__(self) -> str:
        return self.name
