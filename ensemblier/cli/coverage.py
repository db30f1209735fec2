"""`ensemblier coverage`: who should be reachable where, and who is."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.territory import day_of
from ensemblier.cli.words import _, said
from ensemblier.kernel.errors import BadInput
from ensemblier.routing.core.coverage import CoverageAudit

app = typer.Typer(help="Audit de couverture : manques, recouvrements, opérateurs sans permanence.")

SHOWN = 40


@app.command()
def coverage(
    zone: Annotated[str, typer.Argument(help="departement:05, epci:200067825… ; rien = la France.")] = "",
    minutes: Annotated[int, typer.Option(help="Portée, en minutes de voiture.")] = 30,
    on: Annotated[str, typer.Option(help="Règles et annuaire de cette date (AAAA-MM-JJ).")] = "",
    fictitious: Annotated[bool, typer.Option(help="Les lieux de démonstration au lieu des vrais.")] = False,
    alert: Annotated[bool, typer.Option(help="Garder les constats comme alertes du territoire.")] = False,
    as_json: AsJson = False,
) -> None:
    """Dit, par public et par opérateur compétent, ce qui est à portée, ce qui manque, ce qui se recouvre."""
    from ensemblier.routing.queries.coverage import coverage as audit_of

    kind, _, code = zone.partition(":")
    if zone and not code:
        raise BadInput("La zone s’écrit « nature:code », par exemple departement:05.", field="zone")
    found = audit_of(on=day_of(on), kind=kind or None, code=code, minutes=minutes, is_fictitious=fictitious)
    if alert:
        from ensemblier.kernel.actor import SYSTEM
        from ensemblier.routing.actions.alerts import record_alerts

        record_alerts(found, zone=(kind or "pays", code or "FR"), actor=SYSTEM)
    if as_json:
        return print_json(_summary(found))
    _say(found)


def _summary(found: CoverageAudit) -> dict[str, object]:
    return {
        "on": found.on,
        "scope": found.scope,
        "minutes": found.minutes,
        "method": found.method,
        "fictitious": found.is_fictitious,
        "rows": [
            {
                "public": row.public.key,
                "label": row.public.label,
                "operator": row.operator,
                "name": row.name,
                "express": row.is_express,
            }
            | {
                key: getattr(row, key)
                for key in ("communes", "covered", "gaps", "unknown", "overlaps", "population", "population_gap")
            }
            for row in found.rows
        ],
        "gaps": [
            {"commune": c.commune.code, "name": c.commune.name, "operator": c.operator, "minutes": c.minutes}
            for c in found.gaps
        ],
        "overlaps": [
            {"commune": c.commune.code, "operator": c.operator, "organisations": c.served_by} for c in found.overlaps
        ],
        "without_permanence": found.without_permanence,
    }


def _say(found: CoverageAudit) -> None:
    console = Console()
    console.print(
        _(
            "\n[bold]Couverture – %(scope)s[/], %(count)s communes\n[dim]%(method)s[/]\n",
            scope=escape(found.scope),
            count=len(found.communes),
            method=said(found.method),
        )
    )
    table = Table(
        _("public"),
        _("opérateur compétent"),
        _("communes"),
        _("couvertes"),
        _("manques"),
        _("inconnu"),
        _("habitants sans accès"),
    )
    for row in found.rows:
        if not row.is_express:
            continue
        numbers = (row.communes, row.covered, row.gaps, row.unknown, row.population_gap)
        table.add_row(said(row.public.label), escape(row.name), *(f"{n:,}".replace(",", " ") for n in numbers))
    console.print(table)
    for missing in found.without_permanence:
        where = _("un lieu, mais aucune permanence publiée") if missing.has_site else _("ni lieu ni permanence publiée")
        console.print(_("· %(name)s : %(where)s dans ce périmètre", name=escape(missing.name), where=where))
    for cell in found.overlaps[:SHOWN]:
        console.print(
            _(
                "· recouvrement à %(commune)s : %(names)s",
                commune=escape(cell.commune.name),
                names=escape(", ".join(cell.served_by)),
            )
        )
