"""What a person says of a relay that has ended: two answers, read by nobody but as counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.satisfaction import Found, WentWell
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.relays import Relay
from ensemblier.kernel.orm.choices import choices_of, closed_list


class RelayOpinion(models.Model):
    """Two answers about one relay; she may change them, and they are shared as counts only."""

    relay = models.OneToOneField(Relay, on_delete=models.PROTECT, related_name="opinion", verbose_name=_("relais"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("personne"))
    found = models.CharField(_("aide trouvée"), max_length=10, choices=choices_of(Found))
    went = models.CharField(_("déroulement"), max_length=10, choices=choices_of(WentWell))
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("avis sur un relais")
        verbose_name_plural = _("avis sur des relais")
        constraints = [
            closed_list("found", Found, name="relay_opinion_found_known"),
            closed_list("went", WentWell, name="relay_opinion_went_known"),
        ]

    def __str__(self) -> str:
        return str(self.relay_id)
