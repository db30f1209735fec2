"""Knowing each other: the question of the month, declared ties, circles of partners, letters that one leaves."""

import uuid

from django.db import models
from django.db.models import F, Q

from ensemblier.accounts.models import User
from ensemblier.animation.core.kinds import Motive, TieForm
from ensemblier.animation.models.bases import Head, Keyed, in_order
from ensemblier.animation.models.cells import Cell
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list


class SurveyTaken(models.Model):
    """That somebody answered the question of a month. What was answered is not here, and holds nobody."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()

    class Meta:
        verbose_name = "question du mois répondue"
        verbose_name_plural = "questions du mois répondues"
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "month"], name="survey_taken_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="survey_taken_month"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.month}"


class ContactReport(models.Model):
    """How many answers of an organisation, in a month, named another one for a motive: a count, nobody."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    motive = models.CharField(max_length=20, choices=choices_of(Motive))
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "contacts du mois"
        verbose_name_plural = "contacts du mois"
        constraints = [
            closed_list("motive", Motive, name="contact_report_motive_known"),
            models.UniqueConstraint(fields=["organisation", "other", "month", "motive"], name="contact_report_once"),
            models.CheckConstraint(condition=~Q(organisation=F("other")), name="contact_report_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.other_id} {self.month}"


class DeclaredTie(Keyed):
    """A past or off-platform cooperation, declared so that traces do not forget those who do not use the platform."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=20, choices=choices_of(TieForm))
    words = models.CharField(max_length=500, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = "coopération déclarée"
        verbose_name_plural = "coopérations déclarées"
        constraints = [
            closed_list("form", TieForm, name="declared_tie_form_known"),
            models.CheckConstraint(condition=~Q(organisation=F("other")), name="declared_tie_of_two"),
            in_order("since", "until", name="declared_tie_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.other_id}"


class PartnerCircle(Head):
    """Partners to whom a cell writes. One click to leave."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, null=True, blank=True, related_name="circles")
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "cercle de partenaires"
        verbose_name_plural = "cercles de partenaires"

    def __str__(self) -> str:
        return self.name


class CircleMember(models.Model):
    """An address of a circle. Who left is kept as a fingerprint only, so that an import does not bring her back."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    circle = models.ForeignKey(PartnerCircle, on_delete=models.CASCADE, related_name="members")
    email = models.EmailField(blank=True)
    email_key = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    organisation_name = models.CharField(max_length=255, blank=True)
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "membre d’un cercle"
        verbose_name_plural = "membres des cercles"
        constraints = [
            models.UniqueConstraint(fields=["circle", "email_key"], name="circle_member_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(email="", name=""), name="circle_member_left_is_erased"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id} {self.uid}"


class CircleLetter(models.Model):
    """A letter that was sent to a circle: one key, one sending."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    circle = models.ForeignKey(PartnerCircle, on_delete=models.CASCADE, related_name="letters")
    subject = models.CharField(max_length=120)
    body = models.TextField(max_length=10000)
    sent_at = models.DateTimeField()
    recipients = models.PositiveIntegerField()

    class Meta:
        verbose_name = "lettre à un cercle"
        verbose_name_plural = "lettres aux cercles"

    def __str__(self) -> str:
        return self.subject


class DigestSubscription(models.Model):
    """Somebody with an account receives the week of a territory, until the click by which one leaves it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    zone_kind = models.CharField(max_length=30)
    zone_code = models.CharField(max_length=12)
    zone_name = models.CharField(max_length=160)
    since = models.DateTimeField()
    last_week = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "abonnement à la lettre d’un territoire"
        verbose_name_plural = "abonnements aux lettres des territoires"
        constraints = [models.UniqueConstraint(fields=["user", "zone_kind", "zone_code"], name="digest_once")]

    def __str__(self) -> str:
        return f"{self.zone_kind}:{self.zone_code}"


class EventFeed(models.Model):
    """The address by which a calendar reads one's own events: a secret, changed at will."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "abonnement à ses événements"
        verbose_name_plural = "abonnements aux événements"

    def __str__(self) -> str:
        return str(self.user_id)
