"""What was answered, kept as it was said: the past is never recomputed when a rule changes."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.orm.choices import choices_of, closed_list


class PublishedRules(models.Model):
    """A wording of the rules that was once in use, whole: a kept decision stays readable without the program."""

    digest = models.CharField(_("empreinte"), max_length=64, primary_key=True)
    published_at = models.DateTimeField(_("publié le"), auto_now_add=True)
    wording = models.JSONField(_("texte des règles"))

    class Meta:
        verbose_name = _("rédaction des règles")
        verbose_name_plural = _("rédactions des règles")

    def __str__(self) -> str:
        return self.digest[:12]


class KeptDecision(models.Model):
    """An answer given by an adviser, without the person: doors, rules, what was chosen. No identity, no facts.

    `chosen` is the person's choice; any of them is a legitimate outcome, "" = none yet.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("le"), auto_now_add=True)
    on = models.DateField(_("règles du"))
    rules = models.ForeignKey(PublishedRules, on_delete=models.PROTECT, related_name="+", verbose_name=_("règles"))
    organisation_id = models.BigIntegerField(_("par la structure"), null=True)
    answer = models.JSONField(_("réponse"))
    chosen = models.CharField(_("choix"), max_length=30, blank=True, choices=choices_of(Operator))

    class Meta:
        verbose_name = _("orientation conservée")
        verbose_name_plural = _("orientations conservées")
        constraints = [closed_list("chosen", Operator, name="kept_decision_chosen_known", blank=True)]
        indexes = [models.Index(fields=["organisation_id", "-at"], name="kept_decision_of")]

    def __str__(self) -> str:
        return f"{self.uid} ({self.on})"
