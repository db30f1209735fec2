"""Rows that the whole file of a source no longer holds: their closing is proposed, to be decided by people."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from ensemblier.directory.core.exchange.records import RecordKind
from ensemblier.directory.core.exchange.report import Tally
from ensemblier.directory.core.states import SuggestionState
from ensemblier.directory.models import ImportedRow, ImportRun, Offer, Organisation, Site, Suggestion

CLOSING = "valid_to"
"""The field of a suggestion that proposes to close a row."""
MOST_OF_A_SOURCE = 1 / 3
"""Beyond this part of what it gave before, the file is taken for a part of the source: nothing is proposed."""


@dataclass(frozen=True, slots=True)
class Met:
    """What the file named: rows by kind, and the sources that speak in it."""

    rows: dict[str, set[int]] = field(default_factory=dict)
    sources: set[int] = field(default_factory=set)

    def of(self, kind: RecordKind) -> set[int]:
        """The rows of a kind."""
        return self.rows.get(kind.value, set())


Row = Organisation | Site | Offer
ACCEPTED = SuggestionState.ACCEPTED.value
_TABLES: dict[RecordKind, type[Row]] = {
    RecordKind.ORGANISATION: Organisation,
    RecordKind.SITE: Site,
    RecordKind.OFFER: Offer,
}


def propose_closings(run: ImportRun, met: Met, tally: Tally, on: date) -> None:
    """One proposal for each row of the source that is open and that the file does not name, to whoever keeps it.

    What stands on a row that is proposed is not proposed apart. A row that came back takes its proposal away. A
    proposal that was refused is not made again.
    """
    _take_back(met)
    known = ImportedRow.objects.filter(source__in=met.sources, kind__in=list(_TABLES)).count()
    missing = {kind: _missing(kind, met, tally, on) for kind in _TABLES}
    said = set(Suggestion.objects.filter(field=CLOSING).exclude(state=ACCEPTED).values_list("row_uid", flat=True))
    if sum(row.uid not in said for rows in missing.values() for row in rows) > MOST_OF_A_SOURCE * known:
        tally.is_partial = True
        return
    organisations = {row.pk for row in missing[RecordKind.ORGANISATION]}
    sites = {row.pk for row in missing[RecordKind.SITE]}
    for kind, rows in missing.items():
        for row in rows:
            if row.uid not in said and not _goes_with_another(row, organisations, sites):
                _propose(kind, row, run, on)
                tally.vanished += 1


def _goes_with_another(row: Row, organisations: set[int], sites: set[int]) -> bool:
    """Whether the row stands on one that left too: closing that one closes it."""
    if isinstance(row, Organisation):
        return False
    return row.organisation_id in organisations or (isinstance(row, Offer) and row.site_id in sites)


def _missing(kind: RecordKind, met: Met, tally: Tally, on: date) -> list[Row]:
    """Open rows of these sources alone that the file did not name, not even in a line that was set aside."""
    ours = ImportedRow.objects.filter(source__in=met.sources, kind=kind)
    gone = {
        row_id
        for row_id, key in ours.values_list("row_id", "key")
        if row_id not in met.of(kind) and key not in tally.aside_values
    }
    elsewhere = ImportedRow.objects.filter(kind=kind, row_id__in=gone).exclude(source__in=met.sources)
    gone -= set(elsewhere.values_list("row_id", flat=True))
    still = Q(valid_to=None) | Q(valid_to__gt=on)
    started = Q(valid_from=None) | Q(valid_from__lt=on)
    rows = _TABLES[kind]._default_manager.filter(still, started, pk__in=gone, merged_into=None)
    return list(rows.order_by("pk"))


def _propose(kind: RecordKind, row: Row, run: ImportRun, on: date) -> None:
    Suggestion.objects.create(
        organisation=row if isinstance(row, Organisation) else row.organisation,
        table=kind.value,
        row_uid=row.uid,
        row_label=str(row)[:255],
        field=CLOSING,
        proposed_value=on.isoformat(),
        message=f"Cette fiche n'est plus dans « {run.source.name} » ({run.file_name}, lu le {on:%d/%m/%Y}). "
        "Fermez-la si elle n'existe plus ; gardez-la sinon : la question ne sera pas reposée.",
        author_label=f"Import : {run.source.name}"[:200],
    )


def _take_back(met: Met) -> None:
    for kind, table in _TABLES.items():
        open_ones = Suggestion.objects.filter(table=kind.value, field=CLOSING, state=SuggestionState.OPEN.value)
        back = table._default_manager.filter(uid__in=open_ones.values("row_uid"), pk__in=met.of(kind))
        open_ones.filter(row_uid__in=list(back.values_list("uid", flat=True))).delete()
