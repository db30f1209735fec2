"""What a training costs and who is asked to pay."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core import financing as core
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.plan import PlanStep
from ensemblier.kernel.orm.choices import choices_of, closed_list


class TrainingProject(models.Model):
    """A training that somebody prepares: its name, how long it lasts, when it starts if that is known."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trainings", verbose_name=_("personne"))
    step = models.ForeignKey(
        PlanStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("étape du plan")
    )
    title = models.CharField(_("formation"), max_length=200)
    provider = models.CharField(_("organisme"), max_length=200, blank=True)
    starts_on = models.DateField(_("commence le"), null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(_("durée en semaines"), null=True, blank=True)
    is_given_up = models.BooleanField(_("abandonnée"), default=False)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("projet de formation")
        verbose_name_plural = _("projets de formation")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="training_named"),
            models.CheckConstraint(
                condition=Q(weeks__isnull=True) | Q(weeks__gte=1, weeks__lte=200), name="training_weeks"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class CostLine(models.Model):
    """One expense of a training. An empty amount is not known yet."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    training = models.ForeignKey(
        TrainingProject, on_delete=models.PROTECT, related_name="costs", verbose_name=_("formation")
    )
    kind = models.CharField(_("dépense"), max_length=20, choices=choices_of(core.CostKind))
    label = models.CharField(_("précision"), max_length=200, blank=True)
    cents = models.PositiveIntegerField(_("montant en centimes"), null=True, blank=True)
    is_removed = models.BooleanField(_("retirée"), default=False)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("dépense d'une formation")
        verbose_name_plural = _("dépenses d'une formation")
        constraints = [
            closed_list("kind", core.CostKind, name="cost_line_kind_known"),
            models.CheckConstraint(
                condition=Q(cents__isnull=True) | Q(cents__lte=core.MAX_CENTS), name="cost_line_amount"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def value(self) -> core.Cost:
        """The row as the core reads it."""
        return core.Cost(self.label, core.CostKind(self.kind), self.cents)


class FundingLine(models.Model):
    """One request to one funder. A refusal stays."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    training = models.ForeignKey(
        TrainingProject, on_delete=models.PROTECT, related_name="fundings", verbose_name=_("formation")
    )
    funder = models.CharField(_("financeur"), max_length=20, choices=choices_of(core.Funder))
    name = models.CharField(_("précision"), max_length=200, blank=True)
    state = models.CharField(_("réponse"), max_length=20, choices=choices_of(core.FundingState))
    cents = models.PositiveIntegerField(_("montant en centimes"), null=True, blank=True)
    ask_by = models.DateField(_("à demander avant le"), null=True, blank=True)
    answer_by = models.DateField(_("réponse attendue le"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_removed = models.BooleanField(_("retirée"), default=False)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("demande de financement")
        verbose_name_plural = _("demandes de financement")
        indexes = [models.Index(fields=["state", "answer_by"], name="funding_line_due")]
        constraints = [
            closed_list("funder", core.Funder, name="funding_line_funder_known"),
            closed_list("state", core.FundingState, name="funding_line_state_known"),
            models.CheckConstraint(
                condition=Q(cents__isnull=True) | Q(cents__lte=core.MAX_CENTS), name="funding_line_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state="obtained") | Q(cents__isnull=False), name="funding_line_obtained_amount"
            ),
            models.CheckConstraint(
                condition=Q(ask_by__isnull=True) | Q(answer_by__isnull=True) | Q(answer_by__gte=F("ask_by")),
                name="funding_line_days",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def value(self) -> core.Funding:
        """The row as the core reads it."""
        return core.Funding(
            funder=core.Funder(self.funder),
            state=core.FundingState(self.state),
            cents=self.cents,
            name=self.name,
            ask_by=self.ask_by,
            answer_by=self.answer_by,
        )
