"""The journal of readings, writings and refusals, and the chain that shows any tampering.

Numbers, never foreign keys: the journal outlives what it speaks of, and points at nobody's content. An entry is written
in its transaction; its link in the chain, at the very end of that transaction, under the short lock of one head.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """Somebody read, wrote or was refused (`act`: a `core.journal.Act`). `by_person`: herself; nobody: the clock."""

    at = models.DateTimeField(_("le"))
    written_at = models.DateTimeField(_("écrit le"))
    user_id = models.BigIntegerField(_("compte"), null=True)
    organisation_id = models.BigIntegerField(_("pour la structure"), null=True)
    by_person = models.BigIntegerField(_("la personne elle-même"), null=True)
    person_id = models.BigIntegerField(_("dossier"), null=True)
    act = models.CharField(_("geste"), max_length=40)
    subject = models.CharField(_("sur quoi"), max_length=40, blank=True)
    subject_uid = models.UUIDField(_("lequel"), null=True)
    is_refused = models.BooleanField(_("refusé"), default=False)

    class Meta:
        verbose_name = _("ligne du journal")
        verbose_name_plural = _("journal des accès")
        indexes = [
            models.Index(fields=["person_id", "-at"], name="journal_of_person"),
            models.Index(fields=["user_id", "-at"], name="journal_of_user"),
            models.Index(fields=["at"], name="journal_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"


class JournalHead(models.Model):
    """The last link of one of the chains (shards)."""

    shard = models.SmallIntegerField(_("chaîne"), primary_key=True)
    position = models.BigIntegerField(_("rang"))
    mark = models.BinaryField(_("empreinte"))

    class Meta:
        verbose_name = _("tête de chaîne du journal")
        verbose_name_plural = _("têtes de chaîne du journal")

    def __str__(self) -> str:
        return f"{self.shard}: {self.position}"


class JournalLink(models.Model):
    """The place of an entry in its chain: `mark` = SHA-256(previous mark, position, digest of the entry)."""

    shard = models.SmallIntegerField(_("chaîne"))
    position = models.BigIntegerField(_("rang"))
    entry_id = models.BigIntegerField(_("ligne"), unique=True)
    digest = models.BinaryField(_("empreinte de la ligne"))
    mark = models.BinaryField(_("empreinte chaînée"))

    class Meta:
        verbose_name = _("maillon du journal")
        verbose_name_plural = _("maillons du journal")
        constraints = [models.UniqueConstraint(fields=["shard", "position"], name="journal_link_place")]

    def __str__(self) -> str:
        return f"{self.shard}/{self.position}"
