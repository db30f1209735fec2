"""Where Django keeps sessions: our table, with whose each one is and when it must end."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from ensemblier.accounts.core.sessions import DEVICE, PERSON, SIGNED_IN_AT, TOUCH_EVERY, ends_at
from ensemblier.accounts.models import Session


class SessionStore(DatabaseStore):
    """Django's store in the database; a session ends after 30 minutes without use, and after 12 hours in any case."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Our table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of these values."""
        now = timezone.now()
        if SIGNED_IN_AT not in data:
            data[SIGNED_IN_AT] = now.isoformat()
        started = datetime.fromisoformat(data[SIGNED_IN_AT])
        row: Any = super().create_model_instance(data)
        row.user_id, row.person_account_id = data.get(SESSION_KEY), data.get(PERSON)
        row.started_at, row.last_seen_at, row.expire_date = started, now, ends_at(started, now)
        row.device = data.get(DEVICE, "")
        return row

    def touch(self) -> None:
        """Used now: pushes the end back, at most once a minute. Costs nothing for a session nobody read."""
        if not self.accessed or self.session_key is None or self.is_empty():
            return
        now = timezone.now()
        started = datetime.fromisoformat(self.get(SIGNED_IN_AT, now.isoformat()))
        Session.objects.filter(session_key=self.session_key, last_seen_at__lt=now - TOUCH_EVERY).update(
            last_seen_at=now, expire_date=ends_at(started, now)
        )
