"""Coming, being away: invitations and absences. Leaving is the end of a membership."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models.users import User
from ensemblier.directory.models import Organisation


class Invitation(models.Model):
    """Somebody is asked to join an organisation, in roles, by a link and a code given by another channel."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    email = models.EmailField(_("adresse électronique"))
    name = models.CharField(_("nom"), max_length=200)
    roles = ArrayField(models.CharField(max_length=40), verbose_name=_("rôles"))
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("invitée par")
    )
    created_at = models.DateTimeField(_("faite le"))
    expires_at = models.DateTimeField(_("valable jusqu'au"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("acceptée par")
    )
    cancelled_at = models.DateTimeField(_("retirée le"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(cancelled_at__isnull=True), name="invitation_one_end"
            ),
            models.CheckConstraint(condition=~Q(roles=[]), name="invitation_has_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"


class MemberAbsence(models.Model):
    """A member of an organisation is away, from a day to a day; somebody named stands in, or nobody yet."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("absente"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    first_day = models.DateField(_("premier jour"))
    last_day = models.DateField(_("dernier jour"))
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("remplacée par")
    )

    class Meta:
        verbose_name = _("absence d'un membre")
        verbose_name_plural = _("absences de membres")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="member_absence_days"),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")), name="member_absence_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.first_day})"
