"""Two files read as one. No row moves: nobody sees more than before, and undoing restores everything."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.journey.core.merges import MergeState
from ensemblier.journey.models.edited import Edited
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class FileMerge(Edited):
    """`other` is read with `kept` by those who may open both. Two people decide: one proposes, one confirms."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges", verbose_name=_("dossier gardé"))
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merged", verbose_name=_("réuni avec"))
    state = models.CharField(_("état"), max_length=20, choices=choices_of(MergeState), default="proposed")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposé par"))
    proposed_at = models.DateTimeField(_("proposé le"))
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("décidé par")
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("défait par")
    )
    undone_at = models.DateTimeField(_("défait le"), null=True, blank=True)

    class Meta:
        verbose_name = _("dossiers réunis")
        verbose_name_plural = _("dossiers réunis")
        constraints = [
            closed_list("state", MergeState, name="file_merge_state_known"),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="file_merge_of_two"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="file_merge_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["other"], condition=Q(state__in=["proposed", "merged"]), name="file_merge_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
