"""What a relay carries: one row for each category that the person shares, with the very words she read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.consent import Category
from ensemblier.journey.models.relays import Relay
from ensemblier.kernel.orm.choices import choices_of, closed_list


class RelayPacket(models.Model):
    """One category of one relay, copied from the file when the relay was prepared: a later change of the file changes
    nothing here. `data` is what `text` says, as fields, so that the recipient types nothing twice.

    `since_version`: 0 for what was previewed; else the version of the relay at which a complement was given, whose
    `fingerprint` ties what was given to what its sender had read (that of the first text stands in the relay).
    """

    relay = models.ForeignKey(Relay, on_delete=models.CASCADE, related_name="packets", verbose_name=_("relais"))
    category = models.CharField(_("catégorie"), max_length=20, choices=choices_of(Category))
    text = models.TextField(_("ce qui est partagé, mot pour mot"))
    data = models.JSONField(_("les mêmes faits, en champs"), default=dict)
    since_version = models.PositiveIntegerField(_("depuis la version"), default=0)
    fingerprint = models.CharField(_("empreinte du complément relu"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("contenu d'un relais")
        verbose_name_plural = _("contenus de relais")
        constraints = [
            models.UniqueConstraint(
                fields=["relay", "category", "since_version"], name="relay_packet_once_per_version"
            ),
            models.CheckConstraint(
                condition=models.Q(since_version=0, fingerprint="")
                | (models.Q(since_version__gt=0) & ~models.Q(fingerprint="")),
                name="relay_packet_complement_was_read",
            ),
            closed_list("category", Category, name="relay_packet_category"),
            models.CheckConstraint(condition=~models.Q(text=""), name="relay_packet_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.relay_id} {self.category}"
