"""The shared queue of a guichet: requests that must leave with an answer, a door or a call-back."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation, Site
from ensemblier.journey.core.queue import QueueAnswer, QueueOrigin
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.relays import Relay
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.territory.models import Commune

_FROM_RELAY = [QueueOrigin.DECLINED.value, QueueOrigin.IGNORED.value]


class QueueEntry(models.Model):
    """One request. Nothing here says who the person is; her number, when she left one, is for whoever holds it.

    `guichet`: a place of the directory where several operators receive; none = `organisation` alone answers.
    `open_to`: organisations that saw it come in (row-level security reads it).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guichet = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("guichet"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure qui en répond")
    )
    open_to = ArrayField(models.BigIntegerField(), verbose_name=_("structures qui la voient"))
    origin = models.CharField(_("vient de"), max_length=20, choices=choices_of(QueueOrigin))
    relay = models.OneToOneField(
        Relay, on_delete=models.CASCADE, null=True, related_name="queue_entry", verbose_name=_("relais")
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("dossier"))
    need = models.CharField(_("besoin, sans rien qui identifie"), max_length=300)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("commune")
    )
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    call_when = models.CharField(_("quand rappeler"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("arrivée le"))
    due_on = models.DateField(_("réponse avant la fin du"))
    claimed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("tenue par")
    )
    claimed_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("pour la structure")
    )
    lease_until = models.DateField(_("tenue jusqu'à la fin du"), null=True)
    answer = models.CharField(_("issue"), max_length=20, blank=True, choices=choices_of(QueueAnswer))
    answer_words = models.CharField(_("ce qui a été répondu"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    last_key = models.UUIDField(_("clé du dernier geste"), null=True)

    class Meta:
        verbose_name = _("demande au guichet")
        verbose_name_plural = _("demandes au guichet")
        indexes = [
            models.Index(fields=["guichet", "due_on"], name="queue_of_guichet", condition=Q(answered_at=None)),
            models.Index(
                fields=["organisation", "due_on"], name="queue_of_organisation", condition=Q(answered_at=None)
            ),
        ]
        constraints = [
            closed_list("origin", QueueOrigin, name="queue_origin"),
            closed_list("answer", QueueAnswer, name="queue_answer", blank=True),
            models.CheckConstraint(
                condition=Q(origin__in=_FROM_RELAY, relay__isnull=False)
                | (~Q(origin__in=_FROM_RELAY) & Q(relay__isnull=True)),
                name="queue_relay_of_its_origin",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, claimed_for__isnull=True, lease_until__isnull=True)
                | Q(claimed_by__isnull=False, claimed_for__isnull=False),
                name="queue_held_by_somebody_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__gte=F("created_at"), claimed_by__isnull=False) & ~Q(answer="") & ~Q(answer_words="")),
                name="queue_leaves_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
