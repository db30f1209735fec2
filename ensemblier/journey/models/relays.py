"""Relays, their journal, and what was refused."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core import relay as core
from ensemblier.journey.core.consent import Category, ConsentChannel
from ensemblier.journey.core.states import FINAL, OPEN, DeclineReason, Means, Move, Outcome, RelayKind, RelayState
from ensemblier.journey.models.consents import Consent
from ensemblier.journey.models.episodes import Episode
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of

_SENT = ["sent", "acknowledged", "info_requested", "accepted", "in_progress", "completed", "declined", "failed"]
_MET = ["in_progress", "completed"]
# Plain strings: a migration must not depend on the enumerations of today.
_ALL = sorted(state.value for state in RelayState)
_FINAL = sorted(state.value for state in FINAL)
_LEFT_ALONE = ["declined", "expired", "failed"]
_WAITING = sorted(state.value for state in OPEN - {RelayState.IN_PROGRESS})
_AWAITED = sorted({state.value for state in OPEN} | set(_LEFT_ALONE))
_SAME = (
    *(
        "version",
        "shown",
        "sent",
        "choice_proof",
        "due_on",
        "answer_due_on",
        "lease_until",
        "appointment_at",
        "sent_at",
    ),
    *("accepted_at", "met_at", "ended_at", "reason", "proposal", "outcome", "has_lead_moved", "last_key"),
    *("partner", "questions", "is_tripartite"),
)
_IS_SENT = (
    Q(recipient__isnull=False)
    & Q(consent__isnull=False)
    & Q(sent_at__isnull=False)
    & ~Q(choice_channel="")
    & ~Q(sent="")
    & Q(sent=F("shown"))
)


class Relay(models.Model):
    """One request, one person, one recipient that she chose. Every change goes through `journey.actions`."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(RelayKind))
    state = models.CharField(_("état"), max_length=20, choices=choices_of(RelayState), default=RelayState.DRAFT.value)
    version = models.PositiveIntegerField(_("version"), default=0)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relays", verbose_name=_("personne"))
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="relays", verbose_name=_("suivi"))
    source = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("de"))
    source_adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("envoyé par"))
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("à")
    )
    adviser = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("pris en charge par")
    )
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, related_name="relays", verbose_name=_("partage consenti")
    )
    categories = ArrayField(models.CharField(max_length=20, choices=choices_of(Category)), verbose_name=_("partagé"))
    envelope = models.JSONField(_("enveloppe"), default=dict)
    summary = models.TextField(_("synthèse"), blank=True)
    routing = models.JSONField(_("portes expliquées à la personne"), default=dict)
    offered = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("structures proposées"))
    shown = models.CharField(_("empreinte du texte montré"), max_length=64, blank=True)
    sent = models.CharField(_("empreinte du texte envoyé"), max_length=64, blank=True)
    choice_channel = models.CharField(_("choix par"), max_length=20, blank=True, choices=choices_of(ConsentChannel))
    choice_proof = models.CharField(_("preuve du choix"), max_length=200, blank=True)
    due_on = models.DateField(_("à faire avant la fin du"), null=True)
    answer_due_on = models.DateField(_("réponse du guichet avant la fin du"), null=True)
    lease_until = models.DateField(_("réservé jusqu'au"), null=True)
    appointment_at = models.DateTimeField(_("rendez-vous proposé"), null=True)
    created_at = models.DateTimeField(_("préparé le"))
    sent_at = models.DateTimeField(_("envoyé le"), null=True)
    accepted_at = models.DateTimeField(_("accepté le"), null=True)
    met_at = models.DateTimeField(_("premier rendez-vous tenu le"), null=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True)
    reason = models.CharField(_("motif"), max_length=40, blank=True, choices=choices_of(DeclineReason))
    proposal = models.CharField(_("proposition"), max_length=200, blank=True)
    outcome = models.CharField(_("issue"), max_length=40, blank=True, choices=choices_of(Outcome))
    has_lead_moved = models.BooleanField(_("le référent a changé"), default=False)
    last_key = models.UUIDField(_("clé du dernier geste"), null=True)
    partner = models.CharField(_("pris en charge, sans compte, par"), max_length=120, blank=True)
    questions = models.PositiveSmallIntegerField(_("compléments demandés"), default=0)
    is_tripartite = models.BooleanField(_("premier rendez-vous à trois"), default=False)
    attempts = ArrayField(
        models.CharField(max_length=20, choices=choices_of(Means)), default=list, verbose_name=_("essais, par moyen")
    )

    class Meta:
        verbose_name = _("relais")
        verbose_name_plural = _("relais")
        indexes = [
            # Whole answers: with the columns that the policies ask for, a desk's lists and counts read no row.
            models.Index(
                fields=["recipient", "state", "due_on", "id"],
                include=["adviser", "person", "source", "source_adviser", "uid"],
                name="relay_desk",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["source_adviser", "source", "state", "due_on", "id"],
                include=["ended_at", "person", "recipient", "uid"],
                name="relay_sent_and_awaited",
                condition=Q(state__in=_AWAITED),
            ),
            models.Index(fields=["due_on"], name="relay_due", condition=Q(due_on__isnull=False)),
            models.Index(fields=["consent"], name="relay_open_on", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["adviser", "state", "due_on"], name="relay_of_adviser"),
            models.Index(fields=["ended_at"], name="relay_left_alone", condition=Q(state__in=_LEFT_ALONE)),
        ]
        constraints = [
            # One file is of one organisation: this constraint tells nothing to another one.
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="transfer", ended_at__isnull=True), name="relay_one_open_transfer"
            ),
            models.CheckConstraint(condition=Q(state__in=_ALL), name="relay_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_FINAL, ended_at__isnull=False, due_on__isnull=True)
                | (~Q(state__in=_FINAL) & Q(ended_at__isnull=True)),
                name="relay_final_is_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WAITING) | Q(due_on__isnull=False), name="relay_waits_with_a_deadline"
            ),
            models.CheckConstraint(condition=~Q(state__in=_SENT) | _IS_SENT, name="relay_sent_was_chosen"),
            models.CheckConstraint(condition=~Q(recipient=F("source")), name="relay_goes_elsewhere"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", *_MET])
                | (Q(accepted_at__isnull=False) & (Q(adviser__isnull=False) | ~Q(partner=""))),
                name="relay_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_MET) | Q(met_at__gt=F("accepted_at"), accepted_at__gte=F("sent_at")),
                name="relay_accept_then_meet",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | (Q(ended_at__gt=F("met_at")) & ~Q(outcome="")),
                name="relay_meet_then_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | (~Q(reason="") & ~Q(proposal="")), name="relay_declined_with_proposal"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(outcome=""), name="relay_failed_with_outcome"),
            models.CheckConstraint(
                condition=Q(has_lead_moved=False) | Q(kind="transfer", state__in=_MET),
                name="relay_lead_moves_at_meeting",
            ),
            models.CheckConstraint(
                condition=Q(partner="") | (Q(adviser__isnull=True) & ~Q(kind="transfer")),
                name="relay_partner_or_adviser",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    @property
    def value(self) -> core.Relay:
        """The row as the core reads it."""
        same = {name: getattr(self, name) for name in _SAME}
        return core.Relay(
            kind=RelayKind(self.kind),
            state=RelayState(self.state),
            person=self.person_id,
            source=self.source_id,
            recipient=self.recipient_id,
            adviser=self.adviser_id,
            categories=frozenset(map(Category, self.categories)),
            offered=tuple(self.offered),
            attempts=tuple(self.attempts),
            choice_channel=ConsentChannel(self.choice_channel) if self.choice_channel else None,
            **same,
        )

    @staticmethod
    def columns_of(value: core.Relay) -> dict[str, Any]:
        """What a move may change, as columns to update; person, source and kind never move."""
        return {name: getattr(value, name) for name in _SAME} | {
            "state": value.state.value,
            "recipient_id": value.recipient,
            "adviser_id": value.adviser,
            "categories": sorted(value.categories),
            "offered": list(value.offered),
            "attempts": list(value.attempts),
            "choice_channel": value.choice_channel.value if value.choice_channel else "",
        }


class RelayEvent(models.Model):
    """One move that happened: the journal. One row per version of the relay, written in the move's transaction."""

    relay = models.ForeignKey(Relay, on_delete=models.PROTECT, related_name="events", verbose_name=_("relais"))
    version = models.PositiveIntegerField(_("version"))
    key = models.UUIDField(_("clé du geste"))
    move = models.CharField(_("geste"), max_length=20, choices=choices_of(Move))
    from_state = models.CharField(_("de"), max_length=20, choices=choices_of(RelayState))
    to_state = models.CharField(_("à"), max_length=20, choices=choices_of(RelayState))
    party = models.CharField(_("en tant que"), max_length=20)
    actor_id = models.BigIntegerField(_("acteur"), null=True)
    actor_label = models.CharField(_("nom montré"), max_length=200)
    organisation_id = models.BigIntegerField(_("pour la structure"), null=True)
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("partage consenti")
    )
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("geste sur un relais")
        verbose_name_plural = _("gestes sur un relais")
        constraints = [
            models.UniqueConstraint(fields=["relay", "version"], name="relay_event_one_per_version"),
            models.UniqueConstraint(fields=["relay", "key"], name="relay_event_key_acts_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="relay_event_version"),
        ]

    def __str__(self) -> str:
        return f"{self.relay_id} {self.version} {self.move}"


class RefusedMove(models.Model):
    """A move that was refused, kept in a transaction of its own. Numbers, no foreign key: a draft may be erased."""

    relay_id = models.BigIntegerField(_("relais"))
    move = models.CharField(_("geste"), max_length=20, choices=choices_of(Move))
    refusal = models.CharField(_("refus"), max_length=30)
    version = models.PositiveIntegerField(_("version lue"))
    actor_id = models.BigIntegerField(_("acteur"), null=True)
    actor_label = models.CharField(_("nom montré"), max_length=200)
    organisation_id = models.BigIntegerField(_("pour la structure"), null=True)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("geste refusé")
        verbose_name_plural = _("gestes refusés")
        indexes = [models.Index(fields=["relay_id", "at"], name="refused_move_of")]

    def __str__(self) -> str:
        return f"{self.relay_id} {self.move}: {self.refusal}"
