"""`ensemblier tend`: the daily upkeep. `ensemblier serve` does it at its start and once a day; elsewhere, cron does."""

from dataclasses import asdict, dataclass
from datetime import datetime

import typer
from django.utils import timezone

from ensemblier.accounts.actions.upkeep import end_old_sessions
from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _
from ensemblier.directory.actions.callbacks import purge_callbacks
from ensemblier.directory.queries.freshness import count_stale
from ensemblier.kernel.actor import SYSTEM
from ensemblier.library.actions.upkeep import recount
from ensemblier.routing.actions.agreements import close_ended_agreements
from ensemblier.routing.queries.agreement_list import count_to_review

app = typer.Typer(help="Entretien du jour : efface les numéros échus, clôt les accords terminés, compte les rappels.")


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What one upkeep did (the first two) and what waits for people (the others)."""

    callbacks_purged: int
    agreements_closed: int
    rows_to_review: int
    agreements_to_review: int

    def sentence(self) -> str:
        """One line for a log or a terminal."""
        return _(
            "entretien : %(callbacks_purged)s numéro(s) à rappeler effacé(s), %(agreements_closed)s "
            "accord(s) clos ; à revoir : %(rows_to_review)s fiche(s), %(agreements_to_review)s accord(s)",
            callbacks_purged=self.callbacks_purged,
            agreements_closed=self.agreements_closed,
            rows_to_review=self.rows_to_review,
            agreements_to_review=self.agreements_to_review,
        )


def upkeep(now: datetime) -> Upkeep:
    """Does what a day asks for; twice on the same day changes nothing more. `now` carries a time zone."""
    on = timezone.localdate(now)
    end_old_sessions(now=now)
    recount()
    return Upkeep(
        callbacks_purged=purge_callbacks(now=now),
        agreements_closed=close_ended_agreements(on=on, actor=SYSTEM),
        rows_to_review=count_stale(on=on),
        agreements_to_review=count_to_review(on=on),
    )


@app.command()
def tend(as_json: AsJson = False) -> None:
    """Entretien du jour : efface les numéros échus, clôt les accords terminés, compte les rappels."""
    done = upkeep(timezone.now())
    if as_json:
        print_json(asdict(done))
    else:
        print(done.sentence())
