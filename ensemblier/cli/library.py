"""`ensemblier library`: harvest, import, search, count words."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _, said
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM
from ensemblier.kernel.errors import BadInput
from ensemblier.library.actions.founding import deposit_founding_texts
from ensemblier.library.actions.harvest import harvest as harvest_repository
from ensemblier.library.actions.imports import FileForm, import_notices, import_thesaurus
from ensemblier.library.actions.intake import Taken
from ensemblier.library.actions.upkeep import recount
from ensemblier.library.core.harvests import Asked
from ensemblier.library.queries.search import search_library

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="Bibliothèque : moissonner, importer, chercher.")

FORMS = ", ".join(one.value for one in FileForm)
Name = Annotated[str, typer.Option("--name", help="Nom de la source, tel qu'on le lira sur les notices.")]


@app.command()
def harvest(
    url: Annotated[str, typer.Argument(help="Adresse OAI-PMH, par exemple https://api.archives-ouvertes.fr/oai/hal/")],
    name: Name = "HAL",
    prefix: Annotated[str, typer.Option(help="oai_dc (Dublin Core) ou xml-tei (HAL).")] = "oai_dc",
    set_spec: Annotated[str, typer.Option("--set", help="Un ensemble de l'entrepôt.")] = "",
    since: Annotated[str, typer.Option("--from", help="Depuis ce jour ; sinon, depuis la dernière fois.")] = "",
    as_json: AsJson = False,
) -> None:
    """Moissonne un entrepôt OAI-PMH : ce qui a changé depuis la dernière fois."""
    asked = Asked(url, prefix, set_spec, since)
    _say(harvest_repository(asked, name, actor=SYSTEM, on=_today()), as_json)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Le fichier.")],
    form: Annotated[
        str, typer.Option("--format", help="ris, bibtex, csv, fiches-travail, code-travail, feed ou thesaurus.")
    ],
    name: Name = "",
    as_json: AsJson = False,
) -> None:
    """Importe des notices ; un fichier importé deux fois ne change rien."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadInput(
            "Impossible de lire « %(file)s » : %(why)s.",
            field="file",
            values={"file": str(file), "why": error.strerror or ""},
        ) from error
    if form == "thesaurus":
        count = import_thesaurus(content, name or file.stem, actor=SYSTEM)
        print_json({"words": count}) if as_json else print(_("%(count)s mot(s) ont des synonymes", count=count))
        return
    if form not in {one.value for one in FileForm}:
        raise BadInput(
            "Format « %(form)s » inconnu. Formats : %(known)s, thesaurus.",
            field="format",
            values={"form": form, "known": FORMS},
        )
    _say(import_notices(content, FileForm(form), name or file.stem, actor=SYSTEM, on=_today()), as_json)


@app.command()
def search(text: Annotated[str, typer.Argument(help="La question.")], as_json: AsJson = False) -> None:
    """Cherche dans la bibliothèque, comme la page publique."""
    found = search_library(text, actor=ANONYMOUS, on=_today())
    if as_json:
        print_json(found)
        return
    if found.is_too_short:
        print(_("Un minimum de 2 caractères est nécessaire."))
    for word, meanings in found.read_as:
        print(_("« %(word)s » : cherché aussi avec %(others)s.", word=word, others=", ".join(meanings)))
    for hit in found.hits:
        print(f"{'=' if hit.is_exact else '~'} {hit.row.title} ({said(hit.row.kind.label)})")
    if not found.hits:
        print(_("Aucune réponse."))


@app.command()
def count(as_json: AsJson = False) -> None:
    """Recompte les mots de la bibliothèque (l'entretien du jour le fait aussi)."""
    known = recount()
    print_json({"words": known}) if as_json else print(_("%(count)s mot(s) connu(s)", count=known))


@app.command()
def founding(as_json: AsJson = False) -> None:
    """Dépose les notices des textes fondateurs du conseil en évolution professionnelle, s'il en manque."""
    _say(deposit_founding_texts(on=_today()), as_json)


def _today() -> date:
    return timezone.localdate()


def _say(done: Taken, as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    print(
        _(
            "%(new)s nouvelle(s), %(changed)s modifiée(s), %(same)s inchangée(s), %(withdrawn)s retirée(s), "
            "%(refused)s refusée(s)",
            new=done.new,
            changed=done.changed,
            same=done.same,
            withdrawn=done.withdrawn,
            refused=done.refused_count,
        )
    )
    for which, why in done.refused:
        print(_("  refusée : %(which)s – %(why)s", which=which, why=said(why)))
