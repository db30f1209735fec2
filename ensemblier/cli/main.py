"""The command `ensemblier`: each sub-command parses, calls one query or one action, prints."""

import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer

from ensemblier.cli.errors import MEANINGS, report
from ensemblier.cli.frame import Entry, LazyGroup
from ensemblier.cli.words import _, said, terminal

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter


def _serve() -> typer.Typer:
    from ensemblier.cli.serve import app as serve

    return serve


def _territory() -> typer.Typer:
    from ensemblier.cli.territory import app as territory

    return territory


def _orient() -> typer.Typer:
    from ensemblier.cli.orient import app as orient

    return orient


def _coverage() -> typer.Typer:
    from ensemblier.cli.coverage import app as coverage

    return coverage


def _demo() -> typer.Typer:
    from ensemblier.cli.demo import app as demo

    return demo


def _imports() -> typer.Typer:
    from ensemblier.cli.imports import app as imports

    return imports


def _exports() -> typer.Typer:
    from ensemblier.cli.exports import app as exports

    return exports


def _tend() -> typer.Typer:
    from ensemblier.cli.tend import app as tend

    return tend


def _mail() -> typer.Typer:
    from ensemblier.cli.mail import app as mail

    return mail


def _retention() -> typer.Typer:
    from ensemblier.cli.retention import app as retention

    return retention


def _indicators() -> typer.Typer:
    from ensemblier.cli.indicators import app as indicators

    return indicators


def _webhooks() -> typer.Typer:
    from ensemblier.cli.webhooks import app as webhooks

    return webhooks


def _worker() -> typer.Typer:
    from ensemblier.cli.worker import app as worker

    return worker


def _journal() -> typer.Typer:
    from ensemblier.cli.journal import app as journal

    return journal


def _library() -> typer.Typer:
    from ensemblier.cli.library import app as library

    return library


ENTRIES: dict[str, Entry] = {
    "orient": Entry("Qui peut accompagner cette personne, pourquoi, et pourquoi pas les autres.", _orient),
    "coverage": Entry("Audit de couverture : manques, recouvrements, opérateurs sans permanence.", _coverage),
    "territory": Entry("Communes, zonages, chiffres et périmètres.", _territory),
    "demo": Entry("Charge ou retire le territoire fictif de démonstration.", _demo),
    "export": Entry("Exporte l'annuaire : data·inclusion, HSDS, GeoJSON, CSV.", _exports),
    "import": Entry("Importe un fichier ou une source nationale dans l'annuaire.", _imports),
    "library": Entry("Bibliothèque : moissonne, importe, cherche.", _library),
    "tend": Entry("Entretien du jour : numéros échus, accords terminés, fiches à revoir.", _tend),
    "mail": Entry("Reçoit les réponses par courriel, relance ce qui n'a pas pu partir.", _mail),
    "journal": Entry("Journal des accès : têtes à conserver ailleurs, vérification.", _journal),
    "retention": Entry("Durées de conservation : prévenir, archiver, effacer, rejouer.", _retention),
    "indicators": Entry("Socle d'indicateurs : l'envoi du mois, les structures en retard.", _indicators),
    "webhook": Entry("Systèmes prévenus, par appel signé, quand un relais change d'état.", _webhooks),
    "worker": Entry("Envoie les messages, fait passer les échéances, rappelle.", _worker, needs_database=False),
    "serve": Entry("Lance Ensemblier sur cette machine : base de données et pages.", _serve, needs_database=False),
}


class Commands(LazyGroup):
    """The sub-commands of `ensemblier`."""

    entries = ENTRIES

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """The help of all, ended by the exit codes."""
        self.epilog = _codes()
        super().format_help(ctx, formatter)


def _codes() -> str:
    meanings = " · ".join(f"[bold]{int(code)}[/] {said(meaning)}" for code, meaning in MEANINGS.items())
    return _("Codes de sortie : %(meanings)s", meanings=meanings)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Le conseil en évolution professionnelle, ensemble : un annuaire, une orientation expliquée.",
)


def _say_version(asked: bool) -> None:
    if asked:
        print(version("ensemblier"))
        raise typer.Exit


@app.callback()
def ensemblier(
    number: Annotated[bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Version.")] = False,
    lang: Annotated[
        str, typer.Option("--lang", metavar="fr|en", help="Langue de la commande ; sinon celle de LANG.")
    ] = "",
) -> None:
    """Root of the commands; the options here hold for all of them."""


def main() -> None:
    """Entry point of the console script: a refusal becomes a sentence and an exit code, never a traceback."""
    terminal()
    try:
        app()
    except (Exception, KeyboardInterrupt) as error:
        sys.exit(int(report(error, as_json="--json" in sys.argv)))
