"""`ensemblier webhook`: the systems told, with identifiers and states only, when a relay moves."""

from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone

from ensemblier.cli.words import _
from ensemblier.journey.actions.webhooks import subscribe, unsubscribe

app = typer.Typer(no_args_is_help=True, help="Systèmes prévenus, par appel signé, quand un relais change d'état.")


@app.command()
def add(
    organisation: Annotated[UUID, typer.Argument(help="Identifiant public de la structure.")],
    url: Annotated[str, typer.Argument(help="Adresse https à appeler.")],
) -> None:
    """Prévient un système de plus ; dit le secret qui vérifie la signature."""
    uid, secret = subscribe(organisation, url, at=timezone.now())
    print(_("identifiant : %(uid)s\nsecret : %(secret)s", uid=uid, secret=secret))
    print(
        _(
            "signature : X-Ensemblier-Signature: t=…,v1=… (t en secondes ; v1 : HMAC-SHA256 de « t.corps », en "
            "hexadécimal)"
        )
    )


@app.command()
def end(uid: Annotated[UUID, typer.Argument(help="Identifiant donné par « webhook add ».")]) -> None:
    """Ne prévient plus ce système."""
    unsubscribe(uid, at=timezone.now())
    print(_("c'est arrêté"))
