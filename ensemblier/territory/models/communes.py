"""Communes of the current code officiel géographique, their names and their history."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.orm.models import Dated
from ensemblier.territory.core.kinds import ChangeKind, NameKind
from ensemblier.territory.models.zones import Zone


class Commune(models.Model):
    """A commune of the current code officiel géographique, or an arrondissement municipal (`parent` set).

    `lat`, `lon` in degrees (WGS 84); `is_estimated` when they were deduced from neighbours, never measured.
    """

    code = models.CharField(_("code Insee"), primary_key=True, max_length=5)
    name = models.CharField(_("nom"), max_length=120)
    sort_key = models.CharField(_("clé de tri"), max_length=120, db_index=True)
    search_key = models.CharField(_("clé de recherche"), max_length=120)
    postcodes = ArrayField(models.CharField(max_length=5), verbose_name=_("codes postaux"), default=list, blank=True)
    population = models.PositiveIntegerField(_("population municipale"), null=True)
    lat = models.FloatField(_("latitude"), null=True)
    lon = models.FloatField(_("longitude"), null=True)
    is_estimated = models.BooleanField(_("position estimée"), default=False)
    position_source = models.CharField(_("source de la position"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("commune"), null=True, on_delete=models.CASCADE, related_name="arrondissements"
    )
    departement = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    arrondissement = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    epci = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    zone_emploi = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    bassin_vie = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        indexes = [
            GinIndex(fields=["postcodes"], name="commune_postcodes", fastupdate=False),
            models.Index(fields=["lat", "lon"], name="commune_position"),
        ]
        constraints = [
            models.CheckConstraint(
                name="commune_point_whole",
                condition=Q(lat__isnull=True, lon__isnull=True)
                # an unknown half makes the comparison unknown, which a check lets pass
                | Q(lat__isnull=False, lon__isnull=False, lat__range=(-90, 90), lon__range=(-180, 180)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class PlaceName(models.Model):
    """A name under which a commune is looked for: its own, that of a former commune, of an arrondissement."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("nom"), max_length=120)
    search_key = models.CharField(_("clé de recherche"), max_length=120)
    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(NameKind))
    departement_code = models.CharField(_("département"), max_length=3)
    weight = models.PositiveIntegerField(_("population, pour l'ordre"), default=0)

    class Meta:
        verbose_name = _("nom de commune")
        verbose_name_plural = _("noms de communes")
        indexes = [
            models.Index(OpClass(F("search_key"), "text_pattern_ops"), name="placename_prefix"),
            GinIndex(OpClass(F("search_key"), "gin_trgm_ops"), name="placename_trigrams", fastupdate=False),
            models.Index(fields=["departement_code", "-weight"], name="placename_departement"),
        ]
        constraints = [
            closed_list("kind", NameKind, name="place_name_kind_known"),
            models.UniqueConstraint(fields=["commune", "name", "kind"], name="placename_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CommuneChange(Dated):
    """While the row holds, `old_code` is not a commune of its own: it leads to `new_code`.

    An empty `valid_from` means "since before the source began"; a restored commune closes the row (`valid_to`).
    """

    old_code = models.CharField(_("ancien code"), max_length=5, db_index=True)
    new_code = models.CharField(_("nouveau code"), max_length=5)
    old_name = models.CharField(_("ancien nom"), max_length=120, blank=True)
    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(ChangeKind))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("changement de commune")
        verbose_name_plural = _("changements de communes")
        constraints = [
            closed_list("kind", ChangeKind, name="commune_change_kind_known"),
            models.UniqueConstraint(
                fields=["old_code", "new_code", "valid_from"], name="communechange_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="communechange_moves", condition=~Q(old_code=F("new_code"))),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"
