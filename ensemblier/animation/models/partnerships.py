"""Conventions between organisations, experiments, the professionalisation catalogue, the timeline of a territory."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ensemblier.animation.core.kinds import Axis, Precision, TimelineKind
from ensemblier.animation.models.bases import Head, Keyed, in_order
from ensemblier.animation.models.cells import Cell
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.routing.models import Agreement


class Partnership(Head):
    """A convention between organisations. An aiguillage agreement is the `Agreement` of routing, linked here."""

    cell = models.ForeignKey(Cell, on_delete=models.SET_NULL, null=True, blank=True, related_name="partnerships")
    name = models.CharField(max_length=200)
    axes = ArrayField(models.CharField(max_length=20, choices=choices_of(Axis)))
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "convention de partenariat"
        verbose_name_plural = "conventions de partenariat"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="partnership_has_a_name"),
            models.CheckConstraint(
                condition=Q(axes__contained_by=[axis.value for axis in Axis]) & ~Q(axes=[]),
                name="partnership_axes_known",
            ),
            in_order("started_on", "ended_on", name="partnership_period"),
        ]

    def __str__(self) -> str:
        return self.name


class PartnershipParty(Keyed):
    """An organisation that is party to a convention."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "partie à une convention"
        verbose_name_plural = "parties aux conventions"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "organisation"], name="partnership_party_once"),
            in_order("since", "until", name="partnership_party_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.partnership_id}"


class Experiment(Head):
    """Something tried for a time: a question, a start, an end, and what was learnt."""

    cell = models.ForeignKey(Cell, on_delete=models.SET_NULL, null=True, blank=True, related_name="experiments")
    name = models.CharField(max_length=200)
    question = models.TextField(max_length=2000)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    evaluation = models.TextField(max_length=10000, blank=True)

    class Meta:
        verbose_name = "expérimentation"
        verbose_name_plural = "expérimentations"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="experiment_has_a_name"),
            in_order("started_on", "ended_on", name="experiment_period"),
        ]

    def __str__(self) -> str:
        return self.name


class Course(Head):
    """A line of the professionalisation catalogue (Carif-Oref and others); its sessions are events."""

    cell = models.ForeignKey(Cell, on_delete=models.SET_NULL, null=True, blank=True, related_name="courses")
    name = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    summary = models.TextField(max_length=4000, blank=True)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        verbose_name = "formation du catalogue"
        verbose_name_plural = "formations du catalogue"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="course_has_a_name")]

    def __str__(self) -> str:
        return self.name


class TimelineEntry(Head):
    """A turn in the life of a territory, with its source. Two sources that disagree are two entries."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=choices_of(TimelineKind))
    happened_on = models.DateField()
    precision = models.CharField(max_length=10, choices=choices_of(Precision), default=Precision.DAY.value)
    source = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        verbose_name = "repère de la frise"
        verbose_name_plural = "repères de la frise"
        constraints = [
            closed_list("kind", TimelineKind, name="timeline_kind_known"),
            closed_list("precision", Precision, name="timeline_precision_known"),
            models.CheckConstraint(condition=~Q(source=""), name="timeline_has_a_source"),
        ]
        indexes = [models.Index(fields=["happened_on"], name="timeline_day")]

    def __str__(self) -> str:
        return self.name


class DecisionHolder(Head):
    """Who decides what here: a subject, the organisation that decides, in words, with a source."""

    subject = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decider = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "qui décide quoi"
        verbose_name_plural = "qui décide quoi"
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(decider=""), name="decision_holder_is_named"
            )
        ]

    def __str__(self) -> str:
        return self.subject
