"""How many tries are too many: the limits, apart from where the tries are kept. Source: promise 49; CNIL 2022-100."""

from dataclasses import dataclass
from enum import StrEnum

from ensemblier.kernel.words import marked

WINDOW_MINUTES = 60
PER_ACCOUNT = 10
"""Tries of one account by devices that it does not know: wherever they come from."""
PER_DEVICE = 10
"""Tries of one account by a device that already signed in to it: counted apart, so that nobody locks its owner out."""
PER_PLACE = 50


class TryKind(StrEnum):
    """What is guessed, counted apart."""

    PASSWORD = "password"  # noqa: S105 - a kind of try
    SECOND_FACTOR = "second_factor"
    LINK_REQUEST = "link_request"

    @property
    def label(self) -> str:
        """The French name."""
        return _KINDS[self]


_KINDS = {
    TryKind.PASSWORD: marked("mot de passe"),
    TryKind.SECOND_FACTOR: marked("seconde preuve"),
    TryKind.LINK_REQUEST: marked("lien demandé"),
}


@dataclass(frozen=True, slots=True)
class Tries:
    """Tries of the last WINDOW_MINUTES, the present one included.

    `account`: of this account by unknown devices; `device`: of it by this known device; `place`: from this machine.
    """

    account: int
    device: int
    place: int


def is_too_many(tries: Tries, *, is_known_device: bool) -> bool:
    """Whether the present try is refused unread."""
    if is_known_device:
        return tries.device > PER_DEVICE
    return tries.account > PER_ACCOUNT or tries.place > PER_PLACE
