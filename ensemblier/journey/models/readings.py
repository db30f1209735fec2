"""Readings of a situation with the shared grid: optional, dated, never a score."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.journey.core.readings import Axis, Step
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Reading(models.Model):
    """One reading, on a day, with a version of the grid. Added only: a new look is a new reading."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings", verbose_name=_("personne"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("lue par"))
    grid_version = models.CharField(_("version de la grille"), max_length=10)
    read_on = models.DateField(_("lue le"))

    class Meta:
        verbose_name = _("lecture de la situation")
        verbose_name_plural = _("lectures de la situation")

    def __str__(self) -> str:
        return str(self.uid)


class ReadingStep(models.Model):
    """What was read on one axis; an axis without a row was not read."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="steps", verbose_name=_("lecture"))
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("personne"))
    axis = models.CharField(_("axe"), max_length=20, choices=choices_of(Axis))
    step = models.CharField(_("cran"), max_length=20, choices=choices_of(Step))
    words = models.CharField(_("précision"), max_length=300, blank=True)
    is_sensitive = models.BooleanField(_("sensible"), default=False)

    class Meta:
        verbose_name = _("axe d'une lecture")
        verbose_name_plural = _("axes d'une lecture")
        constraints = [
            models.UniqueConstraint(fields=["reading", "axis"], name="reading_axis_once"),
            closed_list("axis", Axis, name="reading_axis_known"),
            closed_list("step", Step, name="reading_step_known"),
            models.CheckConstraint(
                condition=~Q(axis="health") | Q(is_sensitive=True), name="reading_health_is_sensitive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.axis} {self.step}"
