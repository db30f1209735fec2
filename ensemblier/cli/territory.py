"""`ensemblier territory`: load, import, pull, search and show the ground."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _, said
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.territory.core.rows import Report
from ensemblier.territory.core.views import CommuneView

app = typer.Typer(no_args_is_help=True, help="Communes, zonages, chiffres et périmètres.")

Strict = Annotated[bool, typer.Option("--strict", help="Refuser tout le fichier si une seule ligne est mauvaise.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Dire ce qui changerait, sans rien enregistrer.")]


class _Bar:
    """A progress bar on the terminal, silent when the output is not one."""

    def __init__(self) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self.task = self.progress.add_task(_("Territoire"), total=1.0)

    def __call__(self, what: str, share: float) -> None:
        self.progress.update(self.task, description=said(what), completed=share)

    def __enter__(self) -> "_Bar":
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


@app.command()
def load(as_json: AsJson = False) -> None:
    """Charge les communes de France, leurs zones et leur histoire depuis les paquets installés."""
    from django.conf import settings

    from ensemblier.territory.actions.load import load_ground

    with _Bar() as bar:
        report = load_ground(packages=Path(settings.PACKAGES), progress=bar)
    _say(report, as_json)


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="CSV, XLSX, parquet, JSON, GeoJSON, TopoJSON.", metavar="FICHIER…")
    ],
    mapping: Annotated[Path | None, typer.Option(help="Correspondance de colonnes (YAML) pour des chiffres.")] = None,
    source: Annotated[str, typer.Option(help="Nom de la source, montré avec chaque donnée.")] = "",
    strict: Strict = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Importe des communes, zonages, contours, trajets, périmètres ou chiffres : le contenu est reconnu."""
    from ensemblier.territory.actions.imports import Options, import_file

    options = Options(source, mapping, is_strict=strict, is_dry_run=dry_run)
    reports = []
    with _Bar() as bar:
        for path in files:
            reports.append(import_file(path, options=options, progress=bar))
    if as_json:
        return print_json(reports)
    for report in reports:
        _say(report, as_json)


@app.command()
def pull(
    sources: Annotated[list[str] | None, typer.Argument(help="communes, zonages, mouvements… ; toutes sinon.")] = None,
    geo_url: Annotated[str, typer.Option(envvar="ENSEMBLIER_GEO_URL", help="Adresse du service des communes.")] = "",
    insee_url: Annotated[str, typer.Option(envvar="ENSEMBLIER_INSEE_URL", help="Adresse de l'Insee.")] = "",
    as_json: AsJson = False,
) -> None:
    """Télécharge les fichiers officiels et les importe."""
    from ensemblier.territory.actions.pull import pull as pull_sources

    with _Bar() as bar:
        reports = pull_sources(sources or (), bases={"geo": geo_url, "insee": insee_url}, progress=bar)
    if as_json:
        return print_json(reports)
    for report in reports:
        _say(report, as_json)


@app.command()
def profile(
    kind: Annotated[str, typer.Argument(help="commune, epci, departement, region, zone_emploi, bassin_vie…")],
    code: Annotated[str, typer.Argument(help="Code de la commune ou de la zone.")],
    as_json: AsJson = False,
) -> None:
    """Dresse le profil d'un territoire et dit ce qui manque."""
    from ensemblier.territory.core.kinds import ZoneKind
    from ensemblier.territory.queries.figures import territory_profile

    if kind not in list(ZoneKind):
        raise BadInput(
            "« %(kind)s » n'est pas un zonage : %(names)s.",
            values={"kind": kind, "names": ", ".join(ZoneKind)},
            field="zonage",
        )
    found = territory_profile(kind, code)
    if as_json:
        return print_json(found)
    table = Table(_("indicateur"), _("valeur"), found.reference_name, _("unité"), _("ce qui manque"), title=found.name)
    for line in found.indicators:
        values = ["–" if v is None else f"{v:,.1f}".replace(",", " ") for v in (line.value, line.reference)]
        table.add_row(said(line.label), *values, said(line.unit), ", ".join(map(said, line.missing)))
    Console().print(table)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Un nom, une partie d'un nom, un ancien nom, un code postal.")],
    limit: Annotated[int, typer.Option(min=1, max=50)] = 10,
    as_json: AsJson = False,
) -> None:
    """Cherche une commune, même mal orthographiée."""
    from ensemblier.territory.queries.communes import search_communes

    hits = search_communes(text, limit=limit)
    if as_json:
        return print_json(hits)
    if not hits:
        raise NotFound(
            "Aucune commune ne ressemble à « %(text)s ». Essayez son code postal ou une partie du nom.",
            values={"text": text[:60]},
        )
    table = Table(_("code"), _("commune"), _("codes postaux"), _("département"), _("trouvée par"))
    for hit in hits:
        codes = ", ".join(hit.postcodes[:4]) + ("…" if len(hit.postcodes) > 4 else "")
        found = "" if hit.matched == hit.name else hit.matched
        table.add_row(hit.code, hit.name, codes, f"{hit.departement_name} ({hit.departement_code})", found)
    Console().print(table)


@app.command()
def show(
    code: Annotated[str, typer.Argument(help="Le code Insee de la commune, même ancien.")],
    on: Annotated[str, typer.Option(help="À cette date (AAAA-MM-JJ).")] = "",
    as_json: AsJson = False,
) -> None:
    """Montre une commune : ses zones, sa population, sa position et d'où elle vient."""
    from ensemblier.territory.queries.communes import commune

    view = commune(code, on=day_of(on))
    if as_json:
        return print_json(view)
    for name, value in _lines(view):
        Console().print(f"[bold]{name}[/] : {value}")


def day_of(text: str) -> date:
    """The day written as YYYY-MM-DD, today when empty. Raises BadInput."""
    if not text:
        return date.today()  # noqa: DTZ011 — the door is where the clock is read
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            "« %(text)s » n'est pas une date : écrivez AAAA-MM-JJ, par exemple 2026-01-31.", values={"text": text[:30]}
        ) from error


def _lines(view: CommuneView) -> list[tuple[str, str]]:
    point = _("inconnue")
    if view.point:
        point = f"{view.point.lat:.5f}, {view.point.lon:.5f}" + (_(" (estimée)") if view.is_estimated else "")
    zones = [
        (_("département"), view.departement_name, view.departement_code),
        (_("région"), view.region_name, view.region_code),
        (_("intercommunalité"), view.epci_name, view.epci_code),
        (_("zone d'emploi"), view.zone_emploi_name, view.zone_emploi_code),
        (_("bassin de vie"), view.bassin_vie_name, view.bassin_vie_code),
    ]
    lines = [(_("commune"), f"{view.name} ({view.code})")]
    if view.followed_from:
        lines.append((_("ancien code demandé"), view.followed_from))
    lines.append((_("codes postaux"), ", ".join(view.postcodes) or _("non connus")))
    lines += [(what, f"{name} ({code})" if code else _("non connu")) for what, name, code in zones]
    lines.append((_("population"), _("non connue") if view.population is None else str(view.population)))
    return [*lines, (_("position"), point)]


def _say(report: Report, as_json: bool) -> None:
    """The report of a load or an import: counts, notes, then the rows set aside with their field and reason."""
    if as_json:
        return print_json(report)
    console = Console()
    console.print(
        _(
            "[bold]%(what)s[/] : %(accepted)s ajouts, %(changed)s changements, %(unchanged)s sans "
            "changement, %(set_aside)s mis de côté",
            what=said(report.what),
            accepted=report.accepted,
            changed=report.changed,
            unchanged=report.unchanged,
            set_aside=report.set_aside,
        )
    )
    for note in report.notes:
        console.print(said(note))
    for problem in report.problems[:50]:
        console.print(
            _(
                "  ligne %(row)s, %(field)s : %(reason)s",
                row=problem.row,
                field=problem.field,
                reason=said(problem.reason),
            ),
            markup=False,
        )
    if report.set_aside > 50:
        console.print(
            _(
                "  … et %(count)s autres (--json pour les voir toutes, jusqu'à mille)",
                count=report.set_aside - 50,
            )
        )
