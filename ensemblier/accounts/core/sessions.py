"""How long a session lasts, and under which keys it says who signed in. 30 min idle, 12 h in all."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)
"""A session in use is written at most once in this time."""

PERSON = "person_account"
"""Key of a person's session: the number of her account. A professional's session never holds it."""

ACTING_AS = "acting_as"
"""Key of a professional's session: the public identifier of the organisation that she chose to act for."""

SIGNED_IN_AT = "signed_in_at"
DEVICE = "device"


def ends_at(started: datetime, now: datetime) -> datetime:
    """When a session started at `started` and used `now` ends if nothing more happens."""
    return min(now + IDLE, started + ABSOLUTE)
