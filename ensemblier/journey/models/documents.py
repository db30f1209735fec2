"""Documents of a file: the row says what it is, the vault holds it encrypted."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.journey.core import documents as core
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.relays import Relay
from ensemblier.kernel.files import MAX_BYTES, MAX_NAME
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Document(models.Model):
    """One named document. `stored_as`: a random name in the vault, emptied when the content is destroyed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents", verbose_name=_("personne"))
    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(core.DocumentKind))
    name = models.CharField(_("nom"), max_length=MAX_NAME)
    media_type = models.CharField(_("format"), max_length=100, choices=choices_of(core.MediaType))
    size = models.PositiveIntegerField(_("taille en octets"))
    is_sensitive = models.BooleanField(_("touche à la santé"), default=False)
    stored_as = models.CharField(_("nom dans le coffre"), max_length=64, blank=True)
    added_at = models.DateTimeField(_("ajouté le"))
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ajouté par")
    )
    deleted_at = models.DateTimeField(_("détruit le"), null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            closed_list("kind", core.DocumentKind, name="document_kind_known"),
            closed_list("media_type", core.MediaType, name="document_media_type_known"),
            models.CheckConstraint(condition=Q(size__lte=MAX_BYTES, size__gt=0), name="document_size"),
            models.CheckConstraint(
                condition=(Q(deleted_at__isnull=True) & ~Q(stored_as="")) | Q(deleted_at__isnull=False, stored_as=""),
                name="document_kept_or_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class SharedDocument(models.Model):
    """This document goes with that relay: chosen one by one, read while the relay's own view lasts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="shares", verbose_name=_("document"))
    relay = models.ForeignKey(Relay, on_delete=models.PROTECT, related_name="documents", verbose_name=_("relais"))
    at = models.DateTimeField(_("joint le"))

    class Meta:
        verbose_name = _("document joint à un relais")
        verbose_name_plural = _("documents joints à un relais")
        constraints = [models.UniqueConstraint(fields=["document", "relay"], name="shared_document_once")]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.relay_id}"
