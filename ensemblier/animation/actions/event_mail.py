"""From an event to the outbox: what is told to those who registered, with the calendar file."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import uuid5

from django.conf import settings

from ensemblier.animation.adapters.ics import calendar_of
from ensemblier.animation.core.event_mail import EventTold
from ensemblier.animation.core.kinds import EventState
from ensemblier.animation.models import Event, Registration
from ensemblier.animation.queries.calendar import entry_of
from ensemblier.animation.queries.events import where_of
from ensemblier.kernel.messages import Attachment, Channel, OutMessage
from ensemblier.kernel.orm.outbox import enqueue_all

Writer = Callable[[EventTold], tuple[str, str]]


def tell(event: Event, rows: Iterable[Registration], occasion: str, write: Writer, *, at: datetime) -> int:
    """One message to each registration, once for each occasion; returns how many. Past the event it is useless."""
    is_off = event.state == EventState.CANCELLED
    piece = Attachment(
        "invitation.ics",
        f"text/calendar; method={'CANCEL' if is_off else 'PUBLISH'}",
        calendar_of([entry_of(event)], method="CANCEL" if is_off else "PUBLISH"),
    )
    messages = []
    for row in rows:
        to = row.user.email if row.user else row.email
        if not to:
            continue
        href = f"{settings.PUBLIC_URL}/agenda/inscription/{row.link_key}/"
        subject, body = write(EventTold(event.title, event.starts_at, where_of(event), href))
        messages.append(
            OutMessage(
                kind=f"event.{occasion.split(maxsplit=1)[0]}", channel=Channel.EMAIL, to=to, subject=subject,
                body=body,
                key=uuid5(row.uid, occasion), attachments=(piece,) if event.ends_at > at else (),
                subject_uid=event.uid,
            )
        )  # fmt: skip
    enqueue_all(messages, at=at)
    return len(messages)
