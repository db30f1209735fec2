"""Where the embedded PostgreSQL of a checkout lives: pure functions of its path, shared by settings and supervisor.

As root the server runs as `nobody` under /var/lib/ensemblier, because it refuses to be root and a checkout may be
out of reach of `nobody`; otherwise under `var/` of the checkout, with a socket short enough for the 107 bytes of Unix.
Only the path, the account and ENSEMBLIER_SERVER decide, never TMPDIR or XDG_RUNTIME_DIR: a command started from cron
must find the server that a desktop session started.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

DATABASE = "ensemblier"
OWNER = "ensemblier"
PAGES = "ensemblier_web"
TASKS = "ensemblier_worker"
"""As whom pages and tasks connect: accounts that own nothing, for which row-level security is forced."""
PORT = 5432  # part of the socket's name, no TCP port is opened


@dataclass(frozen=True, slots=True)
class Place:
    """Paths of one checkout's server: `home`, `data` (the cluster), `socket` (0700 folder of the Unix socket)."""

    home: Path
    data: Path
    socket: Path

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "postgres.log"


def place_of(root: Path) -> Place:
    """The place of the server of the checkout at `root`; ENSEMBLIER_SERVER names a second one (tests, PostgreSQL 15).

    Root finds the cluster that an ordinary user made in this checkout, and leaves it to that user.
    """
    root = root.resolve()
    key = hashlib.sha256(str(root).encode()).hexdigest()[:12]
    name = os.environ.get("ENSEMBLIER_SERVER", "")
    home = root / "var" / (f"server-{name}" if name else "server")
    if name:
        key = f"{key}-{name}"
    uid = os.geteuid()
    if uid == 0:
        try:
            uid = (home / "data").stat().st_uid
        except OSError:
            uid = 0
    if uid == 0:
        system = Path("/var/lib/ensemblier") / key
        return Place(system, system / "data", system / "s")
    session = Path("/run/user") / str(uid)
    base = session if session.is_dir() else Path("/tmp")  # noqa: S108 - the supervisor checks who owns the folder in it
    return Place(home, home / "data", base / f"ensemblier-{uid}-{key}")
