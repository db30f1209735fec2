"""Count tries before they are read, so that a hundred at once are not a hundred guesses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from ensemblier.accounts.core.guessing import WINDOW_MINUTES, Tries, TryKind, is_too_many
from ensemblier.accounts.models import KnownDevice, SignInFailure
from ensemblier.accounts.queries.guessing import fingerprint, knows_device
from ensemblier.kernel.errors import NotAllowed

WAIT = "Trop d'essais. Par prudence, cette entrée reste fermée une heure ; rien n'est perdu."


@dataclass(frozen=True, slots=True)
class Place:
    """From where somebody tries: the address of the machine, and the token of the device when it has one."""

    address: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted; `was_right` takes it back."""

    row: SignInFailure
    is_known_device: bool

    def was_right(self) -> None:
        """It does not count any more; on a device that the account knows, neither do the failed ones before it."""
        self.row.delete()
        if self.is_known_device:
            row = self.row
            SignInFailure.objects.filter(kind=row.kind, email_key=row.email_key, device_key=row.device_key).delete()


def count_try(kind: TryKind, account: str, place: Place, *, user_id: int | None, at: datetime) -> Try:
    """Write a try, then count: call it before reading the guess, and `was_right` after a right one.

    Never inside a transaction of the caller: what is written must be seen by the tries beside it. Raises NotAllowed
    when there were too many.
    """
    is_known = user_id is not None and knows_device(user_id, place.device)
    SignInFailure.objects.filter(at__lt=at - timedelta(days=1)).delete()
    row = SignInFailure.objects.create(
        kind=kind.value,
        email_key=fingerprint(account),
        place_key=fingerprint(place.address),
        device_key=fingerprint(place.device) if is_known else "",
        at=at,
    )
    if is_too_many(_counted(row), is_known_device=is_known):
        row.delete()
        raise NotAllowed(WAIT)
    return Try(row, is_known)


def _counted(row: SignInFailure) -> Tries:
    account, place = Q(email_key=row.email_key), Q(place_key=row.place_key)
    unknown, same = Q(device_key=""), Q(device_key=row.device_key)
    rows = SignInFailure.objects.filter(
        account | place, kind=row.kind, at__gt=row.at - timedelta(minutes=WINDOW_MINUTES)
    )
    return Tries(
        **rows.aggregate(
            account=Count("id", filter=account & unknown),
            device=Count("id", filter=account & same),
            place=Count("id", filter=place & unknown),
        )
    )


def remember_device(user_id: int, device: str, *, at: datetime) -> None:
    """This device signed in to the account: strangers cannot lock it out any more."""
    KnownDevice.objects.update_or_create(user_id=user_id, device_key=fingerprint(device), defaults={"last_seen_at": at})
