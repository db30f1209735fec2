"""The person's file in one organisation: as little as possible, and never a NIR."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models import Organisation
from ensemblier.territory.models import Commune


class Person(models.Model):
    """Somebody accompanied, as one organisation knows them.

    Two organisations may each hold a file of the same person without knowing it: nothing here, not even a constraint,
    crosses organisations. Only the person may link her files. All is optional but the organisation.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("dossier tenu par")
    )
    given_name = models.CharField(_("prénom"), max_length=100, blank=True)
    family_name = models.CharField(_("nom"), max_length=100, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    preferred_contact = models.CharField(_("joindre par"), max_length=20, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    created_at = models.DateTimeField(_("dossier ouvert le"))

    class Meta:
        verbose_name = _("personne accompagnée")
        verbose_name_plural = _("personnes accompagnées")
        constraints = [
            # A NIR has 13 or 15 digits; no other field of ours holds so many.
            models.CheckConstraint(
                condition=~Q(given_name__regex=r"\d") & ~Q(family_name__regex=r"\d"), name="person_name_has_no_digit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or str(self.uid)
