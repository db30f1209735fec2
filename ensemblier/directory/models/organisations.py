"""Organisations (structures) and where they may act."""

from django.db import models
from django.db.models import F, Func, GeneratedField, Q, TextField
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models.sources import Sourced


class SearchKey(Func):
    """Lower case, no accents, anything else than letters and digits as one space: `public.directory_key`."""

    function = "public.directory_key"
    output_field = TextField()


def call_key(*fields: str) -> GeneratedField:
    """A space, then the search keys of the fields: `call_key LIKE '% log%'` finds a beginning of word."""
    function = Func(*[F(f) for f in fields], function="public.directory_call_key", output_field=TextField())
    return GeneratedField(expression=function, output_field=TextField(), db_persist=True)


class Organisation(Sourced):
    """A structure: operator, partner, chamber, association… Its public identifier is `uid`."""

    name = models.CharField(_("nom"), max_length=255)
    sort_key = GeneratedField(expression=SearchKey(F("name")), output_field=TextField(), db_persist=True)
    acronym = models.CharField(_("sigle"), max_length=40, blank=True)
    call_key = call_key("name", "acronym")
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    siret = models.CharField(_("SIRET du siège"), max_length=14, blank=True)
    description = models.TextField(_("présentation"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    website = models.URLField(_("site internet"), max_length=500, blank=True)
    maintainer = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="maintained",
        verbose_name=_("fiche tenue aussi par"),
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("doublon de")
    )

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(condition=Q(siren="") | Q(siren__regex=r"^\d{9}$"), name="organisation_siren_form"),
            models.CheckConstraint(condition=Q(siret="") | Q(siret__regex=r"^\d{14}$"), name="organisation_siret_form"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="organisation_period",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="organisation_sort"),
            models.Index(fields=["siren"], name="organisation_siren", condition=~Q(siren="")),
        ]

    def __str__(self) -> str:
        return self.name
