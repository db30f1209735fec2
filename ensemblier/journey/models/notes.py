"""Interview notes. A private one is only kept sealed: neither a dump nor an administrator reads it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.journey.core.notes import NoteKind
from ensemblier.journey.models.edited import Edited
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Note(Edited):
    """What was said on a day, by whom it was written, for whom."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes", verbose_name=_("personne"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("écrite par"))
    kind = models.CharField(_("pour qui"), max_length=20, choices=choices_of(NoteKind))
    body = models.TextField(_("texte"), blank=True)
    sealed = models.BinaryField(_("texte chiffré"), null=True, editable=False)
    held_on = models.DateField(_("entretien du"))
    written_at = models.DateTimeField(_("écrite le"))

    class Meta:
        verbose_name = _("note d'entretien")
        verbose_name_plural = _("notes d'entretien")
        indexes = [models.Index(fields=["person", "-held_on"], name="note_of")]
        constraints = [
            closed_list("kind", NoteKind, name="note_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="private", body="", sealed__isnull=False)
                | ~Q(kind="private") & Q(sealed__isnull=True) & ~Q(body=""),
                name="note_private_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
