"""Reads: who has a relay in hand at its recipient, where only she reads more than the envelope and goes on with it; and
who of its source knows of it."""

from datetime import datetime

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import MemberAbsence, Membership
from ensemblier.journey.core.movers import Mover, PartnerByLink, party_of, user_of
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import Move, Party, RelayState
from ensemblier.journey.models import Relay
from ensemblier.journey.queries.opened import open_to
from ensemblier.kernel.orm.models import valid_on

TAKEN = frozenset({RelayState.ACKNOWLEDGED, RelayState.INFO_REQUESTED, RelayState.ACCEPTED, RelayState.IN_PROGRESS})
"""States in which somebody of the recipient has the relay in hand."""


def is_held_by(relay: Relay, by: Mover) -> bool:
    """Whether the reader has the relay in hand; a partner's link is one reader."""
    return has_in_hand(relay.adviser_id, relay.partner, by)


def has_in_hand(adviser_id: int | None, partner: str, by: Mover) -> bool:
    """The same, of a line of a list: the number of its adviser, the name of its partner."""
    if isinstance(by, PartnerByLink):
        return bool(partner)
    return adviser_id is not None and adviser_id == user_of(by)


def is_known_to(relay: Relay, party: Party, by: Mover) -> bool:
    """Of the source: only who wrote the relay, or to whom the file is open, knows that it exists. No outsider does."""
    if party not in (Party.SOURCE, Party.PAPER):
        return party not in (Party.OUTSIDER, Party.COORDINATOR)
    return relay.source_adviser_id == user_of(by) or open_to(by).filter(pk=relay.person_id).exists()


def acts_for_source(relay: Relay, by: Mover) -> bool:
    """Whether the reader is an adviser of the source who knows of the relay."""
    party = party_of(relay.value, Move.GIVE_INFO, by)
    return party is Party.SOURCE and is_known_to(relay, party, by)


def goes_on(relay: Relay, by: Mover, at: datetime) -> bool:
    """Whether the reader, who is of the recipient, goes on with the relay: she has it in hand, or stands in for who had
    it and has left the organisation, or who is away and named her. At most two queries more."""
    if is_held_by(relay, by):
        return True
    if isinstance(by, PartnerByLink) or user_of(by) is None or relay.adviser_id is None:
        return False
    day = at.astimezone(PARIS).date()
    held = {"user_id": relay.adviser_id, "organisation_id": relay.recipient_id or 0}
    there = Membership.objects.filter(valid_on(day), role=Role.ADVISER.value, user__is_active=True, **held)
    away = MemberAbsence.objects.filter(first_day__lte=day, last_day__gte=day, substitute_id=user_of(by), **held)
    return not there.exists() or away.exists()
