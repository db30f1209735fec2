"""Figures of places and the travel-time matrix."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.territory.core.kinds import ZoneKind


class Variable(models.Model):
    """What a figure counts: code, French label, unit."""

    code = models.CharField(_("code"), primary_key=True, max_length=80)
    label = models.CharField(_("libellé"), max_length=200)
    unit = models.CharField(_("unité"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("variable")
        verbose_name_plural = _("variables")

    def __str__(self) -> str:
        return self.label


class Figure(models.Model):
    """zone × variable × period × value, with its source, its method and its date. No row means not known.

    `period` is text that sorts: "2021", "2024-T3", "2024-07".
    """

    kind = models.CharField(_("zonage"), max_length=30, choices=choices_of(ZoneKind))
    code = models.CharField(_("zone"), max_length=40)
    variable = models.ForeignKey(Variable, verbose_name=_("variable"), on_delete=models.PROTECT, related_name="figures")
    period = models.CharField(_("période"), max_length=20)
    value = models.FloatField(_("valeur"))
    source = models.CharField(_("source"), max_length=200)
    method = models.CharField(_("méthode"), max_length=200, blank=True)
    published_on = models.DateField(_("publié le"), null=True)

    class Meta:
        verbose_name = _("chiffre")
        verbose_name_plural = _("chiffres")
        constraints = [
            closed_list("kind", ZoneKind, name="figure_kind_known"),
            models.UniqueConstraint(fields=["kind", "code", "variable", "period", "source"], name="figure_once"),
            # NaN is greater than every number for PostgreSQL: an upper bound refuses it together with infinity
            models.CheckConstraint(name="figure_finite", condition=Q(value__gt=-1e300, value__lt=1e300)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code} {self.variable_id} {self.period}"


class TravelTime(models.Model):
    """Imported car travel time between two communes, one way, in minutes."""

    origin = models.ForeignKey("territory.Commune", on_delete=models.CASCADE, related_name="+")
    destination = models.ForeignKey("territory.Commune", on_delete=models.CASCADE, related_name="+", db_index=False)
    minutes = models.FloatField(_("minutes"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("durée de trajet")
        verbose_name_plural = _("durées de trajet")
        constraints = [
            models.UniqueConstraint(fields=["origin", "destination"], name="traveltime_once"),
            models.CheckConstraint(name="traveltime_minutes", condition=Q(minutes__gte=0, minutes__lt=1e5)),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.destination_id}"
