"""Support episodes: levels, statuses, and a lead at every instant."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.episode import STILL_OPEN, Level
from ensemblier.journey.models.edited import Edited
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.orm.models import Dated
from ensemblier.routing.core.facts import Purpose, Status


class Episode(Edited):
    """One accompaniment of one person. `closes_at` is STILL_OPEN while it lasts.

    Migration 0002 adds the foreign key (id, closes_at) → Lead(episode, until): together with Lead's own constraints,
    there is exactly one lead at every instant of the episode, never none and never two.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="episodes", verbose_name=_("personne"))
    request = models.TextField(_("demande, dans ses mots"), blank=True)
    opened_at = models.DateTimeField(_("ouvert le"))
    closes_at = models.DateTimeField(_("clos le"), default=STILL_OPEN)
    purposes = ArrayField(
        models.CharField(max_length=30, choices=choices_of(Purpose)),
        default=list,
        blank=True,
        verbose_name=_("pour quoi"),
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rouvre")
    )
    ending = models.CharField(_("comment il finit"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("accompagnement")
        verbose_name_plural = _("accompagnements")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="episode_closes_after"),
            models.UniqueConstraint(fields=["id", "opened_at"], name="episode_opening"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Lead(models.Model):
    """Who leads an episode from `since` to `until` (excluded).

    A row either opens the episode (`opens` = the episode's opening) or follows another (`follows` = the end of that
    one): foreign keys of migration 0002 hold both, so the spans form one chain without a hole. `relay_id` says which
    transfer brought the lead here.
    """

    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="leads", verbose_name=_("accompagnement")
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("pour"))
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("référent"))
    since = models.DateTimeField(_("depuis"))
    until = models.DateTimeField(_("jusqu'à (exclu)"), default=STILL_OPEN)
    opens = models.DateTimeField(_("ouvre l'accompagnement"), null=True)
    follows = models.DateTimeField(_("suit"), null=True)
    relay_id = models.BigIntegerField(_("par le relais"), null=True)

    class Meta:
        verbose_name = _("référent")
        verbose_name_plural = _("référents")
        constraints = [
            ExclusionConstraint(
                name="lead_never_two",
                expressions=[
                    ("episode", RangeOperators.EQUAL),
                    (Func("since", "until", function="tstzrange", output_field=DateTimeRangeField()), "&&"),
                ],
            ),
            models.UniqueConstraint(fields=["episode", "until"], name="lead_end"),
            models.UniqueConstraint(fields=["episode"], condition=Q(follows__isnull=True), name="lead_one_opening"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="lead_until_after_since"),
            models.CheckConstraint(
                condition=Q(opens=F("since"), follows__isnull=True) | Q(follows=F("since"), opens__isnull=True),
                name="lead_opens_or_follows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adviser} ({self.since:%Y-%m-%d})"


class EpisodeLevel(models.Model):
    """A level of service entered on a day; any order, several in a day."""

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="levels", verbose_name=_("accompagnement")
    )
    level = models.CharField(_("niveau"), max_length=20, choices=choices_of(Level))
    entered_on = models.DateField(_("à partir du"))

    class Meta:
        verbose_name = _("niveau de service")
        verbose_name_plural = _("niveaux de service")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__endswith="_2014", entered_on__lt="2020-01-01")
                | Q(level__endswith="_2019", entered_on__gte="2020-01-01"),
                name="level_of_its_regime",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} ({self.entered_on})"


class StatusPeriod(Edited, Dated):
    """A status held from a day to a day; several at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="statuses", verbose_name=_("personne"))
    status = models.CharField(_("statut"), max_length=20, choices=choices_of(Status))
    words = models.CharField(_("précision"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("statut sur une période")
        verbose_name_plural = _("statuts sur une période")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="status_period",
            ),
            closed_list("status", Status, name="status_period_known"),
        ]

    def __str__(self) -> str:
        return self.status
