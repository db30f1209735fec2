"""The outbox: `enqueue` writes a message in the caller's transaction, so it leaves if and only if the change stays."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ensemblier.kernel.messages import Attachment, Channel, MessageState, OutMessage, is_fictitious
from ensemblier.kernel.orm.models import OutboxMessage

__all__ = ["Attachment", "Channel", "OutMessage", "ShownMessage", "cancel_queued", "enqueue", "shown_messages"]


def enqueue(message: OutMessage, *, at: datetime | None = None) -> None:
    """Write a message to send, once: a key already there changes nothing. `at`: not before (None: now).

    To a fictitious address it is only shown in the demonstration's own page.
    """
    enqueue_all([message], at=at)


def enqueue_all(messages: list[OutMessage], *, at: datetime | None = None) -> None:
    """Several messages of one change, in one statement."""
    OutboxMessage.objects.bulk_create([_row(message, at) for message in messages], ignore_conflicts=True)


def _row(message: OutMessage, at: datetime | None) -> OutboxMessage:
    instants: dict[str, Any] = {} if at is None else {"created_at": at, "due_at": at}
    state = MessageState.SHOWN if is_fictitious(message.to) else MessageState.QUEUED
    return OutboxMessage(
        key=message.key,
        kind=message.kind,
        channel=message.channel.value,
        to=message.to.strip(),
        reply_to=message.reply_to,
        subject=message.subject,
        body=message.body,
        attachments=[
            {"name": piece.name, "media_type": piece.media_type, "content": b64encode(piece.content).decode()}
            for piece in message.attachments
        ],
        subject_uid=message.subject_uid,
        until=message.until,
        state=state.value,
        **instants,
    )


def cancel_queued(subject_uid: UUID, *, at: datetime, to: str | None = None, kinds: str | None = None) -> int:
    """Stop what has not left yet about something (to one address, of the kinds that end so). How many were stopped."""
    narrowed = {name: value for name, value in (("to", to), ("kind__endswith", kinds)) if value is not None}
    waiting = OutboxMessage.objects.filter(subject_uid=subject_uid, state=MessageState.QUEUED.value, **narrowed)
    return waiting.update(state=MessageState.CANCELLED.value, ended_at=at)


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message of the demonstration, as its page shows it. `pieces`: names of what is joined."""

    to: str
    channel: Channel
    subject: str
    body: str
    at: datetime
    pieces: tuple[str, ...]


def shown_messages(*, to: str = "", limit: int = 50) -> list[ShownMessage]:
    """The last messages to fictitious addresses, newest first; `to`: only those of one address."""
    rows = OutboxMessage.objects.filter(state=MessageState.SHOWN.value).order_by("-created_at", "-pk")
    if to:
        rows = rows.filter(to__iexact=to)
    return [
        ShownMessage(
            to=row.to,
            channel=Channel(row.channel),
            subject=row.subject,
            body=row.body,
            at=row.created_at,
            pieces=tuple(piece["name"] for piece in row.attachments),
        )
        for row in rows[:limit]
    ]
