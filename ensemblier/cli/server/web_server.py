"""granian, in its own process group: started, watched, ended with all its workers."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from ensemblier.cli.server.errors import ServerProblem
from ensemblier.cli.server.processes import dies_with_us, end_group
from ensemblier.settings.local_server import PAGES


def refuse_taken_port(host: str, port: int) -> None:
    """Raises when somebody listens there already: said before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerProblem(
                "Le port %(port)s de %(host)s n'est pas libre (%(strerror)s). Choisissez-en un autre : « "
                "PORT=%(next)s make run ».",
                values={"port": port, "host": host, "strerror": error.strerror, "next": port + 1},
            ) from error


class WebServer:
    """The pages on `host`:`port`, from the checkout at `root`."""

    def __init__(self, root: Path, host: str, port: int) -> None:
        self.root = root
        self.host = host
        self.port = port
        self.address = f"http://{host}:{port}/"
        self._child: subprocess.Popen[bytes] | None = None
        self._has_served = False

    @property
    def is_alive(self) -> bool:
        """Whether granian's master runs."""
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int:
        """granian's master; 0 when it was not started."""
        return self._child.pid if self._child is not None else 0

    def start(self) -> None:
        """Starts granian; workers of a killed master are ended first, for they hold the port."""
        self.end()
        workers = os.environ.get("WEB_WORKERS") or str(min(4, max(2, os.cpu_count() or 2)))
        options = {
            "--interface": "wsgi",
            "--host": self.host,
            "--port": str(self.port),
            "--workers": workers,
            "--blocking-threads": "4",
            "--log-level": "warning",
            "--respawn-interval": "0.5",  # by default whoever asks waits 3.5 s for the process that died
        }
        self._child = subprocess.Popen(
            [
                Path(sys.executable).with_name("granian"),
                *(part for pair in options.items() for part in pair),
                "--respawn-failed-workers",
                "ensemblier.wsgi:application",
            ],
            cwd=self.root,
            env=os.environ | {"ENSEMBLIER_ROLE": PAGES},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dies_with_us(),  # noqa: PLW1509 - no thread runs yet
        )

    def status(self) -> int | None:
        """The status of the first page; None while nobody answers."""
        try:
            with urllib.request.urlopen(self.address, timeout=10) as answer:  # noqa: S310 - http on our own host
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return None

    def wait(self, seconds: float = 60) -> bool:
        """Waits until the first page is served; False when it is an error, when granian ends or `seconds` pass."""
        limit = time.monotonic() + seconds
        while self.is_alive and time.monotonic() < limit:
            if (status := self.status()) is not None:
                self._has_served = True
                return status < 500
            time.sleep(0.05)
        return False

    def end(self) -> None:
        """Stops granian, then whatever is left of its group."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(10 if self._has_served else 1)  # a master that is still loading does not listen
            except subprocess.TimeoutExpired:
                child.kill()
        end_group(child.pid)
        child.wait()
