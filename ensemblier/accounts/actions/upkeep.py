"""Writes: what accounts ask for each day."""

from datetime import datetime

from django.db import transaction

from ensemblier.accounts.models import Session


@transaction.atomic
def end_old_sessions(*, now: datetime) -> int:
    """Delete the sessions that have ended; returns how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
