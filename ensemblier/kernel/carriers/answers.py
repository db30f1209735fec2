"""What a carrier may answer when it does not take a message."""

from typing import Protocol

from ensemblier.kernel.messages import OutMessage


class TryLater(Exception):
    """Not now: a server that is down, slow or busy. `seconds`: what it asked for, 0 when it said nothing."""

    def __init__(self, reason: str, seconds: float = 0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class RefusedForGood(Exception):
    """Never: trying again would be refused again (an address that does not exist). A person must look."""


class Carrier(Protocol):
    """Takes one message, or raises TryLater or RefusedForGood. The same key may come twice: it is the same message."""

    def carry(self, message: OutMessage) -> None:
        """Send it."""
