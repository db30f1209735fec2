"""From the outbox to the carriers. At least once, never silently: what cannot leave is set aside with its reason."""

import logging
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from ensemblier.kernel.carriers.answers import Carrier, RefusedForGood, TryLater
from ensemblier.kernel.carriers.http import SmsCarrier, WebhookCarrier
from ensemblier.kernel.carriers.smtp import SmtpCarrier
from ensemblier.kernel.messages import MAX_TRIES, Attachment, Channel, MessageState, OutMessage, next_try
from ensemblier.kernel.orm.models import OutboxMessage

_log = logging.getLogger("ensemblier.outbox")

Carriers = Mapping[Channel, Carrier]


@dataclass(slots=True)
class Delivered:
    """What one run did. `later`: refused for now; `parked`: set aside for a person to look at."""

    sent: int = 0
    later: int = 0
    parked: int = 0
    useless: int = 0

    @property
    def total(self) -> int:
        """How many messages were looked at."""
        return self.sent + self.later + self.parked + self.useless


def carriers_of_settings() -> dict[Channel, Carrier]:
    """The means that the environment gives: SMTP_URL, SMS_URL; webhooks always."""
    found: dict[Channel, Carrier] = {
        Channel.WEBHOOK: WebhookCarrier(settings.SECRET_KEY.encode(), may_stay_home=settings.WEBHOOKS_AT_HOME)
    }
    if settings.SMTP_URL:
        found[Channel.EMAIL] = SmtpCarrier.from_url(settings.SMTP_URL, sender=settings.MAIL_FROM)
    if settings.SMS_URL:
        found[Channel.SMS] = SmsCarrier(settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_SENDER)
    return found


def deliver_due(carriers: Carriers, *, at: datetime, limit: int = 100) -> Delivered:
    """Carry what is due, oldest first; a means that is not configured keeps its messages waiting. Safe in parallel."""
    done = Delivered()
    while done.total < limit and (row := _claim(carriers, at)) is not None:
        if row.until is not None and row.until <= at:
            done.useless += 1
            _end(row, MessageState.CANCELLED, at)
        elif row.tries > MAX_TRIES:  # counted, never answered: it kills the workers that try
            _park(row, at, done)
        else:
            _carry(row, carriers[Channel(row.channel)], at, done)
    return done


@transaction.atomic
def _claim(carriers: Carriers, at: datetime) -> OutboxMessage | None:
    """One row for this worker alone. The try is counted, and the next one planned, before anything is sent.

    One at a time: a worker that dies delays one message, and a revocation still stops all the others.
    """
    due = OutboxMessage.objects.filter(
        state=MessageState.QUEUED.value, due_at__lte=at, channel__in=[channel.value for channel in carriers]
    )
    row = due.order_by("due_at", "pk").select_for_update(skip_locked=True).first()
    if row is not None:
        row.tries += 1
        row.due_at = next_try(row.tries, at)
        row.save(update_fields=["tries", "due_at"])
    return row


def _carry(row: OutboxMessage, carrier: Carrier, at: datetime, done: Delivered) -> None:
    try:
        carrier.carry(_message(row))
    except TryLater as refusal:
        row.last_error = str(refusal)[:200]
        row.due_at = max(row.due_at, at + timedelta(seconds=min(refusal.seconds, 86_400)))
        if row.tries >= MAX_TRIES:
            return _park(row, at, done)
        done.later += 1
        return row.save(update_fields=["last_error", "due_at"])
    except Exception as refusal:
        # A fault of ours must not stop the queue; its class says enough, its text could hold content.
        row.last_error = str(refusal)[:200] if isinstance(refusal, RefusedForGood) else type(refusal).__name__
        return _park(row, at, done)
    done.sent += 1
    return _end(row, MessageState.SENT, at)


def _park(row: OutboxMessage, at: datetime, done: Delivered) -> None:
    done.parked += 1
    _log.warning("message %s (%s) mis de côté : %s", row.key, row.kind, row.last_error)
    _end(row, MessageState.PARKED, at)


def _end(row: OutboxMessage, state: MessageState, at: datetime) -> None:
    changes: dict[str, Any] = {"state": state.value, "ended_at": at, "last_error": row.last_error}
    if row.until is not None and state is not MessageState.PARKED:
        changes["body"] = ""  # a code or a link: of no use to the sender any more, of much to a thief
    OutboxMessage.objects.filter(pk=row.pk).update(**changes)


def _message(row: OutboxMessage) -> OutMessage:
    return OutMessage(
        kind=row.kind,
        channel=Channel(row.channel),
        to=row.to,
        subject=row.subject,
        body=row.body,
        key=row.key,
        attachments=tuple(
            Attachment(piece["name"], piece["media_type"], b64decode(piece["content"])) for piece in row.attachments
        ),
        subject_uid=row.subject_uid,
        until=row.until,
        reply_to=row.reply_to,
    )


def requeue_parked(*, at: datetime) -> int:
    """Try again, from the first try, everything set aside: once a person has repaired what was wrong."""
    parked = OutboxMessage.objects.filter(state=MessageState.PARKED.value)
    return parked.update(state=MessageState.QUEUED.value, due_at=at, tries=0, ended_at=None)


def claim_notice(*, at: datetime) -> OutboxMessage | None:
    """The oldest notice still to be addressed, for the caller's transaction alone (which says to whom, and ends it)."""
    waiting = OutboxMessage.objects.filter(
        state=MessageState.QUEUED.value, channel=Channel.NOTICE.value, due_at__lte=at
    )
    return waiting.order_by("due_at", "pk").select_for_update(skip_locked=True).first()


def end_notice(row: OutboxMessage, *, at: datetime, reason: str = "") -> None:
    """Addressed; or set aside, with the reason why nobody could be reached."""
    row.last_error = reason[:200]
    _end(row, MessageState.PARKED if reason else MessageState.SENT, at)
