"""Where the embedded PostgreSQL of a checkout lives: pure functions of its path, shared by settings and supervisor.

As root the server runs as `nobody` under /var/lib/ensemblier, because it refuses to be root and a checkout may be
out of reach of `nobody`; otherwise under `var/` of the checkout, with a socket short enough for the 107 bytes of Unix.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

DATABASE = "ensemblier"
OWNER = "ensemblier"


@dataclass(frozen=True, slots=True)
class Place:
    """Paths of one checkout's server: `home`, `data` (the cluster), `socket` (0700 folder of the Unix socket)."""

    home: Path
    data: Path
    socket: Path


def place_of(root: Path) -> Place:
    """The place of the server of the checkout at `root`. Source: docs/decisions (embedded server)."""
    key = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    chosen = os.environ.get("ENSEMBLIER_SERVER", "")  # a second server of the same checkout, e.g. PostgreSQL 15
    if chosen:
        key = f"{key}-{chosen}"
    if os.geteuid() == 0:
        home = Path("/var/lib/ensemblier") / key
        return Place(home, home / "data", home / "s")
    home = root.resolve() / "var" / (f"server-{chosen}" if chosen else "server")
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return Place(home, home / "data", base / f"ensemblier-{os.geteuid()}-{key}")
