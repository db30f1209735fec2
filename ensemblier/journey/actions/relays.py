"""The gestures of a relay, one function each. All go through `moves.perform`; `withdraw` stands in `consents`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.consents import ConsentDraft, record_consent
from ensemblier.journey.actions.moves import Beside, Done, Order, perform
from ensemblier.journey.actions.packets import (
    Carried,
    carried_by,
    erase_left_out,
    letter_of,
    open_own_file,
    write_packets,
)
from ensemblier.journey.actions.queue import queue_declined
from ensemblier.journey.actions.relay_messages import answer_beside, question_beside
from ensemblier.journey.core.consent import Category, ConsentChannel
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.machine import DEADLINES, MACHINE, NONE_KNOWN
from ensemblier.journey.core.movers import Mover, PartnerByLink, PersonHerself
from ensemblier.journey.core.packets import fingerprint
from ensemblier.journey.core.relay import PARIS, clock_move
from ensemblier.journey.core.states import DeclineReason, Move, Outcome, RelayKind, RelayState
from ensemblier.journey.models import ConsentReading, Episode, Person, Relay, SharedDocument
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import DomainError, NotAllowed, NotFound, RuleViolated, StaleVersion

Answering = Actor | PartnerByLink
"""Who may answer for the recipient: an adviser with an account, or a partner by her signed link."""
ONE_TRANSFER = "Un passage de main est déjà en cours pour cette personne : attendez sa fin ou annulez-le."


@dataclass(frozen=True, slots=True)
class RelayDraft:
    """A relay to prepare. `envelope`: need, commune or basin, urgency, wished channel – nothing that identifies.

    `words`: what each category says; the identity is always taken from the file, whatever is given for it. Without
    `words` and `documents`, `categories` stand alone. `documents`: those that go with it, one by one.
    `routing`: the doors explained to the person, with the ids of their rules, as `routing` said them that day.
    `key`: the same for each repetition of one click.
    """

    episode_uid: UUID
    kind: RelayKind
    summary: str
    categories: frozenset[Category] = frozenset()
    envelope: Mapping[str, Any] = field(default_factory=dict)
    routing: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[Category, str] = field(default_factory=dict)
    documents: tuple[UUID, ...] = ()
    key: UUID | None = None


def prepare_relay(draft: RelayDraft, *, by: Actor, at: datetime) -> Relay:
    """Write a draft, which nobody else sees. Raises NotFound, NotAllowed, RuleViolated (a transfer is already open)."""
    with acting(by):
        if by.organisation_id is None or Role.ADVISER not in by.roles or by.user_id is None:
            raise NotAllowed("Seul un conseiller prépare un relais.")
        mine = {"uid": draft.episode_uid, "person__organisation_id": by.organisation_id}
        episode = Episode.objects.select_related("person").filter(**mine).first()
        if episode is None:
            raise NotFound("Ce dossier n’existe pas dans votre structure.")
        uid = once(draft.key, "relay")
        if already := Relay.objects.filter(uid=uid, source_id=by.organisation_id).first():
            return already
        carried = carried_by(draft, episode.person, at=at)
        if draft.kind is RelayKind.TRANSFER:
            _check_no_transfer(episode.person)
        day = at.astimezone(PARIS).date()
        relay = _created(
            uid=uid,
            person=episode.person,
            episode=episode,
            source_id=by.organisation_id,
            source_adviser_id=by.user_id,
            due_on=DEADLINES[RelayState.DRAFT].on(day),
            created_at=at,
            **_columns(draft, carried),
        )
        write_packets(relay, carried, at=at)
        note(by, Act.WRITE_RELAY, person_id=relay.person_id, subject="relay", subject_uid=uid, at=at)
        return relay


def rewrite_draft(order: Order, draft: RelayDraft, *, read: str, by: Actor) -> Relay:
    """Change a draft that nobody has seen. `read`: the fingerprint of the text that the adviser had before her.

    Raises NotFound, RuleViolated (it has left, or a transfer is open), StaleVersion (a colleague changed it first).
    """
    with acting(by):
        relay = Relay.objects.select_for_update().filter(uid=order.relay, source_id=by.organisation_id).first()
        if relay is None or Role.ADVISER not in by.roles:
            raise NotFound("Ce brouillon n’existe pas, ou n’existe plus.")
        if relay.state != RelayState.DRAFT:
            raise RuleViolated("Ce relais n’est plus un brouillon : la personne a lu ce texte, il ne change plus.")
        if fingerprint(letter_of(relay)) != read:
            raise StaleVersion("Quelqu’un a changé ce brouillon entre-temps : relisez-le avant d’enregistrer.")
        carried = carried_by(draft, relay.person, at=order.at)
        if draft.kind is RelayKind.TRANSFER and relay.kind != RelayKind.TRANSFER:
            _check_no_transfer(relay.person)
        for name, value in _columns(draft, carried).items():
            setattr(relay, name, value)
        relay.save()
        write_packets(relay, carried, at=order.at)
        note(by, Act.WRITE_RELAY, person_id=relay.person_id, subject="relay", subject_uid=relay.uid, at=order.at)
        return relay


def _columns(draft: RelayDraft, carried: Carried) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "categories": sorted(frozenset(packet.category for packet in carried.packets) or draft.categories),
        "envelope": dict(draft.envelope),
        "routing": dict(draft.routing),
        "summary": draft.summary.strip(),
    }


def _check_no_transfer(person: Person) -> None:
    transfers = Relay.objects.filter(person=person, kind=RelayKind.TRANSFER, ended_at__isnull=True)
    if transfers.exists():
        raise RuleViolated(ONE_TRANSFER, field="kind")


def _created(**fields: Any) -> Relay:
    """The row, or a sentence when a colleague opened a transfer at the same instant."""
    try:
        with transaction.atomic():
            return Relay.objects.create(**fields)
    except IntegrityError as error:
        if "relay_one_open_transfer" in str(error):
            raise RuleViolated(ONE_TRANSFER, field="kind") from error
        raise


def propose(order: Order, *, by: Actor, offered: Sequence[int], read: str = "") -> Done:
    """Show the person the text and the structures she may choose from; "none of these" is always one of the answers.

    `read`: the fingerprint of the text that the adviser had before her. Raises StaleVersion when it changed since.
    """
    shown = _shown(order, by)
    if read and read != shown:
        raise StaleVersion("Quelqu’un a changé ce brouillon entre-temps : relisez-le avant de le montrer.")
    return perform(order, Move.PROPOSE, by, offered=tuple(offered), shown=shown)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose. `text`: what she read, whole, or `read`: its fingerprint, as the page gave it.

    `consent_uid`: her consent; None when `send_on_paper` records it in the same transaction. `proof`: where the paper
    is, when she signed one. `offered`: the structures shown, when she chooses at once without a proposal before.
    `categories`: what she ticked, fewer than were proposed if she likes (empty: all of them); the text then is the
    shorter one, and what she left out is erased from the relay.
    """

    recipient: int
    consent_uid: UUID | None
    text: str = ""
    proof: str = ""
    offered: tuple[int, ...] = ()
    categories: frozenset[Category] = frozenset()
    read: str = ""


def send(order: Order, *, by: Actor | PersonHerself, choice: Choice) -> Done:
    """The person sends her relay; an adviser may record a choice made on paper, with its proof."""
    return _send(order, by, choice, Beside(consent_uid=choice.consent_uid))


def send_on_paper(order: Order, *, by: Actor, choice: Choice, consent: ConsentDraft, words: str = "") -> Done:
    """Record the consent that the person signed on paper, and send: both, or neither. `words`: the text she signed."""

    def record(relay: Relay) -> UUID:
        row = record_consent(replace(consent, person_uid=relay.person.uid), by=by, at=order.at)
        if words:
            ConsentReading.objects.create(consent=row, person_id=relay.person_id, text=words)
        return row.uid

    return _send(order, by, choice, Beside(consent_before=record))


def _send(order: Order, by: Actor | PersonHerself, choice: Choice, beside: Beside) -> Done:
    channel = by.channel if isinstance(by, PersonHerself) else ConsentChannel.PAPER
    if choice.categories:
        beside = replace(beside, after=lambda relay: erase_left_out(relay, choice.categories))
    return perform(
        order,
        Move.SEND,
        by,
        beside=beside,
        recipient=choice.recipient,
        categories=choice.categories,
        offered=choice.offered,
        shown=_shown(order, by, choice.categories),
        sent=choice.read or fingerprint(choice.text),
        channel=channel,
        proof=choice.proof,
    )


def acknowledge(order: Order, *, by: Answering) -> Done:
    """Take a relay in hand for two working days."""
    return perform(order, Move.ACKNOWLEDGE, by)


def release(order: Order, *, by: Answering) -> Done:
    """Give it back to the desk; the desk's deadline stands."""
    return perform(order, Move.RELEASE, by)


def request_info(order: Order, *, by: Answering, question: str, is_for_person: bool = False) -> Done:
    """Ask the source, or the person too, for what is missing; the question stands in the relay's thread."""
    asked = question_beside(order, by, question, is_for_person=is_for_person)
    return perform(order, Move.REQUEST_INFO, by, beside=Beside(after=asked), reason=question)


def give_info(
    order: Order,
    *,
    by: Actor | PersonHerself,
    categories: frozenset[Category] = frozenset(),
    consent_uid: UUID | None = None,
    answer: str = "",
) -> Done:
    """Answer; a category not yet shared needs a consent that covers everything, given with the answer."""
    beside = Beside(consent_uid=consent_uid, after=answer_beside(order, by, answer))
    return perform(order, Move.GIVE_INFO, by, beside=beside, categories=categories)


def accept(order: Order, *, by: Answering, appointment_at: datetime) -> Done:
    """Accept, with a proposed appointment."""
    return perform(order, Move.ACCEPT, by, appointment_at=appointment_at)


def decline(order: Order, *, by: Answering, reason: DeclineReason, proposal: str) -> Done:
    """Decline, with a reason and a proposal; with none known (`machine.NONE_KNOWN`), the guichet's queue takes over."""

    def to_the_queue(relay: Relay) -> None:
        if proposal.strip() == NONE_KNOWN:
            queue_declined(relay, at=order.at)

    beside = Beside(after=to_the_queue)
    return perform(order, Move.DECLINE, by, beside=beside, reason=reason.value, proposal=proposal.strip())


def meet(order: Order, *, by: Answering, met_at: datetime, is_tripartite: bool = False) -> Done:
    """Record the first meeting held, with the former adviser or without: the lead of a transfer moves here.

    Unless the accompaniment is joint, the recipient's own file opens from what the relay carries.
    """

    def open_file(relay: Relay) -> None:
        if isinstance(by, Actor):
            open_own_file(relay, by=by, at=order.at)

    beside, held = Beside(after=open_file), _after_acceptance(order, by, met_at)
    return perform(order, Move.MEET, by, beside=beside, met_at=held, is_tripartite=is_tripartite)


def _after_acceptance(order: Order, by: Answering, met_at: datetime) -> datetime:
    """A meeting is typed to the minute: in the very minute of the acceptance, it counts as just after it."""
    with acting(by):
        accepted = Relay.objects.filter(uid=order.relay).values_list("accepted_at", flat=True).first()
    if accepted is None or met_at != accepted.replace(second=0, microsecond=0):
        return met_at
    return min(accepted + timedelta(microseconds=1), order.at)


def complete(order: Order, *, by: Answering, outcome: Outcome) -> Done:
    """End a relay that worked."""
    return perform(order, Move.COMPLETE, by, outcome=outcome.value)


def fail(order: Order, *, by: Answering, outcome: Outcome, attempts: Sequence[str] = ()) -> Done:
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
    return ClockRun(erased=_erase_drafts(day), **counts)


def _erase_drafts(day: date) -> int:
    with acting(SYSTEM):
        drafts = Relay.objects.filter(state=RelayState.DRAFT, due_on__lt=day)
        SharedDocument.objects.filter(relay__in=drafts).delete()
        _, rows = drafts.delete()
    return rows.get(Relay._meta.label, 0)


def clock_key(row: Relay) -> UUID:
    """The same for every process that would make this move on this version."""
    return UUID(sha256(f"clock {row.uid} {row.version}".encode()).hexdigest()[:32])


def _shown(order: Order, by: Mover, categories: frozenset[Category] = frozenset()) -> str:
    with acting(by):
        relay = Relay.objects.prefetch_related("packets").filter(uid=order.relay).first()
        text = letter_of(relay, categories) if relay else ""
    return fingerprint(text) if text else ""
