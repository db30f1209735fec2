"""What the end of files needs: their stage, freezings, the journal of erasures, proofs and counts that outlive them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.retention import ErasureReason, HoldReason
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class FileTerm(models.Model):
    """How far a file is on its way out. `was_reached`: the warning found an address."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="term", verbose_name=_("dossier"))
    archived_at = models.DateTimeField(_("archivé le"), null=True)
    warned_at = models.DateTimeField(_("prévenue le"), null=True)
    was_reached = models.BooleanField(_("avait une adresse"), default=False)

    class Meta:
        verbose_name = _("terme d'un dossier")
        verbose_name_plural = _("termes des dossiers")

    def __str__(self) -> str:
        return str(self.person_id)


class FileHold(models.Model):
    """A file frozen, with an owner and an end: a dispute, or the archivist's visa (code du patrimoine)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holds", verbose_name=_("dossier"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("demandé par"))
    reason = models.CharField(_("raison"), max_length=20, choices=choices_of(HoldReason))
    why = models.CharField(_("précision"), max_length=300)
    since = models.DateTimeField(_("depuis le"))
    until = models.DateTimeField(_("jusqu'au"))

    class Meta:
        verbose_name = _("gel d'un dossier")
        verbose_name_plural = _("gels de dossiers")
        constraints = [
            closed_list("reason", HoldReason, name="file_hold_reason_known"),
            models.CheckConstraint(condition=Q(until__gt=F("since")) & ~Q(why=""), name="file_hold_has_an_end"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ({self.reason})"


class PlannedErasure(models.Model):
    """Somebody asked that her file be erased: one colleague writes it, another one confirms, the clock erases.

    Between the two last, the person is told, may take everything away and change her mind.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="planned_erasures", verbose_name=_("dossier")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    why = models.CharField(_("comment elle l'a demandé"), max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("écrit par"))
    asked_at = models.DateTimeField(_("écrit le"))
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("confirmé par")
    )
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True)
    due_at = models.DateTimeField(_("à effacer le"), null=True)
    cancelled_at = models.DateTimeField(_("abandonné le"), null=True)

    class Meta:
        verbose_name = _("effacement demandé")
        verbose_name_plural = _("effacements demandés")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(cancelled_at__isnull=True), name="planned_erasure_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")), name="planned_erasure_by_two"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None, due_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, due_at__gt=F("confirmed_at")),
                name="planned_erasure_confirmed_whole",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="planned_erasure_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Erasure(models.Model):
    """The journal of erasures: a public identifier and a date, to erase again after a restore. Nothing of anybody."""

    person_uid = models.UUIDField(_("dossier"), unique=True)
    organisation_id = models.BigIntegerField(_("structure"))
    reason = models.CharField(_("raison"), max_length=20, choices=choices_of(ErasureReason))
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("effacement")
        verbose_name_plural = _("effacements")
        constraints = [closed_list("reason", ErasureReason, name="erasure_reason_known")]

    def __str__(self) -> str:
        return str(self.person_uid)


class ConsentProof(models.Model):
    """That somebody consented, kept for the time of a limitation after her file is gone; identifiers, no name."""

    consent_uid = models.UUIDField(_("partage"), unique=True)
    person_uid = models.UUIDField(_("dossier"))
    organisation_id = models.BigIntegerField(_("pour la structure"))
    categories = ArrayField(models.CharField(max_length=20), verbose_name=_("catégories"))
    purpose = models.CharField(_("but"), max_length=20)
    given_at = models.DateTimeField(_("donné le"))
    ends_at = models.DateTimeField(_("jusqu'au"))
    revoked_at = models.DateTimeField(_("arrêté le"), null=True)
    text_version = models.CharField(_("texte lu"), max_length=40)
    channel = models.CharField(_("par"), max_length=20)
    proof = models.CharField(_("preuve"), max_length=200, blank=True)
    erase_at = models.DateTimeField(_("à effacer le"))

    class Meta:
        verbose_name = _("preuve d'un partage consenti")
        verbose_name_plural = _("preuves de partages consentis")

    def __str__(self) -> str:
        return str(self.consent_uid)


class DatedCount(models.Model):
    """What stays of erased rows: how many, in which month, for which organisation. Never a person."""

    month = models.DateField(_("mois"))
    organisation_id = models.BigIntegerField(_("structure"))
    subject = models.CharField(_("quoi"), max_length=40)
    code = models.CharField(_("lequel"), max_length=80)
    number = models.PositiveIntegerField(_("combien"))

    class Meta:
        verbose_name = _("compte daté")
        verbose_name_plural = _("comptes datés")
        constraints = [
            models.UniqueConstraint(fields=["month", "organisation_id", "subject", "code"], name="dated_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.subject} {self.code}: {self.number}"
