"""The gestures of a relay, one function each. All go through `moves.perform`; `withdraw` stands in `consents`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.moves import Done, Order, perform
from ensemblier.journey.core.consent import Category, ConsentChannel
from ensemblier.journey.core.machine import DEADLINES, MACHINE
from ensemblier.journey.core.movers import Mover, PersonHerself
from ensemblier.journey.core.relay import PARIS, clock_move
from ensemblier.journey.core.states import DeclineReason, Move, Outcome, RelayKind, RelayState
from ensemblier.journey.models import Episode, Relay
from ensemblier.journey.sql.scope import acting, scoped
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import DomainError, NotAllowed, NotFound, RuleViolated


def fingerprint(text: str) -> str:
    """What ties the text sent to the text shown (SHA-256, hexadecimal)."""
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RelayDraft:
    """A relay to prepare. `envelope`: need, commune or basin, urgency, wished channel – nothing that identifies.

    `routing`: the doors explained to the person, with the ids of their rules, as `routing` said them that day.
    """

    episode_uid: UUID
    kind: RelayKind
    summary: str
    categories: frozenset[Category]
    envelope: Mapping[str, Any] = field(default_factory=dict)
    routing: Mapping[str, Any] = field(default_factory=dict)


@scoped
def prepare_relay(draft: RelayDraft, *, by: Actor, at: datetime) -> Relay:
    """Write a draft, which nobody else sees. Raises NotFound, NotAllowed, RuleViolated (a transfer is already open)."""
    episode = Episode.objects.select_related("person").filter(uid=draft.episode_uid).first()
    if episode is None or by.organisation_id != episode.person.organisation_id:
        raise NotFound("Ce dossier n’existe pas dans votre structure.")
    if Role.ADVISER not in by.roles or by.user_id is None:
        raise NotAllowed("Seul un conseiller prépare un relais.")
    if not draft.categories or not draft.summary.strip():
        raise RuleViolated("Dites ce qui serait partagé, et écrivez la synthèse.", field="summary")
    # The episode's row is held: two colleagues who prepare a transfer at once are told, not met by an error page.
    Episode.objects.select_for_update().get(pk=episode.pk)
    transfers = Relay.objects.filter(person=episode.person, kind=RelayKind.TRANSFER, ended_at__isnull=True)
    if draft.kind is RelayKind.TRANSFER and transfers.exists():
        raise RuleViolated("Un passage de main est déjà en cours pour cette personne : attendez sa fin ou annulez-le.")
    day = at.astimezone(PARIS).date()
    return Relay.objects.create(
        kind=draft.kind.value,
        person=episode.person,
        episode=episode,
        source_id=by.organisation_id,
        source_adviser_id=by.user_id,
        categories=sorted(draft.categories),
        envelope=dict(draft.envelope),
        routing=dict(draft.routing),
        summary=draft.summary,
        due_on=DEADLINES[RelayState.DRAFT].on(day),
        created_at=at,
    )


def propose(order: Order, *, by: Actor, offered: Sequence[int]) -> Done:
    """Show the person the text and the structures she may choose from; "none of these" is always one of the answers."""
    return perform(order, Move.PROPOSE, by, offered=tuple(offered), shown=_shown(order, by))


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose. `text`: what she read, whole; `proof`: where the paper is, when she signed one.

    `offered`: the structures shown, when she chooses at once without a proposal before. `categories`: what she ticked,
    fewer than were proposed if she likes (empty: all of them); `text` then is the shorter one.
    """

    recipient: int
    consent_uid: UUID
    text: str
    proof: str = ""
    offered: tuple[int, ...] = ()
    categories: frozenset[Category] = frozenset()


def send(order: Order, *, by: Actor | PersonHerself, choice: Choice) -> Done:
    """The person sends her relay; an adviser may record a choice made on paper, with its proof."""
    channel = by.channel if isinstance(by, PersonHerself) else ConsentChannel.PAPER
    return perform(
        order,
        Move.SEND,
        by,
        consent_uid=choice.consent_uid,
        recipient=choice.recipient,
        categories=choice.categories,
        offered=choice.offered,
        shown=_shown(order, by),
        sent=fingerprint(choice.text),
        channel=channel,
        proof=choice.proof,
    )


def acknowledge(order: Order, *, by: Actor) -> Done:
    """Take a relay in hand for two working days."""
    return perform(order, Move.ACKNOWLEDGE, by)


def release(order: Order, *, by: Actor) -> Done:
    """Give it back to the desk; the desk's deadline stands."""
    return perform(order, Move.RELEASE, by)


def request_info(order: Order, *, by: Actor, question: str) -> Done:
    """Ask the source or the person for what is missing."""
    return perform(order, Move.REQUEST_INFO, by, reason=question)


def give_info(
    order: Order,
    *,
    by: Actor | PersonHerself,
    categories: frozenset[Category] = frozenset(),
    consent_uid: UUID | None = None,
) -> Done:
    """Answer; a category not yet shared needs a consent that covers everything, given with the answer."""
    return perform(order, Move.GIVE_INFO, by, consent_uid=consent_uid, categories=categories)


def accept(order: Order, *, by: Actor, appointment_at: datetime) -> Done:
    """Accept, with a proposed appointment."""
    return perform(order, Move.ACCEPT, by, appointment_at=appointment_at)


def decline(order: Order, *, by: Actor, reason: DeclineReason, proposal: str) -> Done:
    """Decline, with a reason and a proposal (`machine.NONE_KNOWN` when there is none)."""
    return perform(order, Move.DECLINE, by, reason=reason.value, proposal=proposal)


def meet(order: Order, *, by: Actor, met_at: datetime) -> Done:
    """Record the first meeting held: the lead of a transfer moves here."""
    return perform(order, Move.MEET, by, met_at=met_at)


def complete(order: Order, *, by: Actor, outcome: Outcome) -> Done:
    """End a relay that worked."""
    return perform(order, Move.COMPLETE, by, outcome=outcome.value)


def fail(order: Order, *, by: Actor, outcome: Outcome, attempts: Sequence[str] = ()) -> Done:
    """End a relay that did not; `attempts`: by what means each try to reach the person was made."""
    return perform(order, Move.FAIL, by, outcome=outcome.value, attempts=tuple(attempts))


def cancel(order: Order, *, by: Actor) -> Done:
    """The source takes it back, before acceptance."""
    return perform(order, Move.CANCEL, by)


def mark_error(order: Order, *, by: Actor, second_person: int) -> Done:
    """Wrong person: close it for the recipient, on the word of two people."""
    return perform(order, Move.MARK_ERROR, by, second_person=second_person)


def expire(order: Order) -> Done:
    """The clock alone: the deadline has passed."""
    return perform(order, Move.EXPIRE, SYSTEM)


@dataclass(frozen=True, slots=True)
class ClockRun:
    """What one run of the clock did; `met_first`: relays on which somebody acted at the same moment."""

    expired: int = 0
    released: int = 0
    erased: int = 0
    met_first: int = 0


def run_clock(at: datetime) -> ClockRun:
    """Expire what is overdue, give back what a lease no longer holds, erase old drafts. Safe in several processes."""
    day = at.astimezone(PARIS).date()
    late = Q(due_on__lt=day) | Q(lease_until__lt=day)
    counts = {"expired": 0, "released": 0, "met_first": 0}
    with acting(SYSTEM):
        overdue = list(Relay.objects.filter(late, ended_at__isnull=True).order_by("pk").values_list("pk", flat=True))
    for pk in overdue:
        # Giving back may uncover a deadline that has passed too: at most two moves.
        for _ in range(2):
            with acting(SYSTEM):
                current = Relay.objects.get(pk=pk)
            step = clock_move(current.value, day, MACHINE)
            if step is None:
                break
            try:
                perform(Order(current.uid, current.version, clock_key(current), at), step, SYSTEM)
                counts["expired" if step is Move.EXPIRE else "released"] += 1
            except DomainError:
                counts["met_first"] += 1
                break
    with acting(SYSTEM):
        erased, _ = Relay.objects.filter(state=RelayState.DRAFT, due_on__lt=day).delete()
    return ClockRun(erased=erased, **counts)


def clock_key(row: Relay) -> UUID:
    """The same for every process that would make this move on this version."""
    return UUID(sha256(f"clock {row.uid} {row.version}".encode()).hexdigest()[:32])


def _shown(order: Order, by: Mover) -> str:
    with acting(by):
        summary = Relay.objects.filter(uid=order.relay).values_list("summary", flat=True).first()
    return fingerprint(summary) if summary else ""
