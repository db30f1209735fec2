"""`ensemblier serve`: the database, the pages, then the worker, watched until Ctrl-C."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from types import FrameType

from ensemblier.cli.server.cluster import Cluster
from ensemblier.cli.server.console import Say, talking
from ensemblier.cli.server.errors import ServerProblem
from ensemblier.cli.server.local import ROOT
from ensemblier.cli.server.locks import held_at_once
from ensemblier.cli.server.prepare import disconnect, prepare_database
from ensemblier.cli.server.static import gather_static, was_gathered
from ensemblier.cli.server.web_server import WebServer, refuse_taken_port
from ensemblier.cli.server.worker_process import WorkerProcess
from ensemblier.cli.words import _
from ensemblier.settings.local_server import place_of

_RESTARTS = 5  # in a minute: beyond, something is broken and a person must look


_DAY = 24 * 3600.0


class Supervisor:
    """Keeps the two servers and the worker alive, and stops them in order."""

    def __init__(self, web: WebServer, cluster: Cluster | None, say: Say) -> None:
        self.web = web
        self.worker = WorkerProcess(web.root)
        self.cluster = cluster  # None: DATABASE_URL names a server that is not ours
        self.say = say
        self._asked_to_stop = False
        self._is_up = False
        self._restarts: list[float] = []

    def run(self) -> None:
        """Starts, says where, watches; returns when a signal asks to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            if self.cluster is not None:
                self.cluster.start()
                self.say(_("base de données prête"))
            self._bring_up()
            self._is_up = True
            self.say(_("prêt"))
            welcome(self.web.address)
            tend_now(self.say)  # after the address is said: upkeep can wait, a person in front of a screen cannot
            self.worker.start()
            self._watch()
        finally:
            self.worker.end()
            self.web.end()
            if self.cluster is not None:
                self.cluster.stop()
            self.say(_("arrêté"))

    def _bring_up(self) -> None:
        # After the first time the pages load while Django is loaded here and looks at the database: half the wait.
        if was_gathered(ROOT):
            self.web.start()
        prepare_database(self.say)
        if gather_static(self.say) or not self.web.is_alive:
            self.web.start()
        if not self.web.wait():
            raise ServerProblem("Les pages ne répondent pas : lisez les messages ci-dessus.")

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked_to_stop or not self._is_up:  # a second Ctrl-C, or one during a long preparation: do not wait
            raise KeyboardInterrupt
        self._asked_to_stop = True

    def _watch(self) -> None:
        next_look, next_worker, next_upkeep = 0.0, 0.0, time.monotonic() + _DAY
        while not self._asked_to_stop:
            time.sleep(0.1)
            if time.monotonic() > next_upkeep:
                next_upkeep = time.monotonic() + _DAY
                tend_now(self.say)
            if not self.web.is_alive and not self._asked_to_stop:
                self._count(_("les pages se sont arrêtées : je les relance"))
                self.web.start()
                self.web.wait()
            if not self.worker.is_alive and time.monotonic() > next_worker and not self._asked_to_stop:
                # Never counted: pages without messages are worth more than nothing.
                next_worker = time.monotonic() + 5
                self.say(_("l'envoi des messages s'est arrêté : je le relance"))
                self.worker.start()
            if self.cluster is not None and time.monotonic() > next_look:
                next_look = time.monotonic() + (0.2 if self.cluster.is_ours else 1.0)
                if not self.cluster.is_ours and not self.cluster.answers() and not self._asked_to_stop:
                    self._count(_("la base s'est arrêtée : je la relance"))
                    self.cluster.start()

    def _count(self, message: str) -> None:
        now = time.monotonic()
        self._restarts = [at for at in self._restarts if now - at < 60] + [now]
        if len(self._restarts) > _RESTARTS:
            raise ServerProblem("Trop d'arrêts en une minute : lisez les messages ci-dessus et le journal de la base.")
        self.say(message)


def tend_now(say: Say) -> None:
    """The daily upkeep, said in one line. A failure is said and never stops the pages: the next day tries again."""
    from django.utils import timezone

    from ensemblier.cli.tend import upkeep

    try:
        say(upkeep(timezone.now()).sentence())
    except Exception as error:
        say(_("entretien remis à demain : %(name)s, %(error)s", name=type(error).__name__, error=error))
    finally:
        disconnect()


def welcome(address: str) -> None:
    """The last lines of `make run`: where to look and with which account."""
    from ensemblier.cli.demo import account_lines

    lines = [f"Ensemblier : {address}", "", *account_lines(), "", _("Pour arrêter : Ctrl-C.")]
    disconnect()
    print("\n".join(["", *(f"  {line}" if line else "" for line in lines), ""]), flush=True)


def serve(*, host: str = "127.0.0.1", port: int | None = None) -> None:
    """Runs Ensemblier from this checkout until Ctrl-C. `port`: PORT of the environment, else 8000."""
    say = talking()
    port = _port() if port is None else port
    with _only_one(port):
        refuse_taken_port(host, port)
        cluster = None if os.environ.get("DATABASE_URL") else Cluster(place_of(ROOT), say)
        Supervisor(WebServer(ROOT, host, port), cluster, say).run()


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    with contextlib.suppress(ValueError):
        if 0 < int(text) < 65536:
            return int(text)
    raise ServerProblem("PORT doit être un nombre de 1 à 65535, pas « %(text)s ».", values={"text": text})


@contextlib.contextmanager
def _only_one(port: int) -> Iterator[None]:
    (ROOT / "var").mkdir(exist_ok=True)
    name = "-".join(filter(None, ("lock", os.environ.get("ENSEMBLIER_SERVER"))))
    with held_at_once(
        ROOT / "var" / name, _("http://127.0.0.1:%(port)s/ (processus %(pid)s)", port=port, pid=os.getpid())
    ) as holder:
        if holder:
            raise ServerProblem("Ensemblier fonctionne déjà depuis ce dossier : %(holder)s.", values={"holder": holder})
        yield
