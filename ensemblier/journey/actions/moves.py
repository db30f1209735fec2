"""The one way a relay changes: consent locked first, guarded update, journal row; a refusal is journaled apart."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from ensemblier.journey.actions.notices import tell
from ensemblier.journey.core import relay as core
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.machine import MACHINE
from ensemblier.journey.core.movers import Mover, PartnerByLink, organisation_of, party_of, user_of
from ensemblier.journey.core.states import Move, Party, Refused, RelayState
from ensemblier.journey.models import Consent, RefusedMove, Relay, RelayEvent
from ensemblier.journey.queries.holding import TAKEN, goes_on, is_held_by, is_known_to
from ensemblier.journey.sql.access import lead_follows
from ensemblier.journey.sql.journal import note, note_refusal
from ensemblier.journey.sql.locks import share_consents
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import DomainError, NotAllowed, NotFound, RuleViolated, StaleVersion

UNKNOWN_RELAY = "Ce relais n’existe pas, ou n’existe plus."


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


@dataclass(frozen=True, slots=True)
class Beside:
    """What is written in the transaction of a move, and undone with it when the move is refused.

    `consent_uid`: a consent to rest upon; `consent_before`: records one and says which; `after`: follows a move that
    was made (a repeated click calls it again: it writes once).
    """

    consent_uid: UUID | None = None
    consent_before: Callable[[Relay], UUID] | None = None
    after: Callable[[Relay], None] | None = None


def perform(order: Order, move: Move, by: Mover, *, beside: Beside | None = None, **details: Any) -> Done:
    """Apply a move, or refuse it and journal the refusal. `details`: fields of `core.relay.Act`.

    Raises NotFound, NotAllowed (not theirs), StaleVersion (somebody was first), RuleViolated (everything else).
    """
    named = order.relay if move is Move.MARK_ERROR else None
    try:
        with acting(by, relay=named):
            row = Relay.objects.filter(uid=order.relay).first()
            if row is None or not is_known_to(row, party_of(row.value, move, by), by):
                raise _Undone(None)
            return _performed(row, order, move, by, (beside or Beside(), details))
    except _Undone as undone:
        result = undone.refusal
    with acting(by, relay=named):
        note_refusal(by, Act.MOVE_RELAY, subject="relay", subject_uid=order.relay, at=order.at)
        if row is not None and result is not None:
            _journal_refusal(row, order, move, by, result)
    # A relay that is none of theirs does not exist for them: the policies hide it, and so do these words.
    raise _error(result) if result is not None else NotFound(UNKNOWN_RELAY)


class _Undone(Exception):
    """A refusal: what was written beside the move goes back with it, then the refusal is journaled."""

    def __init__(self, refusal: Refused | None) -> None:
        super().__init__()
        self.refusal = refusal


def _performed(row: Relay, order: Order, move: Move, by: Mover, what: tuple[Beside, dict[str, Any]]) -> Done:
    beside, details = what
    consent = beside.consent_before(row) if beside.consent_before else beside.consent_uid
    result = _attempt(row, order, move, by, Given(consent, details))
    if isinstance(result, Refused):
        raise _Undone(result)
    if beside.after:
        beside.after(row)
    return result


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a move: a consent to rest upon, and the fields of the act."""

    consent_uid: UUID | None
    details: dict[str, Any]


def _attempt(row: Relay, order: Order, move: Move, by: Mover, given: Given) -> Done | Refused:
    party = party_of(row.value, move, by)
    is_another_relay = isinstance(by, PartnerByLink) and by.relay != row.uid
    if is_another_relay:
        return Refused.NOT_YOURS
    consent = locked_consent(row, given.consent_uid)
    row = Relay.objects.get(pk=row.pk)
    if done := _already(row, order, by):
        return done
    takes_over = party is Party.RECIPIENT and row.state in TAKEN and not is_held_by(row, by)
    if takes_over and move is not Move.RELEASE and not goes_on(row, by, order.at):
        # A colleague reads no more than the envelope: she goes no further with it before it is given back to the desk.
        return Refused.NOT_YOURS
    partner = by.name if isinstance(by, PartnerByLink) else ""
    details = {"adviser": user_of(by), "partner": partner} | given.details
    act = core.Act(move=move, party=party, at=order.at, version=order.version, key=order.key, **details)
    after = core.move(row.value, act, consent.value if consent else None, MACHINE)
    if isinstance(after, Refused):
        return after
    if takes_over and move is not Move.RELEASE:
        after = replace(after, adviser=user_of(by))
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
        _move_lead(row, act.at)
    tell(row, after, act)
    note(by, Act.MOVE_RELAY, person_id=row.person_id, subject="relay", subject_uid=row.uid, at=act.at)
    return True


def _move_lead(row: Relay, at: datetime) -> None:
    """At the first meeting of a transfer the lead goes to the recipient; it comes back unless somebody has moved it."""
    try:
        lead_follows(row.pk, at)
    except IntegrityError as error:
        raise RuleViolated(
            "Cet accompagnement est clos, ou son référent vient de changer : relisez le dossier."
        ) from error


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
