"""Contracts and seasons of somebody with several activities."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.calendar import Certainty
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.routing.core.facts import Status


class Activity(models.Model):
    """A contract, a promise or a usual season. `ends_on`: last day worked; empty = no end known."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="activities", verbose_name=_("personne"))
    label = models.CharField(_("activité"), max_length=200)
    status = models.CharField(_("statut"), max_length=20, choices=choices_of(Status))
    certainty = models.CharField(_("certitude"), max_length=20, choices=choices_of(Certainty))
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    is_removed = models.BooleanField(_("retirée"), default=False)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="activity_named"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="activity_days"
            ),
            closed_list("status", Status, name="activity_status_known"),
            closed_list("certainty", Certainty, name="activity_certainty_known"),
        ]

    def __str__(self) -> str:
        return str(self.uid)
