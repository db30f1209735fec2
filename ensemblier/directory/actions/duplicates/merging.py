"""Merging two rows cell by cell, and putting the cells back: every change is an UPDATE of one cell, its past kept."""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.db import IntegrityError, models, transaction

from ensemblier.directory.core.exchange.records import RecordKind
from ensemblier.directory.core.exchange.states import PairKind
from ensemblier.directory.models import Counter, ImportedRow, NetworkMembership, Organisation, ServedCommune, Site
from ensemblier.kernel.errors import NotFound, RuleViolated

_TABLES: dict[PairKind, type[Organisation | Site]] = {PairKind.ORGANISATION: Organisation, PairKind.SITE: Site}
_RECORDS = {PairKind.ORGANISATION: RecordKind.ORGANISATION, PairKind.SITE: RecordKind.SITE}
_FILLED = {
    PairKind.ORGANISATION: ("acronym", "siren", "siret", "description", "phone", "email", "website", "source_url"),
    PairKind.SITE: (
        "siret", "address", "address_more", "postcode", "city", "commune_id", "phone", "email", "website", "hours_osm",
        "hours_note", "by_appointment", "open_days", "accessibility", "description", "first_appointment_days",
        "source_url",
    ),
}  # fmt: skip


class Cell(TypedDict):
    """One cell that was changed: the table and row, the column, its value before and after."""

    table: str
    id: int
    column: str
    before: Any
    after: Any


@dataclass(slots=True)
class Cells:
    """The cells changed so far."""

    changed: list[Cell] = field(default_factory=list)

    def set(self, row: Any, column: str, value: Any) -> bool:
        """Change a cell in the database; False, and nothing done, when a constraint forbids it."""
        before = getattr(row, column)
        if before == value:
            return True
        table = type(row)
        try:
            with transaction.atomic():
                table._default_manager.filter(pk=row.pk).update(**{column: value})
        except IntegrityError:
            return False
        setattr(row, column, value)
        self.changed.append(Cell(table=table._meta.label_lower, id=row.pk, column=column, before=before, after=value))
        return True


def merge_rows(kind: PairKind, kept_id: int, absorbed_id: int, cells: Cells) -> None:
    """Merge one row into another of its kind. Raises RuleViolated when one is merged already, or only one is real."""
    table: Any = _TABLES[kind]
    rows = table.objects.select_for_update(of=("self",)).in_bulk([kept_id, absorbed_id])
    if len(rows) < 2:
        raise NotFound("L'une des deux fiches n'existe plus : rechargez la liste.")
    kept, absorbed = rows[kept_id], rows[absorbed_id]
    if kept.merged_into_id is not None or absorbed.merged_into_id is not None:
        raise RuleViolated("L'une des deux fiches a déjà été fusionnée avec une autre.")
    if kept.is_fictitious != absorbed.is_fictitious:
        raise RuleViolated("Une fiche fictive ne se fusionne pas avec une vraie.")
    _fill(kind, kept, absorbed, cells)
    _move(table, kept, absorbed, cells)
    for row in ImportedRow.objects.filter(kind=_RECORDS[kind].value, row_id=absorbed_id).order_by("pk"):
        cells.set(row, "row_id", kept_id)
    cells.set(kept, "version", kept.version + 1)
    cells.set(absorbed, "version", absorbed.version + 1)
    cells.set(absorbed, "merged_into_id", kept_id)
    if kind == PairKind.SITE:
        _merge_owners(kept, absorbed, cells)


def _fill(kind: PairKind, kept: Any, absorbed: Any, cells: Cells) -> None:
    """The kept row takes what it did not know; an exact position replaces a deduced one."""
    for column in _FILLED[kind]:
        value = getattr(absorbed, column)
        if getattr(kept, column) in (None, "") and value not in (None, ""):
            cells.set(kept, column, value)
    if kind == PairKind.SITE and kept.position != "exact" and absorbed.position == "exact":
        for column in ("lat", "lon", "position"):
            cells.set(kept, column, getattr(absorbed, column))


def _move(table: type[models.Model], kept: Any, absorbed: Any, cells: Cells) -> None:
    """What points to the absorbed row points to the kept one; what a constraint forbids to move stays."""
    for relation in table._meta.get_fields(include_hidden=True):
        # Counters are not moved: triggers write them anew from what is.
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model is Counter:
            continue
        column = relation.field.attname
        related: Any = relation.related_model
        for row in related._default_manager.filter(**{column: absorbed.pk}).order_by("pk"):
            if related is ServedCommune and column == "site_id":
                _move_area(row, kept, cells)
            else:
                cells.set(row, column, kept.pk)


def _move_area(row: ServedCommune, kept: Site, cells: Cells) -> None:
    """A served commune names its site and its structure: both move, or neither."""
    before = row.organisation_id
    if cells.set(row, "organisation_id", kept.organisation_id) and not cells.set(row, "site_id", kept.pk):
        cells.set(row, "organisation_id", before)


def _merge_owners(kept: Site, absorbed: Site, cells: Cells) -> None:
    """Structures that had but these two sites, in one network, are one structure."""
    if kept.organisation_id == absorbed.organisation_id:
        return
    others = Site.objects.filter(organisation_id=absorbed.organisation_id, merged_into__isnull=True).exists()
    alone = Site.objects.filter(organisation_id=kept.organisation_id, merged_into__isnull=True).count() == 1
    if others or not alone or not _share_network(kept.organisation_id, absorbed.organisation_id):
        return
    owners = Organisation.objects.in_bulk([kept.organisation_id, absorbed.organisation_id])
    if any(owner.merged_into_id is not None for owner in owners.values()):
        return
    merge_rows(PairKind.ORGANISATION, kept.organisation_id, absorbed.organisation_id, cells)


def _share_network(left: int, right: int) -> bool:
    held = NetworkMembership.objects.filter(valid_to__isnull=True)
    mine = set(held.filter(organisation_id=left).values_list("network_id", flat=True))
    theirs = set(held.filter(organisation_id=right).values_list("network_id", flat=True))
    return bool(mine & theirs) or not mine or not theirs


def _tables() -> dict[str, Any]:
    """Every table whose cells a merge may change, by its label: the two merged ones and what points to them."""
    found: dict[str, Any] = {ImportedRow._meta.label_lower: ImportedRow}
    for table in _TABLES.values():
        found[table._meta.label_lower] = table
        for relation in table._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel):
                related: Any = relation.related_model
                found[related._meta.label_lower] = related
    return found


def restore(cells: list[Cell]) -> int:
    """Put the cells back, last change first; returns how many kept a value that somebody wrote since."""
    newer = 0
    tables = _tables()
    for cell in reversed(cells):
        table = tables[cell["table"]]
        found = table._default_manager.filter(pk=cell["id"], **{cell["column"]: cell["after"]})
        if not found.update(**{cell["column"]: cell["before"]}):
            newer += 1
    return newer
