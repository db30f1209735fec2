"""Permanences: an operator receives, some half-days, in a place that is often somebody else's."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.states import HalfDay, PermanenceState, Season
from ensemblier.directory.models.organisations import Organisation
from ensemblier.directory.models.sites import Site
from ensemblier.directory.models.sources import Sourced
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Permanence(Sourced):
    """`holder` receives people at `site`; only a published one is shown to the public."""

    holder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="permanences", verbose_name=_("tenue par")
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="permanences", verbose_name=_("lieu"))
    proposed_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposée par"),
    )
    rrule = models.CharField(_("récurrence (RRULE)"), max_length=500)
    first_day = models.DateField(_("premier jour"))
    season = models.CharField(_("saison"), max_length=20, choices=choices_of(Season), default=Season.ALL_YEAR.value)
    half_day = models.CharField(_("demi-journée"), max_length=20, choices=choices_of(HalfDay))
    starts_at = models.TimeField(_("début"), null=True, blank=True)
    ends_at = models.TimeField(_("fin"), null=True, blank=True)
    on_appointment = models.BooleanField(_("sur rendez-vous"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("nombre de rendez-vous"), null=True, blank=True)
    note = models.CharField(_("précision"), max_length=500, blank=True)
    state = models.CharField(
        _("état"), max_length=20, choices=choices_of(PermanenceState), default=PermanenceState.DRAFT.value
    )
    refusal_reason = models.CharField(_("motif du refus"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("permanence")
        verbose_name_plural = _("permanences")
        constraints = [
            closed_list("state", PermanenceState, name="permanence_state_known"),
            closed_list("half_day", HalfDay, name="permanence_half_day_known"),
            closed_list("season", Season, name="permanence_season_known"),
            models.CheckConstraint(condition=~Q(rrule=""), name="permanence_has_a_rule"),
            models.CheckConstraint(
                condition=~Q(state=PermanenceState.REFUSED.value) | ~Q(refusal_reason=""),
                name="permanence_refused_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "site"], name="permanence_of_site")]

    def __str__(self) -> str:
        return f"{self.holder} @ {self.site}"
