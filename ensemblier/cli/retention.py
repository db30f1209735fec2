"""`ensemblier retention`: terms of the data, their register, the journal that survives a restore."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _
from ensemblier.journey.actions.restoring import journal_lines, outside_lines, replay
from ensemblier.journey.actions.retention import run_retention
from ensemblier.journey.core.retention_tables import TABLES
from ensemblier.kernel.errors import BadInput

app = typer.Typer(
    no_args_is_help=True, help="Durées de conservation : les appliquer, les lire, rejouer les effacements."
)


@app.command()
def run() -> None:
    """Applique maintenant les durées de conservation (le travailleur le fait chaque jour)."""
    done = run_retention(timezone.now())
    print(
        _(
            "%(archived)s dossier(s) archivé(s), %(warned)s personne(s) prévenue(s), %(erased)s effacé(s)",
            archived=done.archived,
            warned=done.warned,
            erased=done.erased,
        )
    )
    for table, number in sorted(done.rows.items()):
        if number:
            print(f"  {table} : {number}")


@app.command()
def register(as_json: AsJson = False) -> None:
    """Le registre : ce que chaque table garde, et combien de temps."""
    rows = {
        table: {"terme": rule.term.label, "dit": rule.says.split(), "code": rule.codes.split()}
        for table, rule in sorted(TABLES.items())
    }
    if as_json:
        print_json(rows)
        return
    for table, row in rows.items():
        print(f"{table} : {row['terme']}")


@app.command()
def journal(to: Annotated[Path | None, typer.Argument(help="Fichier ; sinon la sortie standard.")] = None) -> None:
    """Écrit le journal des effacements et des partages arrêtés, à garder hors de la base avec les sauvegardes."""
    text = "".join(f"{line}\n" for line in journal_lines())
    if to is None:
        sys.stdout.write(text)
        return
    fresh = to.with_suffix(f"{to.suffix}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(to)


@app.command("replay")
def replay_journal(
    files: Annotated[list[Path] | None, typer.Argument(help="Journaux ; sinon ceux de ERASURES_FOLDER.")] = None,
) -> None:
    """Après une restauration : efface et arrête de nouveau tout ce qui l'avait été."""
    lines = outside_lines(files or None)
    if not lines:
        raise BadInput("Aucun journal des effacements : dites où il est (ERASURES_FOLDER, ou le nom du fichier).")
    done = replay(lines, at=timezone.now())
    print(
        _(
            "%(erased)s dossier(s) effacé(s), %(revoked)s partage(s) arrêté(s), %(withdrawn)s relais clos",
            erased=done.erased,
            revoked=done.revoked,
            withdrawn=done.withdrawn,
        )
    )
