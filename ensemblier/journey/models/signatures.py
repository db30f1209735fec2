"""Who signed what, and what changed since: rows that are only ever added."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.journey.core import signing
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.plan import PlanVersion
from ensemblier.journey.models.synthesis import Synthesis
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Signature(models.Model):
    """One party's word on one text, known by its hash. `adviser` is the account that signed, or that kept the paper."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, related_name="signatures", verbose_name=_("version du plan")
    )
    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.PROTECT, null=True, related_name="signatures", verbose_name=_("synthèse")
    )
    party = models.CharField(_("qui"), max_length=20, choices=choices_of(signing.Signatory))
    adviser = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("compte du conseiller")
    )
    name = models.CharField(_("nom montré"), max_length=200)
    channel = models.CharField(_("comment"), max_length=20, choices=choices_of(signing.SigningChannel))
    proof = models.CharField(_("où est le papier"), max_length=200, blank=True)
    text_hash = models.CharField(_("empreinte du texte"), max_length=64)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.CheckConstraint(
                condition=Q(plan_version__isnull=True, synthesis__isnull=False)
                | Q(plan_version__isnull=False, synthesis__isnull=True),
                name="signature_of_one_text",
            ),
            models.UniqueConstraint(fields=["plan_version", "party"], name="signature_of_plan_once"),
            models.UniqueConstraint(fields=["synthesis", "party"], name="signature_of_synthesis_once"),
            models.CheckConstraint(condition=~Q(channel="paper") | ~Q(proof=""), name="signature_paper_has_proof"),
            models.CheckConstraint(
                condition=~Q(party="adviser") | Q(adviser__isnull=False), name="signature_of_an_account"
            ),
            closed_list("party", signing.Signatory, name="signature_party_known"),
            closed_list("channel", signing.SigningChannel, name="signature_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.at:%Y-%m-%d}"

    @property
    def value(self) -> signing.Signing:
        """The row as the core reads it."""
        return signing.Signing(
            party=signing.Signatory(self.party),
            name=self.name,
            at=self.at,
            channel=signing.SigningChannel(self.channel),
            proof=self.proof,
        )


class ContentChange(models.Model):
    """What a row said before and after somebody changed it: a change of mind is history, never a loss.

    `subject`: the row's identifier; `author` empty: the person herself. Added only.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    table = models.CharField(_("table"), max_length=40)
    subject = models.UUIDField(_("ligne"))
    before = models.JSONField(_("avant"), default=dict)
    after = models.JSONField(_("après"), default=dict)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("changement d'un contenu")
        verbose_name_plural = _("changements de contenus")
        indexes = [
            models.Index(fields=["subject", "-at"], name="content_change_of"),
            models.Index(fields=["person", "-at"], name="content_change_in"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.subject}"
