"""Named interlocutors: shown to signed-in professionals, unless they publish themselves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, GeneratedField, Q, TextField
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.states import ContactPreference
from ensemblier.directory.models.organisations import Organisation, SearchKey, call_key
from ensemblier.directory.models.sites import Site
from ensemblier.directory.models.sources import Sourced
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Contact(Sourced):
    """Somebody one may call at an organisation, for a role and some subjects."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("structure")
    )
    site = models.ForeignKey(
        Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts", verbose_name=_("lieu")
    )
    name = models.CharField(_("nom"), max_length=200)
    sort_key = GeneratedField(expression=SearchKey(F("name")), output_field=TextField(), db_persist=True)
    call_key = call_key("name", "role", "subjects")
    role = models.CharField(_("fonction"), max_length=200, blank=True)
    subjects = ArrayField(models.CharField(max_length=120), verbose_name=_("sujets"), default=list, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    preference = models.CharField(
        _("préfère être joint par"), max_length=20, choices=choices_of(ContactPreference), blank=True
    )
    availability = models.CharField(_("quand l'appeler"), max_length=200, blank=True)
    is_published = models.BooleanField(_("montré à tout le monde, à sa demande"), default=False)

    class Meta:
        verbose_name = _("interlocuteur")
        verbose_name_plural = _("interlocuteurs")
        constraints = [
            closed_list("preference", ContactPreference, name="contact_preference_known", blank=True),
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_a_name"),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="contact_sort")]

    def __str__(self) -> str:
        return self.name


class ContactAbsence(models.Model):
    """An interlocutor is away; somebody may stand in."""

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="absences", verbose_name=_("interlocuteur")
    )
    first_day = models.DateField(_("du"))
    last_day = models.DateField(_("au (inclus)"))
    replacement = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("remplacement")
    )

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="contact_absence_period"),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=F("contact")), name="contact_replaced_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.first_day} – {self.last_day}"
