"""An invitation whose link and code were right in this browser: kept in the session for half an hour."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

INVITED = "invited"
LASTS = timedelta(minutes=30)


def now_invited(request: HttpRequest, uid: UUID) -> None:
    """Keep it; the session gets a new number."""
    request.session.cycle_key()
    request.session[INVITED] = {"uid": str(uid), "at": timezone.now().isoformat()}


def invited(request: HttpRequest) -> UUID | None:
    """The invitation opened in this browser, if it was not long ago."""
    held = request.session.get(INVITED)
    if held is None or datetime.fromisoformat(held["at"]) + LASTS < timezone.now():
        return None
    return UUID(held["uid"])


def no_longer_invited(request: HttpRequest) -> None:
    """It was accepted."""
    request.session.pop(INVITED, None)
