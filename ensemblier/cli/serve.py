"""`ensemblier serve`: Ensemblier on this machine, until Ctrl-C."""

from typing import Annotated

import typer

from ensemblier.cli.server.serve import serve

app = typer.Typer()


@app.command()
def run(
    host: Annotated[str, typer.Option(help="Adresse d'écoute ; les pages ne sont pas chiffrées.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Port ; sinon PORT, sinon 8000.", min=1, max=65535)] = None,
) -> None:
    """Lance la base de données et les pages, les surveille, et les arrête par Ctrl-C."""
    serve(host=host, port=port)
