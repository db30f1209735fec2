"""Importing a file into the directory: good rows in one transaction, bad rows set aside with their reason."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import transaction

from ensemblier.directory.actions.imports.ground import Ground
from ensemblier.directory.actions.imports.sources import Sources
from ensemblier.directory.actions.imports.store import Ready, Store
from ensemblier.directory.actions.imports.vanished import propose_closings
from ensemblier.directory.adapters.files import unpacked
from ensemblier.directory.adapters.table_rows import open_rows
from ensemblier.directory.core.exchange.formats import Format, by_code, recognise
from ensemblier.directory.core.exchange.records import (
    OfferRecord,
    Problem,
    RawRow,
    Record,
    ServedAreaRecord,
    SourceInfo,
)
from ensemblier.directory.core.exchange.report import ImportReport, Noted, Outcome, Tally, report_of
from ensemblier.directory.core.exchange.tables import ColumnMapping, renamed
from ensemblier.directory.models import (
    ImportedRow,
    ImportRun,
    NetworkMembership,
    Offer,
    Organisation,
    ServedCommune,
    SetAsideRow,
    Site,
    Source,
)
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.orm.sql import analyze
from ensemblier.kernel.words import Sentence, kept

BATCH = 1000
FILLED = (Organisation, NetworkMembership, Site, Offer, ServedCommune, ImportedRow)
"""Tables that one import may multiply: until PostgreSQL counts them again, it plans its reads as if they were empty."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: `format` "auto" or a code; a `mapping` for any other table; `strict` refuses a file with bad rows.

    `address` is where the file was downloaded from, `file_name` the name to keep when it is not that of the path.
    `is_whole`: the file is all that the source knows; the closing of what it no longer holds is proposed.
    """

    format: str = "auto"
    mapping: ColumnMapping | None = None
    strict: bool = False
    dry_run: bool = False
    fictitious: bool = False
    is_whole: bool = False
    address: str = ""
    file_name: str = ""


def import_file(
    path: Path, *, options: ImportOptions, actor: Actor, on: date, progress: Progress | None = None
) -> ImportReport:
    """Import the file and report. `progress(done, total)` is called with bytes as the file is read.

    Raises BadInput when the file as a whole cannot be read; then nothing is stored. `stored` of the report is False
    for a dry run, and when `strict` refused the file.
    """
    with tempfile.TemporaryDirectory(prefix="ensemblier-import-") as folder:
        data = unpacked(path, Path(folder))
        rows = _Rows(data, options, progress)
        return _import(rows, replace(options, file_name=options.file_name or path.name), actor, on)


class _Rows:
    """The rows of the file with their format, found from the first row unless it was given."""

    def __init__(self, path: Path, options: ImportOptions, progress: Progress | None) -> None:
        self.path = path
        self._position = [0]
        self._progress = progress
        self._total = path.stat().st_size
        self._mapping = options.mapping
        sheet = options.mapping.sheet if options.mapping else ""
        self._rows = open_rows(path, self._position, sheet=sheet)
        self._first = next(self._rows, None)
        if self._first is None:
            raise BadInput("Le fichier ne contient aucune ligne de données.", field="file")
        if options.mapping:
            self.format = by_code("tableau")
            missing = {one for theirs in options.mapping.columns.values() for one in theirs} - self._first.fields.keys()
            if missing:
                raise BadInput(
                    "Colonnes absentes du fichier : %(names)s.",
                    values={"names": ", ".join(sorted(missing))},
                    field="mapping",
                )
        else:
            self.format = recognise(self._first.fields) if options.format == "auto" else by_code(options.format)

    @property
    def source(self) -> SourceInfo:
        """The usual source of the format, or the mapping's."""
        return self._mapping.source if self._mapping else self.format.source

    def __iter__(self) -> Iterator[RawRow]:
        if self._first is not None:
            yield self._shaped(self._first)
        for count, row in enumerate(self._rows):
            if self._progress is not None and count % 200 == 0:
                self._progress(min(self._position[0], self._total), self._total)
            yield self._shaped(row)
        if self._progress is not None:
            self._progress(self._total, self._total)

    def _shaped(self, row: RawRow) -> RawRow:
        return renamed(row, self._mapping) if self._mapping else row


def _import(rows: _Rows, options: ImportOptions, actor: Actor, on: date) -> ImportReport:
    tally = Tally()
    with transaction.atomic():
        sources = Sources(rows.source, on=on, fictitious=options.fictitious)
        # One import at a time for a source: two together would each see the other's rows as unknown.
        Source.objects.select_for_update().get(pk=sources.main.pk)
        run = _open_run(rows, options, actor, sources)
        store = Store(run, (actor.user_id, actor.label), sources, tally)
        _read_all(rows, store, Ground(on), sources, tally)
        store.finish()
        if options.is_whole:
            propose_closings(run, store.met, tally, on)
        refused = options.strict and tally.set_aside > 0
        stored = not options.dry_run and not refused
        if stored:
            _close_run(run, tally, actor)
            if tally.outcomes[Outcome.ACCEPTED] or tally.outcomes[Outcome.CHANGED]:
                analyze(*(table._meta.db_table for table in FILLED))
        else:
            transaction.set_rollback(True)
    report = report_of(
        tally,
        format_code=rows.format.code,
        source=sources.main.name,
        file_name=options.file_name,
        stored=stored,
        run_id=run.pk if stored else None,
    )
    return replace(report, dry_run=options.dry_run, refused=refused)


def _read_all(rows: _Rows, store: Store, ground: Ground, sources: Sources, tally: Tally) -> None:
    seen: dict[tuple[int, str, str], int] = {}
    batch: list[Ready] = []
    for row in rows:
        tally.rows += 1
        ready = _ready(row, rows.format, ground, sources, tally)
        if ready is None or _is_repeated(ready, seen, tally):
            continue
        batch.append(ready)
        if len(batch) >= BATCH:
            store.write(batch)
            batch = []
    if batch:
        store.write(batch)


def _ready(row: RawRow, form: Format, ground: Ground, sources: Sources, tally: Tally) -> Ready | None:
    """The row read, checked and placed; None when it is ignored or set aside (the tally then knows)."""
    if row.flaw:
        tally.aside(row, (Problem("", row.flaw),))
        return None
    reading = form.read(row)
    if reading.ignored:
        tally.ignored[reading.ignored] += 1
        return None
    problems = list(reading.problems)
    records: list[Record] = []
    for record in reading.records:
        placed, more = ground.placed(record)
        records.append(placed)
        problems.extend(more)
    if any(problem.blocking for problem in problems) or not records:
        tally.aside(row, tuple(problems) or (Problem("", Sentence("La ligne ne contient rien d'utilisable.")),))
        return None
    tally.lost(row, tuple(problems))
    source = sources.of_row(reading.source) if reading.source else sources.main
    return Ready(row, source.pk, tuple(records))


def _is_repeated(ready: Ready, seen: dict[tuple[int, str, str], int], tally: Tally) -> bool:
    """Whether the identifier of the row was met before in the file; the second row is set aside."""
    main = ready.records[-1]
    if all(isinstance(record, ServedAreaRecord) for record in ready.records):
        return False  # areas of one site are said in many rows, on purpose
    kind = "offer" if isinstance(main, OfferRecord) else "row"
    key = (ready.source_id, kind, main.key)
    if key in seen:
        reason = Sentence(
            "Identifiant « %(key)s » déjà lu à la ligne %(seen)s : gardez une seule des deux lignes.",
            key=main.key[:80],
            seen=seen[key],
        )
        tally.aside(ready.row, (Problem("id", reason, main.key[:120]),))
        return True
    seen[key] = ready.row.number
    return False


def _open_run(rows: _Rows, options: ImportOptions, actor: Actor, sources: Sources) -> ImportRun:
    with rows.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ImportRun.objects.create(
        source=sources.main,
        format=rows.format.code,
        file_name=options.file_name[:300],
        address=options.address[:500],
        sha256=digest,
        actor_id=actor.user_id,
        actor_label=actor.label,
    )


def _close_run(run: ImportRun, tally: Tally, actor: Actor) -> None:
    report = report_of(tally, format_code=run.format, source="", file_name="", stored=True, run_id=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(
        rows=report.rows,
        accepted=report.accepted,
        changed=report.changed,
        unchanged=report.unchanged,
        set_aside=report.set_aside,
        ignored=report.ignored,
    )
    Source.objects.filter(pk=run.source_id).update(file_name=run.file_name, file_date=run.at.date())
    noted = [*report.blocking, *report.lost_fields]
    SetAsideRow.objects.bulk_create([_set_aside(run, one) for one in noted], batch_size=1000)
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table=ImportRun._meta.label_lower,
        row_id=str(run.pk),
        verb="import",
        changes={"rows": report.rows, "accepted": report.accepted, "changed": report.changed},
    )


def _set_aside(run: ImportRun, noted: Noted) -> SetAsideRow:
    template, values = kept(noted.problem.reason)
    return SetAsideRow(
        run=run,
        sheet=noted.sheet[:120],
        number=noted.number,
        field=noted.problem.field[:120],
        reason=noted.problem.reason[:500],
        template=template[:500],
        values=values,
        value=noted.problem.value.replace("\x00", "")[:120],
        is_blocking=noted.problem.blocking,
    )
