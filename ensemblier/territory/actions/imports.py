"""Import a file about the ground: what it holds is found out, good rows land in one transaction."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.words import Sentence
from ensemblier.territory.actions.facts import rename_zones, store_facts
from ensemblier.territory.actions.figures import store_figures
from ensemblier.territory.actions.history import store_history
from ensemblier.territory.actions.load import Progress, silent
from ensemblier.territory.actions.outlines import store_outlines, store_trips
from ensemblier.territory.actions.perimeters import store_perimeters
from ensemblier.territory.adapters.mapping import read_mapping
from ensemblier.territory.adapters.tables import document_of, is_json, records_of, tables_of
from ensemblier.territory.core.intake.cells import RawTable, Table
from ensemblier.territory.core.intake.communes import read_communes, read_geo_api, read_zone_names
from ensemblier.territory.core.intake.contours import read_contours
from ensemblier.territory.core.intake.figures import FigureMapping, mapping_of, read_figures, read_mapped
from ensemblier.territory.core.intake.history import History, read_movements, read_passage
from ensemblier.territory.core.intake.perimeters import read_perimeters
from ensemblier.territory.core.intake.recognise import TableKind, understand, with_header
from ensemblier.territory.core.intake.trips import read_matrix, read_trips
from ensemblier.territory.core.rows import Report

GEO_API = "geo.api.gouv.fr (Licence Ouverte)"


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: `source` names it on each row, `mapping` reads figures of a foreign table."""

    source: str = ""
    mapping: Path | None = None
    is_strict: bool = False
    is_dry_run: bool = False


def import_file(
    path: Path,
    *,
    options: Options = Options(),
    actor: Actor = SYSTEM,
    progress: Progress = silent,  # noqa: B008
) -> Report:
    """Import one file, found out by its columns: communes, zonings, contours, history, trips, perimeters, figures.

    Good rows land in one transaction, bad ones are reported with row, field and reason. `is_strict` refuses the whole
    file for one bad row (BadInput); `is_dry_run` says what would change. Twice changes nothing.
    """
    report = Report(path.name)
    source = options.source or path.name
    progress(Sentence("Lecture de %(name)s", name=path.name), 0.0)
    with transaction.atomic():
        if is_json(path):
            _json(path, source, options, report)
        else:
            _tables(path, source, options, report, actor)
        progress(Sentence("Enregistrement"), 0.9)
        if options.is_strict and report.set_aside:
            first = report.problems[0]
            raise BadInput(
                "%(set_aside)s lignes sont refusées, rien n'est enregistré (--strict). La première : ligne "
                "%(row)s, %(field)s : %(reason)s.",
                values={"set_aside": report.set_aside, "row": first.row, "field": first.field, "reason": first.reason},
                field="fichier",
            )
        if options.is_dry_run:
            transaction.set_rollback(True)
        else:
            _audit(path, report, actor)
    progress(Sentence("Terminé"), 1.0)
    return report


def _json(path: Path, source: str, options: Options, report: Report) -> None:
    records = records_of(path)
    if records is not None:
        report.what = Sentence("communes (geo.api.gouv.fr)")
        store_facts(read_geo_api(records, report.refuse), options.source or GEO_API, report, may_create=True)
        return
    document = document_of(path)
    if not isinstance(document, dict):
        raise BadInput(
            "« %(name)s » n'est ni une liste de communes ni des contours.", values={"name": path.name}, field="fichier"
        )
    if _is_points(document):
        report.what = Sentence("communes (geo.api.gouv.fr)")
        features = iter(document["features"])
        store_facts(read_geo_api(features, report.refuse), options.source or GEO_API, report, may_create=True)
        return
    report.what = Sentence("contours")
    store_outlines(read_contours(document, path.stem, report.refuse), source, report)


def _is_points(document: dict[str, object]) -> bool:
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        return False
    first = features[0]
    geometry = first.get("geometry") if isinstance(first, dict) else None
    return isinstance(geometry, dict) and geometry.get("type") == "Point"


def _tables(path: Path, source: str, options: Options, report: Report, actor: Actor) -> None:
    mapping = mapping_of(read_mapping(options.mapping)) if options.mapping else None
    understood = 0
    for raw in tables_of(path):
        if mapping is not None:
            understood += _mapped(raw, mapping, report)
            continue
        found = understand(raw)
        if found is not None:
            kind, table = found
            report.what = kind.label
            _store(kind, table, source, options, report, actor)
            understood += 1
    if understood:
        return
    wanted = ", ".join(mapping.columns) if mapping else "CODGEO et ZE2020, DEPCOM_HIST et DEPCOM, zone_code et variable"
    raise BadInput(
        "« %(name)s » : on n'y reconnaît aucune table (colonnes attendues : %(wanted)s…). Pour un autre "
        "tableau de chiffres, donnez une correspondance (--mapping FICHIER.yaml).",
        values={"name": path.name, "wanted": wanted},
        field="fichier",
    )


def _mapped(raw: RawTable, mapping: FigureMapping, report: Report) -> bool:
    table = with_header(raw, mapping.columns)
    if table is None:
        return False
    report.what = Sentence("chiffres")
    store_figures(read_mapped(table, mapping, report.refuse), report)
    return True


def _store(kind: TableKind, table: Table, source: str, options: Options, report: Report, actor: Actor) -> None:
    refuse = report.refuse
    match kind:
        case TableKind.COMMUNES:
            store_facts(read_communes(table, refuse), source, report, may_create=False)
        case TableKind.PASSAGE:
            store_history(History(list(read_passage(table, source, refuse))), report)
        case TableKind.MOVEMENTS:
            store_history(read_movements(table, source, refuse), report)
        case TableKind.MATRIX:
            store_trips(read_matrix(table, refuse), source, report)
        case TableKind.TRIPS:
            store_trips(read_trips(table, refuse), source, report)
        case TableKind.PERIMETERS:
            store_perimeters(read_perimeters(table, refuse), source, report, actor=actor)
        case TableKind.FIGURES:
            store_figures(read_figures(table, options.source, refuse), report)
        case TableKind.ZONE_NAMES:
            rename_zones(read_zone_names(table, refuse), report)


def _audit(path: Path, report: Report, actor: Actor) -> None:
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="territory",
        row_id="*",
        verb="import",
        changes={
            "file": path.name,
            "what": report.what,
            "created": report.accepted,
            "changed": report.changed,
            "set_aside": report.set_aside,
        },
    )
