"""Reads: what a partner's link shows before its code – the envelope, never a name."""

from datetime import datetime

from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of, subject_of
from ensemblier.journey.core.consent import Need, covers
from ensemblier.journey.core.packets import Envelope, envelope_of
from ensemblier.journey.core.states import OPEN, RelayState
from ensemblier.journey.models import Relay
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM


def envelope_behind(token: str, *, at: datetime) -> Envelope | None:
    """The envelope of the relay of an open link; None when the link, the relay or its consent no longer opens."""
    link = link_of(token, LinkPurpose.RELAY_ANSWER, at=at)
    uid = subject_of(token, LinkPurpose.RELAY_ANSWER) if link is not None and link.is_open else None
    if uid is None:
        return None
    with acting(SYSTEM):
        relay = Relay.objects.select_related("consent").filter(uid=uid).first()
    if relay is None or relay.consent is None or RelayState(relay.state) not in OPEN:
        return None
    need = Need(relay.person_id, relay.recipient_id or 0, relay.value.categories)
    return envelope_of(relay.envelope) if covers(relay.consent.value, need, at) else None
