"""`ensemblier worker`: sends the messages, runs the clock, reminds. `ensemblier serve` keeps one; elsewhere, systemd.

One process, one connection, no job table: what is to be done stands in the rows themselves, so a worker killed at any
point leaves nothing half done and nothing locked (docs/decisions).
"""

import signal
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ensemblier.cli.frame import database, prepare_django
from ensemblier.cli.server.console import Say, talking
from ensemblier.cli.words import _, said

if TYPE_CHECKING:
    from ensemblier.cli.duties import Duty

app = typer.Typer(help="Envoie les messages, fait passer les échéances, rappelle.")


class Worker:
    """Runs each duty when its time has come, one after the other, until asked to stop."""

    def __init__(self, duties: "Sequence[Duty]", say: Say) -> None:
        self.duties = duties
        self.say = say
        self.stopping = threading.Event()
        self._next: dict[str, datetime] = {}

    def step(self, now: datetime) -> None:
        """Every duty whose time has come. A failure is said, and tried again at its next time: the others go on."""
        for duty in self.duties:
            if self.stopping.is_set() or now < self._next.get(duty.name, now):
                continue
            self._next[duty.name] = now + duty.every
            try:
                if done := duty.run(now):
                    self.say(f"{said(duty.name)} : {done}")
            except Exception as error:
                self.say(_("%(name)s : remis à plus tard (%(kind)s)", name=said(duty.name), kind=type(error).__name__))
                _leave_connection()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; the message being sent is finished first."""
        from django.utils import timezone

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            self.step(timezone.now())
            self.stopping.wait(1)


def _leave_connection() -> None:
    """A connection that broke is never used again."""
    from django.db import connection

    connection.close()


def _without_pool() -> None:
    """One connection is enough for one thread."""
    from django.db import connection

    connection.settings_dict.setdefault("OPTIONS", {}).pop("pool", None)
    connection.settings_dict["CONN_MAX_AGE"] = None


@app.command()
def worker(
    once: Annotated[
        bool, typer.Option("--once", help="Fait une fois tout ce qui attend, puis s'arrête (cron).")
    ] = False,
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,
) -> None:
    """Envoie les messages, fait passer les échéances, rappelle : jusqu'à Ctrl-C."""
    prepare_django()
    with nullcontext() if supervised else database():
        from django.utils import timezone

        from ensemblier.cli.duties import DUTIES

        _without_pool()
        found = Worker(DUTIES, talking())
        if once:
            found.step(timezone.now())
        else:
            found.run()
