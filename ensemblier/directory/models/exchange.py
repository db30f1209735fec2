"""Imports, the identifiers that rows have at their sources, and duplicates with all it takes to undo a merge."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.exchange.records import RecordKind
from ensemblier.directory.core.exchange.states import PairKind, PairState
from ensemblier.directory.models.sources import Source
from ensemblier.kernel.orm.choices import choices_of, closed_list


class ImportRun(models.Model):
    """An import that was stored, with its figures; the lines it set aside stand in SetAsideRow."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs", verbose_name=_("source"))
    format = models.CharField(_("format"), max_length=40)
    file_name = models.CharField(_("fichier"), max_length=300)
    address = models.CharField(_("téléchargé depuis"), max_length=500, blank=True)
    sha256 = models.CharField(_("empreinte du fichier"), max_length=64)
    at = models.DateTimeField(_("le"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("acteur"), null=True)
    actor_label = models.CharField(_("nom montré"), max_length=200)
    rows = models.PositiveIntegerField(_("lignes lues"), default=0)
    accepted = models.PositiveIntegerField(_("acceptées"), default=0)
    changed = models.PositiveIntegerField(_("modifiées"), default=0)
    unchanged = models.PositiveIntegerField(_("inchangées"), default=0)
    set_aside = models.PositiveIntegerField(_("mises de côté"), default=0)
    ignored = models.JSONField(_("ignorées, par raison"), default=dict)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["-at"], name="import_run_latest")]

    def __str__(self) -> str:
        return f"{self.format} {self.file_name}"


class SetAsideRow(models.Model):
    """A line of a file that was not stored (`is_blocking`) or that lost a field, with the reason."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems", verbose_name=_("import"))
    sheet = models.CharField(_("feuille"), max_length=120, blank=True)
    number = models.PositiveIntegerField(_("ligne"))
    field = models.CharField(_("champ"), max_length=120)
    reason = models.CharField(_("raison"), max_length=500)
    template = models.CharField(_("raison, sans ses valeurs"), max_length=500, blank=True, db_default="")
    values = models.JSONField(_("valeurs de la raison"), default=dict, blank=True, db_default={})
    value = models.CharField(_("valeur lue"), max_length=120, blank=True)
    is_blocking = models.BooleanField(_("ligne mise de côté"))

    class Meta:
        verbose_name = _("ligne mise de côté")
        verbose_name_plural = _("lignes mises de côté")

    def __str__(self) -> str:
        return f"{self.number}: {self.field}"


class ImportedRow(models.Model):
    """The identifier that a row of ours has at a source, and what the source said last.

    `payload` lets the next import write only the fields that the source itself changed: a correction made here
    stands until then. `row_id` is a number of the table named by `kind`.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="imported", verbose_name=_("source"))
    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(RecordKind))
    key = models.CharField(_("identifiant à la source"), max_length=300)
    row_id = models.BigIntegerField(_("ligne"))
    digest = models.CharField(_("empreinte"), max_length=32)
    payload = models.JSONField(_("valeurs de la source"), default=dict)
    first_run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="+", verbose_name=_("premier import")
    )
    last_run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="+", verbose_name=_("dernier changement")
    )

    class Meta:
        verbose_name = _("identifiant à la source")
        verbose_name_plural = _("identifiants aux sources")
        constraints = [
            closed_list("kind", RecordKind, name="imported_row_kind_known"),
            models.UniqueConstraint(fields=["source", "kind", "key"], name="imported_row_once"),
        ]
        indexes = [models.Index(fields=["kind", "row_id"], name="imported_row_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SavedMapping(models.Model):
    """How the columns of somebody's table map to our fields, kept under a name."""

    name = models.SlugField(_("nom"), max_length=80, unique=True)
    mapping = models.JSONField(_("correspondance"))
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    class Meta:
        verbose_name = _("correspondance de colonnes")
        verbose_name_plural = _("correspondances de colonnes")

    def __str__(self) -> str:
        return self.name


class DuplicatePair(models.Model):
    """Two rows of the same kind that may be one: the evidence, field by field, and what was decided."""

    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(PairKind))
    left_id = models.BigIntegerField(_("première fiche"))
    right_id = models.BigIntegerField(_("seconde fiche"))
    score = models.FloatField(_("ressemblance (0 à 1)"))
    evidence = models.JSONField(_("indices, champ par champ"), default=list)
    state = models.CharField(_("état"), max_length=20, choices=choices_of(PairState), default=PairState.OPEN.value)
    found_at = models.DateTimeField(_("trouvée le"), auto_now_add=True)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.CharField(_("décidée par"), max_length=200, blank=True)
    note = models.CharField(_("raison"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("doublon possible")
        verbose_name_plural = _("doublons possibles")
        constraints = [
            closed_list("state", PairState, name="duplicate_pair_state_known"),
            closed_list("kind", PairKind, name="duplicate_pair_kind_known"),
            models.UniqueConstraint(fields=["kind", "left_id", "right_id"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(left_id__lt=F("right_id")), name="duplicate_pair_ordered"),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="duplicate_pair_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.left_id} ~ {self.right_id}"


class Merge(models.Model):
    """A merge that was made: every cell it changed with what stood there before, so that undoing it is exact."""

    pair = models.ForeignKey(DuplicatePair, on_delete=models.PROTECT, related_name="merges", verbose_name=_("paire"))
    kept_id = models.BigIntegerField(_("fiche gardée"))
    absorbed_id = models.BigIntegerField(_("fiche absorbée"))
    cells = models.JSONField(_("cellules changées, avec leur valeur d'avant"), default=list)
    at = models.DateTimeField(_("le"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("acteur"), null=True)
    actor_label = models.CharField(_("nom montré"), max_length=200)
    undone_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    undone_by = models.CharField(_("annulée par"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("fusion")
        verbose_name_plural = _("fusions")
        constraints = [
            models.UniqueConstraint(fields=["pair"], condition=Q(undone_at__isnull=True), name="merge_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
