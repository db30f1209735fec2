"""Processes that must not outlive us, and those that somebody else's death left behind."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def dies_with_us(with_signal: signal.Signals = signal.SIGINT) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends `with_signal` to the child when we die, even of SIGKILL."""
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, with_signal)
        if os.getppid() != parent:  # we died between the fork and this line
            os._exit(1)

    return tie


def dwellers(folder: Path) -> Iterator[int]:
    """Process ids of the `postgres` programs that work in `folder`."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "comm").read_text().strip() == "postgres" and (entry / "cwd").readlink() == folder:
                    yield int(entry.name)


def is_postgres(pid: int) -> bool:
    """Whether a living process of this id is a `postgres`; a dead one that nobody has reaped yet is none."""
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")
    except OSError:
        return False
    return name.endswith("(postgres") and not rest.startswith("Z")


def clear(folder: Path, *, patience: float = 3.0) -> int:
    """Ends the `postgres` processes left in `folder`: SIGTERM, then SIGKILL after `patience` seconds. How many."""
    found = set(dwellers(folder))
    begun = time.monotonic()
    while left := set(dwellers(folder)):
        late = time.monotonic() - begun > patience
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
        time.sleep(0.05)
    return len(found)


def end_group(leader: int) -> None:
    """Ends what is left of the process group of `leader`: workers outlive a master that was killed."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
