"""End sessions: one's own, one by one or all the others; and forget those that are over."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from ensemblier.accounts.models import PersonAccount, Session
from ensemblier.accounts.queries.sessions import public_number


def end_session(user_id: int, number: str) -> int:
    """End the session of this public number; returns 1, or 0 when the account has none such."""
    return _end(Session.objects.filter(user_id=user_id), number)


def _end(whose: QuerySet[Session], number: str) -> int:
    keys = whose.order_by("pk").values_list("session_key", flat=True)
    return Session.objects.filter(pk__in=[key for key in keys if public_number(key) == number]).delete()[0]


def end_other_sessions(user_id: int, *, current: str = "") -> int:
    """End every session of the account but the one in use ("": all of them); returns how many."""
    return Session.objects.filter(user_id=user_id).exclude(session_key=current).delete()[0]


def end_person_session(account_id: int, number: str) -> int:
    """End the session of this public number of a person's space; returns 1, or 0 when the account has none such."""
    return _end(Session.objects.filter(person_account_id=account_id), number)


def end_other_person_sessions(account_id: int, *, current: str) -> int:
    """End every session of a person's space but the one in use; returns how many."""
    return Session.objects.filter(person_account_id=account_id).exclude(session_key=current).delete()[0]


def forget_old_sessions(*, at: datetime) -> int:
    """Take away sessions that are over, and accounts of persons whose address nobody proved in a day."""
    count = Session.objects.filter(expire_date__lte=at).delete()[0]
    PersonAccount.objects.filter(proved_at__isnull=True, created_at__lt=at - timedelta(days=1)).delete()
    return count
