"""The plan of a file: its steps as they are now, and the versions that were proposed and signed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.journey.core import plan as core
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class PlanStep(models.Model):
    """One step. Its row says how it stands now; what it was before stands in `ContentChange`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps", verbose_name=_("personne"))
    title = models.CharField(_("étape"), max_length=core.MAX_TITLE)
    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(core.StepKind))
    detail = models.TextField(_("précisions"), blank=True)
    doer = models.CharField(_("qui"), max_length=20, choices=choices_of(core.Doer))
    partner = models.CharField(_("partenaire"), max_length=200, blank=True)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers", verbose_name=_("après")
    )
    state = models.CharField(_("où on en est"), max_length=20, choices=choices_of(core.StepState))
    word = models.CharField(_("pourquoi abandonnée"), max_length=300, blank=True)
    done_on = models.DateField(_("faite le"), null=True, blank=True)
    place = models.PositiveIntegerField(_("rang d'écriture"))
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("étape du plan")
        verbose_name_plural = _("étapes du plan")
        indexes = [
            models.Index(
                fields=["person", "due_on"],
                name="plan_step_of_adviser",
                condition=models.Q(doer="adviser", state__in=["to_do", "going_on"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="plan_step_place"),
            models.CheckConstraint(condition=~Q(title=""), name="plan_step_says_something"),
            models.CheckConstraint(condition=~Q(doer="partner") | ~Q(partner=""), name="plan_step_partner_named"),
            models.CheckConstraint(condition=~Q(state="given_up") | ~Q(word=""), name="plan_step_given_up_with_a_word"),
            models.CheckConstraint(condition=~Q(after=F("id")), name="plan_step_not_after_itself"),
            closed_list("kind", core.StepKind, name="plan_step_kind_known"),
            closed_list("doer", core.Doer, name="plan_step_doer_known"),
            closed_list("state", core.StepState, name="plan_step_state_known"),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    def value(self, uids: dict[int, uuid.UUID]) -> core.Step:
        """The row as the core reads it; `uids`: identifiers of the steps of the same plan."""
        return core.Step(
            uid=self.uid,
            title=self.title,
            kind=core.StepKind(self.kind),
            detail=self.detail,
            doer=core.Doer(self.doer),
            partner=self.partner,
            due_on=self.due_on,
            after=uids.get(self.after_id) if self.after_id is not None else None,
            state=core.StepState(self.state),
            word=self.word,
            done_on=self.done_on,
            place=self.place,
            version=self.version,
        )


class PlanVersion(models.Model):
    """What was proposed on a day: a copy that never changes, and the hash that both sign."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="plan_versions", verbose_name=_("personne")
    )
    number = models.PositiveIntegerField(_("numéro"))
    steps = models.JSONField(_("étapes convenues"))
    text_hash = models.CharField(_("empreinte du texte"), max_length=64)
    proposed_at = models.DateTimeField(_("proposée le"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposée par")
    )

    class Meta:
        verbose_name = _("version du plan")
        verbose_name_plural = _("versions du plan")
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="plan_version_number"),
            models.CheckConstraint(condition=Q(text_hash__regex=r"^[0-9a-f]{64}$"), name="plan_version_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} v{self.number}"
