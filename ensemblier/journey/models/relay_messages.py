"""The thread of a relay."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.relay_messages import MessageChannel, MessageKind
from ensemblier.journey.core.states import Party
from ensemblier.journey.models.relays import Relay
from ensemblier.kernel.orm.choices import choices_of, closed_list


class RelayMessage(models.Model):
    """One message between the parties of a relay; `is_for_person`: she reads it too. Never edited, never a state."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    relay = models.ForeignKey(Relay, on_delete=models.CASCADE, related_name="messages", verbose_name=_("relais"))
    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(MessageKind))
    party = models.CharField(_("en tant que"), max_length=20, choices=choices_of(Party))
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("écrit par"))
    author_label = models.CharField(_("nom montré"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("pour la structure")
    )
    text = models.TextField(_("texte"))
    is_for_person = models.BooleanField(_("la personne le lit aussi"), default=False)
    channel = models.CharField(_("reçu par"), max_length=20, choices=choices_of(MessageChannel))
    key = models.UUIDField(_("clé du geste"))
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("message sur un relais")
        verbose_name_plural = _("messages sur les relais")
        indexes = [models.Index(fields=["relay", "at"], name="relay_message_thread")]
        constraints = [
            models.UniqueConstraint(fields=["relay", "key"], name="relay_message_key_acts_once"),
            closed_list("kind", MessageKind, name="relay_message_kind"),
            closed_list("party", Party, name="relay_message_party"),
            closed_list("channel", MessageChannel, name="relay_message_channel"),
            models.CheckConstraint(condition=~models.Q(text=""), name="relay_message_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.uid)
