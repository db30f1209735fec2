"""What a person asks about her data, and what she answers about a paper recorded in her name."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.rights import MAX_WORDS, RequestKind
from ensemblier.journey.models.consents import Consent
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class RightsRequest(models.Model):
    """One request to the organisation that holds a file: kept, dated, answered in writing."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests", verbose_name=_("personne"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure qui répond")
    )
    kind = models.CharField(_("demande"), max_length=20, choices=choices_of(RequestKind))
    subject = models.CharField(_("à propos de"), max_length=80, blank=True)
    words = models.TextField(_("dans ses mots"), blank=True, max_length=MAX_WORDS)
    asked_at = models.DateTimeField(_("demandé le"))
    due_on = models.DateField(_("réponse avant la fin du"))
    answer = models.TextField(_("réponse"), blank=True, max_length=MAX_WORDS)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("répondu par")
    )
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)

    class Meta:
        verbose_name = _("demande sur ses droits")
        verbose_name_plural = _("demandes sur leurs droits")
        indexes = [models.Index(fields=["organisation", "due_on"], name="rights_request_due")]
        constraints = [
            closed_list("kind", RequestKind, name="rights_request_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__gte=F("asked_at"), answered_by__isnull=False) & ~Q(answer="")),
                name="rights_request_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class PaperAnswer(models.Model):
    """Whether a consent recorded on paper was hers, as she says it herself; said once."""

    consent = models.OneToOneField(
        Consent, on_delete=models.PROTECT, related_name="paper_answer", verbose_name=_("partage consenti")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    is_hers = models.BooleanField(_("c’est bien son choix"))
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("réponse à un accord sur papier")
        verbose_name_plural = _("réponses à des accords sur papier")

    def __str__(self) -> str:
        return str(self.consent_id)
