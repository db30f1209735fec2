"""Reads: what a partner's link shows before its code – the envelope, never a name."""

from datetime import datetime
from uuid import UUID

from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of, subject_of
from ensemblier.journey.core.consent import Need, covers
from ensemblier.journey.core.movers import CLERK, PartnerByLink
from ensemblier.journey.core.packets import Envelope, envelope_of
from ensemblier.journey.core.states import OPEN, RelayState
from ensemblier.journey.models import Relay
from ensemblier.journey.sql.scope import acting


def envelope_behind(token: str, *, at: datetime) -> Envelope | None:
    """The envelope of the relay of an open link; None when the link, the relay or its consent no longer opens."""
    link = link_of(token, LinkPurpose.RELAY_ANSWER, at=at)
    uid = subject_of(token, LinkPurpose.RELAY_ANSWER) if link is not None and link.is_open else None
    by = partner_of(uid) if uid is not None else None
    if by is None:
        return None
    with acting(by):
        relay = Relay.objects.select_related("consent").filter(uid=by.relay).first()
    if relay is None or relay.consent is None or RelayState(relay.state) not in OPEN:
        return None
    need = Need(relay.person_id, by.organisation_id, relay.value.categories)
    return envelope_of(relay.envelope) if covers(relay.consent.value, need, at) else None


def partner_of(relay: UUID, name: str = "") -> PartnerByLink | None:
    """As whom a link to that relay acts: its recipient, and that relay alone; None when it goes nowhere."""
    with acting(CLERK):
        organisation = Relay.objects.filter(uid=relay).values_list("recipient_id", flat=True).first()
    return PartnerByLink(relay, organisation, name) if organisation is not None else None
