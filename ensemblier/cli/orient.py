"""`ensemblier orient`: every door open to a person, why, and why not the others."""

import inspect
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table

from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.territory import day_of
from ensemblier.cli.words import _, either, said
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import SiteCard
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import Sentence
from ensemblier.routing.core.answer import Reason
from ensemblier.routing.core.cases import item_of, parse_cases, parse_date
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status
from ensemblier.routing.core.orientation import Door, Orientation

app = typer.Typer(help="Qui peut accompagner cette personne, pourquoi, et pourquoi pas les autres.")

MAX_FILE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command: one per question that may be put to the person."""

    commune: Annotated[str, typer.Option(help="Code Insee de la commune, même ancien.")] = ""
    status: Annotated[list[Status] | None, typer.Option(help="Une situation ; l’option se répète.")] = None
    quality: Annotated[list[Quality] | None, typer.Option(help="Oui à cette question ; se répète.")] = None
    no: Annotated[list[Quality] | None, typer.Option("--no", help="Non à cette question ; se répète.")] = None
    purpose: Annotated[Purpose | None, typer.Option(help="Ce qui amène la personne.")] = None
    born: Annotated[str, typer.Option(help="Date de naissance (AAAA-MM-JJ).")] = ""
    age_band: Annotated[AgeBand | None, typer.Option(help="Tranche d’âge, sans date de naissance.")] = None
    wish: Annotated[Operator | None, typer.Option(help="L’opérateur que la personne préfère.")] = None
    on: Annotated[str, typer.Option(help="Règles de cette date (AAAA-MM-JJ).")] = ""
    cases: Annotated[Path | None, typer.Option(help="Fichier JSON de personnes ; écrit un tableau JSON.")] = None
    as_json: AsJson = False


def orient(**options: Any) -> None:
    """Donne toutes les portes ouvertes, la règle et l’article de chacune, les lieux les plus proches.

    Ce qui n’est pas dit reste inconnu : la commande indique alors les questions qui changeraient la réponse.
    """
    asked = Asked(**options)
    if asked.cases is not None:
        return _print_cases(asked.cases)
    from ensemblier.routing.queries.orientation import orient as ask
    from ensemblier.territory.queries.communes import commune as find

    day = day_of(asked.on)
    answers: dict[Quality, bool | None] = dict.fromkeys(asked.no or (), False)
    answers |= dict.fromkeys(asked.quality or (), True)
    facts = PersonFacts(
        born=parse_date(asked.born, "born") if asked.born else None,
        age_band=asked.age_band,
        statuses=frozenset(asked.status) if asked.status else None,
        qualities=answers,
        purpose=asked.purpose,
    )
    place = find(asked.commune, on=day) if asked.commune else None
    found = ask(facts, on=day, commune=place, wish=asked.wish, day=day_of(""))
    if asked.as_json:
        return print_json(item_of("", found))
    _say(found)


orient.__signature__ = inspect.signature(Asked)  # type: ignore[attr-defined]
orient.__annotations__ = get_type_hints(Asked, include_extras=True)
app.command()(orient)


def _print_cases(path: Path) -> None:
    from ensemblier.routing.queries.cases import orient_cases

    today = day_of("")
    parsed = parse_cases(_read(path), default_on=today)
    found = orient_cases(parsed, day=today)
    print_json([item_of(case.id, answer) for case, answer in zip(parsed, found, strict=True)])


def _read(path: Path) -> object:
    try:
        if str(path) == "-":
            return json.loads(sys.stdin.buffer.read(MAX_FILE_BYTES).decode("utf-8-sig"))
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadInput(
                "%(path)s dépasse %(most)s Mo : découpez le fichier.",
                values={"path": path, "most": MAX_FILE_BYTES // 1000000},
            )
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BadInput(
            "%(path)s ne peut pas être lu : %(why)s.", values={"path": path, "why": error.strerror or error}
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(
            "%(path)s n’est pas écrit en UTF-8 : réenregistrez-le dans ce codage.", values={"path": path}
        ) from error
    except (json.JSONDecodeError, RecursionError) as error:
        where = Sentence(" (ligne %(number)s)", number=error.lineno) if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(
            "%(path)s n’est pas du JSON%(where)s : vérifiez le fichier.", values={"path": path, "where": where}
        ) from error


def _say(found: Orientation) -> None:
    console = Console()
    console.print(_("\n[bold]Qui peut accompagner cette personne[/] – règles du %(day)s\n", day=_day(found.on)))
    for reason in found.right_reasons:
        console.print(Panel(_reason(reason), title=_("Le droit n’est pas ouvert"), border_style="yellow"))
    for door in found.doors:
        _say_door(console, door, found)
    if found.doors:
        console.print(
            _("[dim]Ordre neutre : compétence, souhait, trajet par tranches de 5 minutes, tirage du jour.[/]\n")
        )
    if found.unassigned:
        console.print(
            Panel(
                _("Aucun texte ne désigne d’opérateur : public « à répartir » entre les acteurs du territoire."),
                border_style="yellow",
            )
        )
    _say_rest(console, found)


def _say_door(console: Console, door: Door, found: Orientation) -> None:
    console.print(f"[bold cyan]{escape(door.name)}[/] – {said(door.level.label)}")
    for reason in door.because:
        console.print(Padding(_reason(reason), (0, 0, 0, 2)))
    if door.sites:
        table = Table(_("lieu"), _("adresse"), _("téléphone"), _("trajet"), box=None, padding=(0, 2))
        for site in door.sites:
            table.add_row(*_row(site))
        console.print(Padding(table, (0, 0, 0, 2)))
    else:
        phone = found.desk.phone if found.desk and door.operator is Operator.REGIONAL_OPERATOR else ""
        console.print(
            Padding(
                _("Aucun lieu dans l’annuaire") + (_(" ; numéro régional : %(phone)s", phone=phone) if phone else ""),
                (0, 2),
            )
        )
    console.print()


def _row(site: SiteCard) -> tuple[str, str, str, str]:
    minutes = _("durée inconnue") if site.travel.minutes is None else f"{site.travel.minutes:.0f} min"
    name = site.name + (_(" (fictif)") if site.is_fictitious else "")
    return escape(name), escape(f"{site.address} {site.postcode} {site.city}".strip()), site.phone, minutes


def _say_rest(console: Console, found: Orientation) -> None:
    sections: list[tuple[str, list[str]]] = [
        (
            _("Autres portes"),
            [f"{escape(either(d.name, d.name_en))} : {_reason(r)}" for d in found.other_doors for r in d.because[:1]],
        ),
        (_("Écartés par la loi"), [f"{escape(e.name)} : {_reason(r)}" for e in found.excluded for r in e.because]),
        (
            _("Peut-être, selon vos réponses"),
            [
                _("%(name)s, si : %(why)s", name=escape(u.name), why=_plain(u.because[0]))
                for u in found.undetermined
                if u.because
            ],
        ),
        (_("Pourquoi pas"), [f"{escape(n.name)} : {_reason(r)}" for n in found.not_concerned for r in n.because]),
        (_("Doutes"), [_reason(doubt.reason) for doubt in found.doubts]),
        (
            _("Questions qui changeraient la réponse"),
            [escape(either(question.text_fr, question.text_en)) for question in found.questions],
        ),
        (
            _("Droits et délais"),
            [f"[bold]{escape(either(r.title_fr, r.title_en))}[/] {_reason(r.reason)}" for r in found.rights],
        ),
    ]
    for title, lines in sections:
        if lines:
            console.print(f"[bold]{title}[/]")
            for line in lines:
                console.print(Padding("· " + line, (0, 0, 0, 2)))
            console.print()
    if found.desk is not None:
        console.print(f"[bold]{escape(found.desk.name)}[/] {found.desk.phone} {escape(found.desk.portal_url)}")


def _reason(reason: Reason) -> str:
    return f"{_plain(reason)} [dim]({escape(reason.reference)})[/]"


def _plain(reason: Reason) -> str:
    return escape(either(reason.plain_fr, reason.plain_en))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
