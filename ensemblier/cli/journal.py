"""`ensemblier journal`: the heads of the journal's chains, to keep elsewhere; whether anybody touched it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _, said
from ensemblier.journey.core.journal import ChainHead
from ensemblier.journey.queries.journal_chain import journal_faults, journal_heads
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated

app = typer.Typer(help="Journal des accès : têtes de chaîne à conserver ailleurs, vérification.", no_args_is_help=True)


@app.command()
def heads() -> None:
    """Écrit les têtes du jour, une par ligne. Gardez-les hors de la base : chaque jour, par cron."""
    on = timezone.localdate().isoformat()
    for head in journal_heads():
        print(json.dumps({"on": on} | asdict(head)))


@app.command()
def verify(
    files: Annotated[list[Path] | None, typer.Option("--heads", help="Fichiers écrits par « journal heads ».")] = None,
    as_json: AsJson = False,
) -> None:
    """Vérifie chaque ligne, chaque maillon, chaque tête ; avec --heads, que le passé gardé ailleurs est le même."""
    known = [head for file in files or [] for head in _read(file)]
    faults = journal_faults(known)
    if as_json:
        print_json({"whole": not faults, "known_heads": len(known), "faults": faults})
    else:
        for fault in faults:
            print(
                _(
                    "%(kind)s : chaîne %(shard)s, rang %(position)s",
                    kind=said(fault.kind),
                    shard=fault.shard,
                    position=fault.position,
                )
            )
    if faults:
        raise RuleViolated("Le journal des accès n'est pas celui qui a été écrit : gardez la base telle quelle.")
    if not as_json:
        print(_("Journal entier ; %(count)s tête(s) conservée(s) ailleurs comparée(s).", count=len(known)))


def _read(file: Path) -> list[ChainHead]:
    if not file.is_file():
        raise NotFound("Ce fichier n'existe pas : %(file)s.", values={"file": file})
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = [ChainHead(int(row["shard"]), int(row["position"]), str(row["mark"])) for row in rows]
        _ = [bytes.fromhex(head.mark) for head in found]
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("%(file)s n'a pas été écrit par « ensemblier journal heads ».", values={"file": file}) from error
    return found
