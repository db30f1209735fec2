"""The part of the kernel that knows Django: shared bases of tables, and the audit row."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ensemblier.kernel.messages import Channel, MessageState
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.period import Period


class Dated(models.Model):
    """A row that holds from `valid_from` (included) to `valid_to` (excluded); empty means without limit."""

    valid_from = models.DateField(_("valable à partir du"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu'au (exclu)"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """The row's period as a value."""
        return Period(self.valid_from, self.valid_to)


def valid_on(on: date, prefix: str = "") -> Q:
    """Condition: the dated row reached through `prefix` (e.g. "network__") holds on the day `on`."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on})
    )


class AuditRow(models.Model):
    """Who changed what, when: written in the transaction of the change, never updated.

    `actor_id` is a number, not a foreign key: the floors below accounts never point up to a user.
    """

    at = models.DateTimeField(_("le"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("acteur"), null=True)
    actor_label = models.CharField(_("nom montré"), max_length=200)
    organisation_id = models.BigIntegerField(_("pour la structure"), null=True)
    table = models.CharField(_("table"), max_length=80)
    row_id = models.CharField(_("ligne"), max_length=80)
    verb = models.CharField(_("verbe"), max_length=40)
    changes = models.JSONField(_("changements"), default=dict)

    class Meta:
        verbose_name = _("ligne d'historique")
        verbose_name_plural = _("historique")
        indexes = [models.Index(fields=["table", "row_id", "-at"], name="audit_row_of")]

    def __str__(self) -> str:
        return f"{self.verb} {self.table} {self.row_id}"


class OutboxMessage(models.Model):
    """A message to send, written in the transaction of what it tells: it exists if and only if that does.

    `due_at` is when the next try may begin; a try moves it ahead before it begins, so that a worker that dies in the
    middle leaves nothing locked, and a message that kills workers is set aside like any other.
    """

    key = models.UUIDField(_("clé"), unique=True)
    kind = models.CharField(_("nature"), max_length=60)
    channel = models.CharField(_("moyen"), max_length=10, choices=choices_of(Channel))
    to = models.CharField(_("à"), max_length=500)
    reply_to = models.CharField(_("réponses à"), max_length=200, blank=True)
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    body = models.TextField(_("texte"), blank=True)
    attachments = models.JSONField(_("pièces jointes"), default=list, blank=True)
    subject_uid = models.UUIDField(_("au sujet de"), null=True, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=choices_of(MessageState), default=MessageState.QUEUED.value
    )
    created_at = models.DateTimeField(_("écrit le"), db_default=Now())
    due_at = models.DateTimeField(_("à envoyer à partir de"), db_default=Now())
    until = models.DateTimeField(_("inutile après"), null=True, blank=True)
    ended_at = models.DateTimeField(_("envoyé, annulé ou mis de côté le"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)
    last_error = models.CharField(_("dernier refus"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("message à envoyer")
        verbose_name_plural = _("messages à envoyer")
        indexes = [
            models.Index(fields=["due_at"], name="outbox_due", condition=Q(state="queued")),
            models.Index(fields=["subject_uid", "kind"], name="outbox_about"),
            models.Index(fields=["subject_uid"], name="outbox_subject", condition=Q(state="queued")),
            models.Index(fields=["-created_at"], name="outbox_shown", condition=Q(state="shown")),
        ]
        constraints = [
            closed_list("channel", Channel, name="outbox_channel_known"),
            closed_list("state", MessageState, name="outbox_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.state})"
