"""The person's file in one organisation: as little as possible, and never a NIR."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models import Organisation
from ensemblier.directory.models.organisations import call_key
from ensemblier.journey.core.persons import PreferredContact, full_name
from ensemblier.journey.models.edited import Edited
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.territory.models import Commune


class Person(Edited):
    """Somebody accompanied, as one organisation knows them.

    Two organisations may each hold a file of the same person without knowing it: nothing here, not even a constraint,
    crosses organisations. Only the person may link her files. All is optional but the organisation.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("dossier tenu par")
    )
    given_name = models.CharField(_("prénom"), max_length=100, blank=True)
    family_name = models.CharField(_("nom"), max_length=100, blank=True)
    name_key = call_key("family_name", "given_name")
    born = models.DateField(_("date de naissance"), null=True, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    preferred_contact = models.CharField(
        _("joindre par"), max_length=20, blank=True, choices=choices_of(PreferredContact)
    )
    availability = models.CharField(_("quand la joindre"), max_length=200, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    brought_by = models.ForeignKey(
        "journey.Relay", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue par")
    )
    created_at = models.DateTimeField(_("dossier ouvert le"))

    class Meta:
        verbose_name = _("personne accompagnée")
        verbose_name_plural = _("personnes accompagnées")
        constraints = [
            closed_list("preferred_contact", PreferredContact, name="person_preferred_contact_known", blank=True),
            # A NIR has 13 or 15 digits; no other field of ours holds so many.
            models.CheckConstraint(
                condition=~Q(given_name__regex=r"\d") & ~Q(family_name__regex=r"\d"), name="person_name_has_no_digit"
            ),
        ]

    def __str__(self) -> str:
        return full_name(self.given_name, self.family_name) or str(self.uid)
