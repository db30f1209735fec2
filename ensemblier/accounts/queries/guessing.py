"""Reads: whether too many wrong passwords were tried."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import Count, Q

from ensemblier.accounts.core.guessing import WINDOW_MINUTES, Failures, is_too_many
from ensemblier.accounts.models import SignInFailure


def fingerprint(text: str) -> str:
    """A one-way mark of an address or a machine, whatever the case."""
    return hashlib.sha256(text.strip().lower().encode()).hexdigest()


def must_wait(email: str, place: str, *, now: datetime) -> bool:
    """Whether a further try of this account from this machine is refused for now. One query."""
    account, machine = Q(email_key=fingerprint(email)), Q(place_key=fingerprint(place))
    counts = SignInFailure.objects.filter(account | machine, at__gt=now - timedelta(minutes=WINDOW_MINUTES)).aggregate(
        both=Count("id", filter=account & machine),
        place=Count("id", filter=machine),
        account=Count("id", filter=account),
    )
    return is_too_many(Failures(**counts))
