"""The account of a person accompanied: enough to find her own space again, and no name."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class PersonAccount(models.Model):
    """Somebody who opens her own space, known by an address she proved, by FranceConnect or both; never by name.

    An account whose address nobody proved (`proved_at` empty) opens nothing and is forgotten after a day. Which files
    she reads is decided above, by the links that only she makes.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    is_demonstration = models.BooleanField(_("compte de démonstration"), default=False)
    created_at = models.DateTimeField(_("créé le"))
    proved_at = models.DateTimeField(_("adresse ou identité prouvée le"), null=True)

    class Meta:
        verbose_name = _("compte d'une personne")
        verbose_name_plural = _("comptes de personnes")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_account_email_once", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class PersonIdentity(models.Model):
    """What an identity provider calls a person: its address (issuer) and her identifier there (sub)."""

    account = models.ForeignKey(
        PersonAccount, on_delete=models.CASCADE, related_name="identities", verbose_name=_("compte")
    )
    issuer = models.URLField(_("fournisseur d'identité"), max_length=255)
    subject = models.CharField(_("identifiant chez lui"), max_length=255)
    linked_at = models.DateTimeField(_("reliée le"))

    class Meta:
        verbose_name = _("identité d'une personne")
        verbose_name_plural = _("identités de personnes")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="person_identity_once"),
            models.CheckConstraint(condition=~Q(issuer="") & ~Q(subject=""), name="person_identity_complete"),
        ]

    def __str__(self) -> str:
        return self.issuer
