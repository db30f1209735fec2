"""How many wrong passwords are too many: the limits, apart from where the failures are kept."""

from dataclasses import dataclass

WINDOW_MINUTES = 15
PER_ACCOUNT_AND_PLACE = 5
PER_PLACE = 50
PER_ACCOUNT = 25


@dataclass(frozen=True, slots=True)
class Failures:
    """Refused sign-ins of the last WINDOW_MINUTES: with this address from this machine, from it, with it."""

    both: int
    place: int
    account: int


def is_too_many(failures: Failures) -> bool:
    """Whether a further try is refused unread. The limits by machine and by account stop those who spread out."""
    return failures.both >= PER_ACCOUNT_AND_PLACE or failures.place >= PER_PLACE or failures.account >= PER_ACCOUNT
