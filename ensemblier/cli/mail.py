"""`ensemblier mail`: what a mail server pipes here, and messages set aside."""

import sys
from typing import Annotated

import typer
from django.utils import timezone

from ensemblier.cli.words import _
from ensemblier.journey.actions.mail import receive_mail
from ensemblier.kernel.orm.delivery import requeue_parked

app = typer.Typer(no_args_is_help=True, help="Reçoit les réponses par courriel ; relance les messages mis de côté.")


@app.command()
def receive(to: Annotated[str, typer.Option(help="L'adresse à laquelle ce courriel est arrivé.")] = "") -> None:
    """Lit un courriel sur l'entrée standard : la réponse devient un message sur son relais, jamais un état."""
    kept = receive_mail(sys.stdin.buffer.read(), to=to, at=timezone.now())
    print(_("message gardé sur le relais") if kept else _("réponse automatique : rien n'est gardé"))


@app.command()
def retry() -> None:
    """Remet en route tous les messages mis de côté, une fois la cause réparée."""
    print(_("%(count)s message(s) à envoyer de nouveau", count=requeue_parked(at=timezone.now())))
