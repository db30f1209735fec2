"""What the supervisor says on the terminal: short lines, with the seconds since it began."""

import sys
import time
from collections.abc import Callable

Say = Callable[[str], None]


def silent(message: str) -> None:
    """Says nothing: a command that borrows the server keeps the terminal for its own answer."""


def talking() -> Say:
    """Prints each step on the error stream, so that the output of a command stays clean for a pipe."""
    began = time.monotonic()

    def say(message: str) -> None:
        sys.stderr.write(f"[{time.monotonic() - began:6.1f} s] {message}\n")
        sys.stderr.flush()

    return say
