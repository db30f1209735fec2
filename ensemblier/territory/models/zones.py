"""Zones made of communes: official zonings, and dated perimeters that somebody holds."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.orm.models import Dated
from ensemblier.territory.core.kinds import PerimeterPurpose, ZoneKind


class Zone(models.Model):
    """A zone of an official zoning. Its key is "kind:code", so that a table can be loaded without looking it up."""

    key = models.CharField(_("clé"), primary_key=True, max_length=40)
    kind = models.CharField(_("zonage"), max_length=30, choices=choices_of(ZoneKind))
    code = models.CharField(_("code"), max_length=12)
    name = models.CharField(_("nom"), max_length=160)
    sort_key = models.CharField(_("clé de tri"), max_length=160)
    parent = models.ForeignKey("self", verbose_name=_("dans"), null=True, on_delete=models.PROTECT, related_name="+")
    vintage = models.CharField(_("millésime"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        constraints = [
            closed_list("kind", ZoneKind, name="zone_kind_known"),
            models.UniqueConstraint(fields=["kind", "code"], name="zone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


class ZoneMember(models.Model):
    """A commune of a zone whose kind has no column on the commune (EPT, aires d'attraction, cantons…)."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="members")
    commune = models.ForeignKey("territory.Commune", on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        verbose_name = _("commune d'une zone")
        verbose_name_plural = _("communes des zones")
        constraints = [models.UniqueConstraint(fields=["zone", "commune"], name="zonemember_once")]

    def __str__(self) -> str:
        return f"{self.commune_id} ∈ {self.zone_id}"


class Perimeter(Dated):
    """A dated set of communes with a holder and a purpose: an operator's zone, a cell, a convention.

    `holder_uid` is the public identifier of an organisation of the floor above, kept as a value (no foreign key up).
    """

    uid = models.UUIDField(_("identifiant public"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    holder_label = models.CharField(_("porteur"), max_length=200)
    holder_uid = models.UUIDField(_("structure porteuse"), null=True, blank=True)
    purpose = models.CharField(_("objet"), max_length=20, choices=choices_of(PerimeterPurpose))
    communes = models.ManyToManyField(
        "territory.Commune",
        verbose_name=_("communes"),
        related_name="perimeters",
        db_table="territory_perimeter_commune",
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("périmètre")
        verbose_name_plural = _("périmètres")
        constraints = [
            closed_list("purpose", PerimeterPurpose, name="perimeter_purpose_known"),
            models.UniqueConstraint(
                fields=["name", "holder_label", "purpose", "valid_from"], name="perimeter_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="perimeter_period",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """The imported outline of a place, simplified for maps: GeoJSON coordinates of a MultiPolygon."""

    kind = models.CharField(_("zonage"), max_length=30, choices=choices_of(ZoneKind))
    code = models.CharField(_("code"), max_length=12)
    polygons = models.JSONField(_("polygones"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contour")
        verbose_name_plural = _("contours")
        constraints = [
            closed_list("kind", ZoneKind, name="outline_kind_known"),
            models.UniqueConstraint(fields=["kind", "code"], name="outline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"
