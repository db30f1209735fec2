"""What the coverage audit tells the coordinator of a territory."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.routing.core.states import AlertKind


class CoverageAlert(models.Model):
    """A gap, an overlap or an operator without permanence in a zone, from the day it is seen until closed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    zone_kind = models.CharField(_("maille"), max_length=30)
    zone_code = models.CharField(_("code"), max_length=20)
    zone_name = models.CharField(_("territoire"), max_length=200)
    operator = models.CharField(_("opérateur"), max_length=30, choices=choices_of(Operator))
    kind = models.CharField(_("constat"), max_length=20, choices=choices_of(AlertKind))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    communes = models.PositiveIntegerField(_("communes concernées"))
    population = models.PositiveBigIntegerField(_("habitants concernés"), null=True)
    commune_codes = models.JSONField(_("codes des communes"), default=list)
    seen_on = models.DateField(_("constaté le"))
    last_seen_on = models.DateField(_("encore vrai le"))
    closed_on = models.DateField(_("résolu le"), null=True, blank=True)

    class Meta:
        verbose_name = _("alerte de couverture")
        verbose_name_plural = _("alertes de couverture")
        constraints = [
            closed_list("kind", AlertKind, name="coverage_alert_kind_known"),
            closed_list("operator", Operator, name="coverage_alert_operator_known"),
            models.UniqueConstraint(
                fields=["zone_kind", "zone_code", "operator", "kind"],
                condition=Q(closed_on__isnull=True),
                name="coverage_alert_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone_name}: {self.operator} {self.kind}"
