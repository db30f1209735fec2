"""What a person read when she agreed, word for word: the text stays readable whatever is published later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.models.consents import Consent
from ensemblier.journey.models.persons import Person


class ConsentReading(models.Model):
    """The text of one consent with its names filled in; its version stands on the consent."""

    consent = models.OneToOneField(
        Consent, on_delete=models.PROTECT, related_name="reading", verbose_name=_("partage consenti")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    text = models.TextField(_("texte lu"))

    class Meta:
        verbose_name = _("texte lu avant un accord")
        verbose_name_plural = _("textes lus avant un accord")
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="consent_reading_has_words")]

    def __str__(self) -> str:
        return str(self.consent_id)
