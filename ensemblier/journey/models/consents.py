"""What a person decided to share, with whom, until when."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models import Organisation
from ensemblier.journey.core import consent as core
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of


class Consent(models.Model):
    """person → organisation × categories × purpose × end. Revoked once and for all; a new sharing is a new row.

    One that the person extends ends that day: the new row says which one it `extends`, and stopping either stops both.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", verbose_name=_("personne"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure qui lit")
    )
    categories = ArrayField(
        models.CharField(max_length=20, choices=choices_of(core.Category)), verbose_name=_("catégories")
    )
    purpose = models.CharField(_("pour quoi"), max_length=20, choices=choices_of(core.Purpose))
    given_at = models.DateTimeField(_("donné le"))
    ends_at = models.DateTimeField(_("jusqu'au (exclu)"))
    revoked_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)
    text_version = models.CharField(_("version du texte"), max_length=40)
    channel = models.CharField(_("recueilli par"), max_length=20, choices=choices_of(core.ConsentChannel))
    proof = models.CharField(_("preuve"), max_length=200, blank=True)
    is_explicit_on_health = models.BooleanField(_("exprès sur la santé"), default=False)

    extends = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, related_name="extended_by", verbose_name=_("prolonge")
    )

    class Meta:
        verbose_name = _("partage consenti")
        verbose_name_plural = _("partages consentis")
        indexes = [
            models.Index(fields=["person", "organisation"], name="consent_of"),
            models.Index(fields=["revoked_at"], name="consent_stopped", condition=Q(revoked_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("given_at")), name="consent_ends_after"),
            # Twelve months, leap day and change of hour included; the core counts them to the second.
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("given_at") + core.LONGEST), name="consent_twelve_months_at_most"
            ),
            models.CheckConstraint(condition=~Q(categories=[]), name="consent_shares_something"),
            models.CheckConstraint(
                condition=~Q(categories__contains=["health"]) | Q(is_explicit_on_health=True),
                name="consent_explicit_on_health",
            ),
            models.CheckConstraint(condition=~Q(channel="paper") | ~Q(proof=""), name="consent_paper_has_proof"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("given_at")), name="consent_revoked_after"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def value(self) -> core.Consent:
        """The row as the core reads it."""
        return core.Consent(
            person=self.person_id,
            organisation=self.organisation_id,
            categories=frozenset(map(core.Category, self.categories)),
            given_at=self.given_at,
            ends_at=self.ends_at,
            purpose=core.Purpose(self.purpose),
            channel=core.ConsentChannel(self.channel),
            proof=self.proof,
            is_explicit_on_health=self.is_explicit_on_health,
            revoked_at=self.revoked_at,
        )
