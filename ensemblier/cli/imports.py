"""`ensemblier import`: bring a file, or a national source, into the directory; keep mappings of columns."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from typer.core import TyperGroup

from ensemblier.cli.errors import ExitCode
from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _, said
from ensemblier.directory.core.exchange.formats import CODES
from ensemblier.directory.core.exchange.report import ImportReport, Noted
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput

if TYPE_CHECKING:
    from ensemblier.directory.actions.imports.file import ImportOptions

TERMINAL = Actor(label="ligne de commande", roles=frozenset({"system"}))
_SHOWN = 20
_WIDE = 200
"""Columns of a report that goes to a file or to another program: nothing of it is cut."""

Strict = Annotated[bool, typer.Option("--strict", help="Refuser tout le fichier si une seule ligne est mauvaise.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Dire ce qui changerait, sans rien enregistrer.")]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file among several that could not be read, and why."""

    file_name: str
    error: str


class _FileFirst(TyperGroup):
    """`ensemblier import FILE` without naming the sub-command `file`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `file` first unless a sub-command or the help is asked for."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["file", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_FileFirst,
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Importe un fichier ([bold]ensemblier import FICHIER[/]) ou une source nationale dans l'annuaire.",
)


class _Bar:
    """A progress bar on the terminal, silent when the output is not one."""

    def __init__(self) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self.task = self.progress.add_task(_("Lecture"), total=None)

    def __call__(self, what: str, done: int, total: int) -> None:
        self.progress.update(self.task, description=said(what), completed=done, total=total or None)

    def __enter__(self) -> "_Bar":
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


Files = Annotated[list[Path], typer.Argument(help="Fichiers CSV, JSON ou XLSX (aussi .gz, .zip, .tar).")]
Form = Annotated[str, typer.Option("--format", help=f"auto, {', '.join(CODES)}.")]
Columns = Annotated[
    str,
    typer.Option(
        "--mapping", help="Correspondance des colonnes : un fichier YAML ou JSON, ou le nom d'une enregistrée."
    ),
]


@app.command("file")
def import_files(
    files: Files,
    form: Form = "auto",
    mapping: Columns = "",
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Importe un ou plusieurs fichiers : les bonnes lignes sont gardées, les autres mises de côté avec la raison."""
    from ensemblier.directory.actions.imports.file import ImportOptions

    _end(*_imported(files, ImportOptions(form, None, strict, dry_run), mapping), as_json=as_json)


@app.command("whole")
def import_whole(
    files: Files,
    form: Form = "auto",
    mapping: Columns = "",
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Importe un fichier qui est toute sa source : la fermeture de ce qu'il n'a plus est proposée, jamais faite."""
    from ensemblier.directory.actions.imports.file import ImportOptions

    _end(*_imported(files, ImportOptions(form, None, strict, dry_run, is_whole=True), mapping), as_json=as_json)


def _imported(files: list[Path], options: "ImportOptions", mapping: str) -> tuple[list[ImportReport], list[Unread]]:
    """One report a file. Of several files, one that cannot be read is named and the others go on, unless `strict`."""
    from ensemblier.directory.actions.imports.file import import_file
    from ensemblier.directory.actions.imports.mappings import mapping_for

    chosen = replace(options, mapping=mapping_for(mapping) if mapping else None)
    today = date.today()  # noqa: DTZ011 – the day of the person at the terminal
    reports: list[ImportReport] = []
    unread: list[Unread] = []
    with _Bar() as bar:
        for path in files:
            try:
                progress = partial(bar, path.name)
                reports.append(import_file(path, options=chosen, actor=TERMINAL, on=today, progress=progress))
            except BadInput as error:
                if len(files) == 1 or options.strict:
                    raise
                unread.append(Unread(path.name, said(error.message)))
    return reports, unread


@app.command("pull")
def pull_source(
    source: Annotated[str, typer.Argument(help="dila, dila-competence ou france-services.")],
    url: Annotated[str, typer.Option(help="Une autre adresse que l'officielle.")] = "",
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Télécharge une source nationale ouverte et l'importe."""
    from ensemblier.directory.actions.imports.file import ImportOptions
    from ensemblier.directory.actions.imports.pull import pull

    today = date.today()  # noqa: DTZ011 – the day of the person at the terminal
    with _Bar() as bar:
        options = ImportOptions(strict=strict, dry_run=dry_run)
        report = pull(source, url=url, options=options, actor=TERMINAL, on=today, progress=bar)
    _end([report], [], as_json=as_json)


@app.command("rome")
def import_rome(
    file: Annotated[Path, typer.Argument(help="Le fichier CSV des fiches du ROME 4.0 (France Travail).", exists=True)],
    as_json: AsJson = False,
) -> None:
    """Charge les intitulés du répertoire national des métiers, pour nommer compétences et projets."""
    from ensemblier.journey.actions.titles import load_titles

    count = load_titles(file)
    if as_json:
        print_json({"titles": count})
    else:
        Console().print(_("%(count)s intitulés du ROME sont chargés.", count=count))


@app.command("save-mapping")
def save_columns(
    name: Annotated[str, typer.Argument(help="Nom sous lequel la retrouver.")],
    file: Annotated[Path, typer.Argument(help="Le fichier YAML ou JSON de la correspondance.")],
    as_json: AsJson = False,
) -> None:
    """Enregistre une correspondance de colonnes sous un nom."""
    from ensemblier.directory.actions.imports.mappings import save_mapping

    save_mapping(name, file, actor=TERMINAL)
    if as_json:
        print_json({"saved": name})
    else:
        Console().print(
            _("Correspondance « %(name)s » enregistrée : ensemblier import FICHIER --mapping %(name)s", name=name)
        )


@app.command("duplicates")
def find_duplicates(as_json: AsJson = False) -> None:
    """Cherche les fiches qui semblent être la même, et les met dans la file à examiner."""
    from ensemblier.directory.actions.duplicates.pairs import find_pairs

    found = find_pairs(actor=TERMINAL)
    if as_json:
        print_json(found)
    else:
        Console().print(
            _(
                "%(new)s paires nouvelles à examiner, %(known)s déjà connues (%(compared)s comparaisons entre "
                "%(rows)s fiches).",
                new=found.new,
                known=found.known,
                compared=found.compared,
                rows=found.rows,
            )
        )


def _end(reports: list[ImportReport], unread: list[Unread], *, as_json: bool) -> None:
    show(reports, unread, as_json=as_json)
    if unread or any(report.refused for report in reports):
        raise typer.Exit(int(ExitCode.BAD_INPUT))


def show(reports: list[ImportReport], unread: Sequence[Unread] = (), *, as_json: bool) -> None:
    """Reports on the standard output: for people, or JSON (one object, or a list when there were several files)."""
    if as_json:
        print_json([*reports, *unread] if len(reports) + len(unread) > 1 else reports[0])
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDE)
    for report in reports:
        _say(console, report)
    for file in unread:
        line = _("%(name)s n’a pas été importé, les autres l’ont été. %(why)s", name=file.file_name, why=file.error)
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _say(console: Console, report: ImportReport) -> None:
    table = Table(title=f"{report.file_name} ({report.format}, {report.source})", title_justify="left")
    for name in (
        _("lignes"),
        _("acceptées"),
        _("modifiées"),
        _("inchangées"),
        _("mises de côté"),
        _("champ laissé de côté"),
        _("hors sujet"),
    ):
        table.add_column(name, justify="right")
    ignored = sum(report.ignored.values())
    figures = (
        report.rows,
        report.accepted,
        report.changed,
        report.unchanged,
        report.set_aside,
        report.corrected,
        ignored,
    )
    table.add_row(*(f"{figure:,}".replace(",", "\u202f") for figure in figures))
    console.print(table)
    _say_problems(console, _("Lignes mises de côté"), report.blocking)
    _say_problems(console, _("Champs laissés de côté"), report.lost_fields)
    for reason, count in report.ignored.items():
        console.print(
            _("  %(count)s hors sujet : %(reason)s", count=count, reason=said(reason)), markup=False, soft_wrap=True
        )
    _say_end(console, report)


def _say_end(console: Console, report: ImportReport) -> None:
    if report.vanished:
        console.print(
            _(
                "[bold]%(vanished)s fiche(s)[/] que la source n'a plus : leur fermeture est proposée à qui les "
                "tient (pages « Corrections »). Rien n'est fermé sans eux.",
                vanished=report.vanished,
            ),
            soft_wrap=True,
        )
    if report.is_partial:
        console.print(
            _(
                "[bold]Ce fichier ne semble pas entier[/] : plus d'un tiers des fiches de la source y manquent. "
                "Aucune fermeture n'est proposée."
            ),
            soft_wrap=True,
        )
    if report.refused:
        console.print(_("[bold]Rien n'a été enregistré[/] : --strict refuse un fichier qui a de mauvaises lignes."))
    elif report.dry_run:
        console.print(_("[bold]Essai à blanc[/] : rien n'a été enregistré."))


def _say_problems(console: Console, title: str, noted: tuple[Noted, ...]) -> None:
    if not noted:
        return
    console.print(f"[bold]{title}[/] :")
    for one in noted[:_SHOWN]:
        sheet = f"{one.sheet}, " if one.sheet else ""
        line = _("ligne %(number)s", number=one.number)
        field = f", {one.problem.field}" if one.problem.field else ""
        value = f" (« {one.problem.value} »)" if one.problem.value else ""
        console.print(
            f"  {sheet}{line}{field} : {said(one.problem.reason)}{value}", markup=False, highlight=False, soft_wrap=True
        )
    if len(noted) > _SHOWN:
        console.print(_("  … et %(count)s autres (toutes avec --json).", count=len(noted) - _SHOWN))
