"""`ensemblier indicators`: the socle d'indicateurs, by structure and month; who is about to be late."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone

from ensemblier.cli.words import _
from ensemblier.journey.actions.indicators import export_indicators, late_operators

app = typer.Typer(no_args_is_help=True, help="Socle d'indicateurs : exporter un mois, voir qui tarde (R. 6111-5).")


@app.command()
def export(
    organisation: Annotated[UUID, typer.Argument(help="Identifiant public de la structure.")],
    month: Annotated[datetime, typer.Argument(help="Le mois, par un de ses jours.", formats=["%Y-%m-%d", "%Y-%m"])],
    to: Annotated[Path, typer.Option(help="Dossier où écrire le fichier.")] = Path(),
) -> None:
    """Écrit le fichier d'un mois fini, une ligne par accompagnement, et note l'envoi."""
    done = export_indicators(organisation, date(month.year, month.month, 1), at=timezone.now())
    (to / done.name).write_bytes(done.content)
    print(_("%(to)s : %(lines)s ligne(s), %(version)s", to=to / done.name, lines=done.lines, version=done.version))


@app.command()
def late() -> None:
    """Les structures qui n'ont rien transmis depuis cinq mois : il en reste moins d'un."""
    found = late_operators(timezone.localdate())
    for row in found:
        print(
            _(
                "%(name)s : %(months)s mois sans envoi, limite %(limit)s (R. 6111-5)",
                name=row.name,
                months=row.months,
                limit=row.limit,
            )
        )
    if not found:
        print(_("personne ne tarde"))
