"""The command `ensemblier`: each sub-command parses, calls one query or one action, prints."""

import typer

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode="rich", help="Le conseil en évolution professionnelle, ensemble."
)


def main() -> None:
    """Entry point of the console script."""
    app()
