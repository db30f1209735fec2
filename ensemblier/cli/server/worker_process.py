"""The worker as a child of `ensemblier serve`: started, watched, ended."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from ensemblier.cli.server.processes import dies_with_us, end_group
from ensemblier.settings.local_server import TASKS


class WorkerProcess:
    """One worker, from the checkout at `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int:
        """Its process; 0 when it was not started."""
        return self._child.pid if self._child is not None else 0

    def start(self) -> None:
        """Starts it, once what is left of the last one has ended."""
        self.end()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "ensemblier", "worker", "--supervised"],
            cwd=self.root,
            env=os.environ | {"ENSEMBLIER_ROLE": TASKS},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dies_with_us(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
        )

    def end(self) -> None:
        """Asks it to finish the message that it is sending, then ends it."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
        end_group(child.pid)
        child.wait()
