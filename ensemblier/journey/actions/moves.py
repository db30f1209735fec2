"""The one way a relay changes: consent locked first, guarded update, journal row; a refusal is journaled apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ensemblier.journey.actions.episodes import move_lead
from ensemblier.journey.core import relay as core
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.machine import MACHINE
from ensemblier.journey.core.movers import Mover, PartnerByLink, organisation_of, party_of, user_of
from ensemblier.journey.core.states import Move, Party, Refused, RelayState
from ensemblier.journey.models import Consent, Episode, Lead, RefusedMove, Relay, RelayEvent
from ensemblier.journey.sql.locks import share_consents
from ensemblier.kernel.errors import DomainError, NotAllowed, NotFound, RuleViolated, StaleVersion


@dataclass(frozen=True, slots=True)
class Order:
    """Which relay, as read at which version, when; `key` is the same for each repetition of one click."""

    relay: UUID
    version: int
    key: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to a move: the same for each repetition of its key."""

    relay: UUID
    state: RelayState
    version: int


def perform(order: Order, move: Move, by: Mover, *, consent_uid: UUID | None = None, **details: Any) -> Done:
    """Apply a move, or refuse it and journal the refusal. `details`: fields of `core.relay.Act`.

    Raises NotFound, NotAllowed (not theirs), StaleVersion (somebody was first), RuleViolated (everything else).
    """
    with transaction.atomic():
        row = Relay.objects.filter(uid=order.relay).first()
        if row is None:
            raise NotFound("Ce relais n’existe pas, ou n’existe plus.")
        result = _attempt(row, order, move, by, Given(consent_uid, details))
    if isinstance(result, Done):
        return result
    _journal_refusal(row, order, move, by, result)
    raise _error(result)


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a move: a consent to rest upon, and the fields of the act."""

    consent_uid: UUID | None
    details: dict[str, Any]


def _attempt(row: Relay, order: Order, move: Move, by: Mover, given: Given) -> Done | Refused:
    party = party_of(row.value, move, by)
    is_another_relay = isinstance(by, PartnerByLink) and by.relay != row.uid
    if is_another_relay or party in (Party.OUTSIDER, Party.COORDINATOR):
        return Refused.NOT_YOURS
    consent = locked_consent(row, given.consent_uid)
    row = Relay.objects.get(pk=row.pk)
    if done := _already(row, order, by):
        return done
    partner = by.name if isinstance(by, PartnerByLink) else ""
    details = {"adviser": user_of(by), "partner": partner} | given.details
    act = core.Act(move=move, party=party, at=order.at, version=order.version, key=order.key, **details)
    after = core.move(row.value, act, consent.value if consent else None, MACHINE)
    if isinstance(after, Refused):
        return after
    if not write(row, after, act, by, consent):
        return _already(row, order, by) or Refused.STALE
    return Done(row.uid, after.state, after.version)


def locked_consent(row: Relay, given: UUID | None) -> Consent | None:
    """The consent that the act rests upon, held against a revocation. Always taken before the relay's row.

    A consent given with the act replaces the relay's own; both are held.
    """
    new = Consent.objects.filter(uid=given).values_list("pk", flat=True).first() if given else None
    ids = {pk for pk in (row.consent_id, new) if pk is not None}
    if not ids:
        return None
    share_consents(ids)
    return Consent.objects.get(pk=new if new is not None else max(ids))


def write(row: Relay, after: core.Relay, act: core.Act, by: Mover, consent: Consent | None) -> bool:
    """The guarded update, its journal row and what follows for the lead; False when somebody was first."""
    sources = [state.value for state in MACHINE.rows[act.move].sources]
    columns = Relay.columns_of(after) | {"consent_id": consent.pk if consent else row.consent_id}
    if not Relay.objects.filter(pk=row.pk, version=row.version, state__in=sources).update(**columns):
        return False
    RelayEvent.objects.create(
        relay_id=row.pk,
        version=after.version,
        key=act.key,
        move=act.move.value,
        from_state=row.state,
        to_state=after.state.value,
        party=act.party.value,
        actor_id=user_of(by),
        actor_label=by.label,
        organisation_id=organisation_of(by),
        consent=consent,
        at=act.at,
    )
    if after.has_lead_moved != row.has_lead_moved:
        _move_lead(row, after, act.at)
    return True


def _move_lead(row: Relay, after: core.Relay, at: datetime) -> None:
    """At the first meeting of a transfer the lead goes to the recipient; it comes back unless somebody has moved it."""
    episode = Episode.objects.select_for_update().get(pk=row.episode_id)
    if after.has_lead_moved:
        move_lead(
            episode,
            organisation_id=after.recipient or 0,
            adviser_id=after.adviser or 0,
            at=at,
            relay_id=row.pk,
        )
    elif Lead.objects.filter(episode=episode, until=STILL_OPEN, relay_id=row.pk).exists():
        move_lead(episode, organisation_id=row.source_id, adviser_id=row.source_adviser_id, at=at)


def _already(row: Relay, order: Order, by: Mover) -> Done | None:
    """What this key did before, if the same actor sends it again."""
    event = RelayEvent.objects.filter(relay_id=row.pk, key=order.key, actor_id=user_of(by)).first()
    return Done(row.uid, RelayState(event.to_state), event.version) if event else None


def _journal_refusal(row: Relay, order: Order, move: Move, by: Mover, refusal: Refused) -> None:
    RefusedMove.objects.create(
        relay_id=row.pk,
        move=move.value,
        refusal=refusal.value,
        version=order.version,
        actor_id=user_of(by),
        actor_label=by.label,
        organisation_id=organisation_of(by),
        at=order.at,
    )


def _error(refusal: Refused) -> DomainError:
    if refusal is Refused.NOT_YOURS:
        return NotAllowed(refusal.label)
    return StaleVersion(refusal.label) if refusal is Refused.STALE else RuleViolated(refusal.label)
