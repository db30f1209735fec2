"""Locks between the processes of one machine; the kernel frees them when their holder dies."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def held(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock kept in `path`, waiting for it as long as needed."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def held_at_once(path: Path, note: str) -> Iterator[str]:
    """Tries the lock kept in `path` without waiting: "" when held (`note` is left in it), else the holder's note."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            yield file.read().strip() or "?"
            return
        file.truncate(0)
        file.write(note)
        file.flush()
        yield ""
