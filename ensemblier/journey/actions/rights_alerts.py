"""Telling a person, once, that a sharing is about to stop by itself."""

from datetime import datetime

from django.db.models import Max, Q

from ensemblier.journey.actions.notices import notice_of
from ensemblier.journey.core.consent_texts.wording import SOON, effective_end, is_ending
from ensemblier.journey.core.notices import Audience
from ensemblier.journey.core.relay import READ_AFTER_END
from ensemblier.journey.models import Consent
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.messages import OutMessage
from ensemblier.kernel.orm.outbox import enqueue_all


def tell_endings(at: datetime) -> int:
    """A notice for each live consent that stops within two weeks; returns how many now stand. Run again, none is told
    twice: the key of a notice is made of its consent."""
    with acting(SYSTEM):
        near = Q(ends_at__lte=at + SOON) | Q(last__lte=at + SOON - READ_AFTER_END)
        rows = (
            Consent.objects.filter(revoked_at=None, ends_at__gt=at)
            .annotate(last=Max("relays__ended_at"))
            .filter(near, relays__isnull=False)
            .prefetch_related("relays")
            .order_by("pk")
            .distinct()
        )
        told = [row for row in rows if is_ending(_end(row), at)]
        enqueue_all([_notice(row) for row in told], at=at)
        return len(told)


def _end(row: Consent) -> datetime:
    return effective_end(row.ends_at, [relay.ended_at for relay in row.relays.all()])


def _notice(row: Consent) -> OutMessage:
    latest = max(row.relays.all(), key=lambda relay: relay.pk)
    return notice_of(latest.uid, "sharing_ending", Audience.PERSON, str(row.uid))
