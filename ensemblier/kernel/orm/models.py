"""The part of the kernel that knows Django: shared bases of tables, and the audit row."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
