"""Runs a server of its own for a test: under another name, from a script, so that it can be killed."""

import contextlib
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from ensemblier.cli.server.local import ROOT
from ensemblier.cli.server.processes import dies_with_us, dwellers
from ensemblier.settings.local_server import DATABASE, OWNER, PORT, Place

HOLD = """
import sys, time
from pathlib import Path
from ensemblier.cli.server.cluster import Cluster
from ensemblier.cli.server.console import talking
from ensemblier.settings.local_server import place_of

cluster = Cluster(place_of(Path(sys.argv[1])), talking())
cluster.start()
print("ready", flush=True)
time.sleep(600)
"""


def environment(**extra: str) -> dict[str, str]:
    """What a child needs of ours, without the database of the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ENSEMBLIER_SERVER")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"PYTHONPATH": str(ROOT)} | extra


def interpreter(runs_as: str) -> tuple[str, dict[str, str]]:
    """A Python that this account can execute, with our packages on its path: ours may live in a closed folder."""
    account = pwd.getpwnam(runs_as)
    for python in (sys.executable, "/usr/bin/python3"):
        tried = subprocess.run(
            ["/usr/bin/test", "-x", python],
            user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/", check=False,
        )  # fmt: skip
        if tried.returncode == 0:
            return python, environment(PYTHONPATH=f"{ROOT}:{Path(psycopg.__file__).parents[1]}")
    raise AssertionError("no Python that an ordinary account can run: apt-get install -y python3")


@contextlib.contextmanager
def holder(folder: Path, runs_as: str = "") -> Iterator[subprocess.Popen[str]]:
    """A process that has started the server of `folder` and keeps it; killed at the end. `runs_as`: root's choice."""
    python, env = interpreter(runs_as) if runs_as else (sys.executable, environment())
    account = pwd.getpwnam(runs_as) if runs_as else None
    process = subprocess.Popen(
        [python, "-c", HOLD, str(folder)],
        env=env,
        cwd="/",
        stdout=subprocess.PIPE,
        text=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=dies_with_us(signal.SIGKILL),
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def postmaster(place: Place) -> int:
    """The process id that the server wrote down."""
    return int((place.data / "postmaster.pid").read_text().splitlines()[0])


def until(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Waits for a condition; fails with `what` when it does not come."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, what
        time.sleep(0.02)


def is_empty(place: Place) -> bool:
    """Whether no postgres works in the data folder."""
    return not dwell(place)


def dwell(place: Place) -> list[int]:
    """Process ids of the postgres of this place."""
    return list(dwellers(place.data))


def connect(place: Place) -> psycopg.Connection:
    """A connection as the owner."""
    return psycopg.connect(host=str(place.socket), port=PORT, dbname=DATABASE, user=OWNER, autocommit=True)


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kill(pid: int) -> None:
    """`kill -9`."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
