"""Links sent to somebody who has no account, or not yet: a token known by its hash only, and a second proof."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.core.links import MAX_ATTEMPTS, LinkPurpose, ProofKind
from ensemblier.kernel.orm.choices import choices_of, closed_list


class SignedLink(models.Model):
    """Opens one subject for one purpose, to whoever holds the token and gives the second proof, until a date."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(_("pour"), max_length=40, choices=choices_of(LinkPurpose))
    subject_uid = models.UUIDField(_("objet"))
    token_key = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    proof_kind = models.CharField(_("seconde preuve"), max_length=20, choices=choices_of(ProofKind))
    proof_key = models.CharField(_("empreinte de la preuve"), max_length=64)
    attempts = models.PositiveSmallIntegerField(_("essais manqués"), default=0)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valable jusqu'au"))
    used_at = models.DateTimeField(_("ouvert le"), null=True)
    closed_at = models.DateTimeField(_("fermé le"), null=True)

    class Meta:
        verbose_name = _("lien signé")
        verbose_name_plural = _("liens signés")
        constraints = [
            closed_list("purpose", LinkPurpose, name="signed_link_purpose_known"),
            closed_list("proof_kind", ProofKind, name="signed_link_proof_known"),
            models.CheckConstraint(condition=Q(attempts__lte=MAX_ATTEMPTS), name="signed_link_attempts"),
        ]
        indexes = [models.Index(fields=["purpose", "subject_uid"], name="signed_link_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.uid}"
