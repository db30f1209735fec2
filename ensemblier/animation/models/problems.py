"""Federating problems ("bien commun local"): one sentence, partners, actions, and what changed, year after year."""

from django.db import models
from django.db.models import Q

from ensemblier.animation.core.kinds import ActionKind, Progress
from ensemblier.animation.models.bases import Head, Keyed, in_order
from ensemblier.animation.models.cells import Cell
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Problem(Head):
    """A problem that the actors of a territory make their own; a cell is not needed for that."""

    cell = models.ForeignKey(Cell, on_delete=models.SET_NULL, null=True, blank=True, related_name="problems")
    name = models.CharField(max_length=300)
    public = models.CharField(max_length=300)
    template = models.SlugField(max_length=60, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "problème partagé"
        verbose_name_plural = "problèmes partagés"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="problem_has_a_sentence"),
            in_order("started_on", "ended_on", name="problem_period"),
        ]

    def __str__(self) -> str:
        return self.name


class ProblemPartner(Keyed):
    """An organisation that acts on a problem, and its part."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=200, blank=True)
    is_pilot = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "partenaire d’un problème partagé"
        verbose_name_plural = "partenaires des problèmes partagés"
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "organisation", "since"], name="problem_partner_once", nulls_distinct=False
            ),
            in_order("since", "until", name="problem_partner_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.problem_id}"


class ProblemIndicator(Keyed):
    """What the members chose to count, and how."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="indicators")
    label = models.CharField(max_length=200)
    unit = models.CharField(max_length=60, blank=True)
    how = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "indicateur choisi"
        verbose_name_plural = "indicateurs choisis"
        constraints = [models.UniqueConstraint(fields=["problem", "label"], name="problem_indicator_once")]

    def __str__(self) -> str:
        return self.label


class IndicatorYear(Keyed):
    """A result of a year; `value` None: not known, which is said."""

    indicator = models.ForeignKey(ProblemIndicator, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "résultat d’une année"
        verbose_name_plural = "résultats par année"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="indicator_year_once"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="indicator_year_of_ours"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"


class ProblemAction(Keyed):
    """Something concrete that is done about a problem: by whom, by when, how far."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="actions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=choices_of(ActionKind))
    words = models.CharField(max_length=300)
    role = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    progress = models.CharField(max_length=10, choices=choices_of(Progress), default=Progress.PLANNED.value)

    class Meta:
        verbose_name = "action sur un problème partagé"
        verbose_name_plural = "actions sur les problèmes partagés"
        constraints = [
            closed_list("kind", ActionKind, name="problem_action_kind_known"),
            closed_list("progress", Progress, name="problem_action_progress_known"),
            in_order("since", "until", name="problem_action_period"),
        ]

    def __str__(self) -> str:
        return self.words
