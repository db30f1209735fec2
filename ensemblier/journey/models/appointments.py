"""Appointments, and the secret addresses at which a calendar reads them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation, Permanence, Site
from ensemblier.journey.core import appointments as core
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Appointment(models.Model):
    """A meeting of the person and an adviser, with a third who may join. Nothing of why they meet leaves this row."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("personne")
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("pour"))
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("conseiller"))
    starts_at = models.DateTimeField(_("commence"))
    ends_at = models.DateTimeField(_("finit"))
    meeting = models.CharField(_("comment"), max_length=20, choices=choices_of(core.Meeting))
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lieu de l'annuaire")
    )
    permanence = models.ForeignKey(
        Permanence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("permanence")
    )
    place = models.CharField(_("adresse ou numéro"), max_length=300, blank=True)
    about = models.CharField(_("pour parler de"), max_length=300, blank=True)
    third_party = models.CharField(_("avec aussi"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=20, choices=choices_of(core.AppointmentState))
    proposed_by = models.CharField(_("proposé par"), max_length=20, choices=choices_of(core.Side))
    sequence = models.PositiveIntegerField(_("rang de l'invitation"), default=0)
    reminded_at = models.DateTimeField(_("rappelé le"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        indexes = [
            models.Index(fields=["adviser", "starts_at"], name="appointment_of_adviser"),
            models.Index(fields=["state", "starts_at"], name="appointment_to_come"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after"),
            models.CheckConstraint(
                condition=~Q(meeting="site") | Q(site__isnull=False) | ~Q(place=""), name="appointment_has_a_place"
            ),
            closed_list("meeting", core.Meeting, name="appointment_meeting_known"),
            closed_list("state", core.AppointmentState, name="appointment_state_known"),
            closed_list("proposed_by", core.Side, name="appointment_side_known"),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def value(self) -> core.Appointment:
        """The row as the core reads it."""
        return core.Appointment(
            state=core.AppointmentState(self.state),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            proposed_by=core.Side(self.proposed_by),
        )


class CalendarFeed(models.Model):
    """A secret address from which a calendar reads appointments: an adviser's, or a person's. Only its hash is kept."""

    adviser = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("conseiller")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("pour")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("personne")
    )
    token_hash = models.CharField(_("empreinte de l'adresse"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("créée le"))
    ended_at = models.DateTimeField(_("arrêtée le"), null=True)

    class Meta:
        verbose_name = _("abonnement d'agenda")
        verbose_name_plural = _("abonnements d'agenda")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, adviser__isnull=True, organisation__isnull=True)
                | Q(person__isnull=True, adviser__isnull=False, organisation__isnull=False),
                name="calendar_feed_of_one",
            ),
            models.UniqueConstraint(
                fields=["adviser", "organisation"],
                condition=Q(ended_at__isnull=True, adviser__isnull=False),
                name="calendar_feed_one_of_adviser",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True, person__isnull=False),
                name="calendar_feed_one_of_person",
            ),
        ]

    def __str__(self) -> str:
        return self.token_hash[:8]
