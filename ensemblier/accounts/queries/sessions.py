"""Reads: where an account is open."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ensemblier.accounts.core.views import SessionView
from ensemblier.accounts.models import Session


def public_number(session_key: str) -> str:
    """What a page may say of a session: never its key, which opens it."""
    return salted_hmac("session-number", session_key, algorithm="sha256").hexdigest()[:24]


def sessions_of(user_id: int, *, current: str) -> list[SessionView]:
    """Sessions of a professional open now, the one in use first, then the latest seen. One query."""
    return _open_ones(Session.objects.filter(user_id=user_id), current)


def sessions_of_person(account_id: int, *, current: str) -> list[SessionView]:
    """Sessions of a person's own space open now, the one in use first, then the latest seen. One query."""
    return _open_ones(Session.objects.filter(person_account_id=account_id), current)


def _open_ones(whose: QuerySet[Session], current: str) -> list[SessionView]:
    rows = whose.filter(expire_date__gt=timezone.now()).order_by("-last_seen_at", "pk")
    views = [
        SessionView(
            number=public_number(row.session_key),
            device=row.device,
            started_at=row.started_at,
            last_seen_at=row.last_seen_at,
            is_current=row.session_key == current,
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: not view.is_current)
