"""Writing in the thread of a relay. A message never changes a state, whichever way it came."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from ensemblier.journey.actions.moves import Order
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import Mover, PartnerByLink, PersonHerself, organisation_of, party_of, user_of
from ensemblier.journey.core.relay_messages import MessageChannel, MessageKind
from ensemblier.journey.core.states import FINAL, Move, Party, RelayState, View
from ensemblier.journey.models import Relay, RelayMessage
from ensemblier.journey.queries.holding import goes_on, is_known_to
from ensemblier.journey.queries.relays import seen_by
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated

MAX_TEXT = 4000
READS_MESSAGES = frozenset({View.WHOLE, View.STATE, View.SUMMARY})


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """What somebody writes. `is_for_person`: she reads it too (what she writes, she reads anyway)."""

    text: str
    is_for_person: bool = False
    channel: MessageChannel = MessageChannel.PAGE


def write_message(order: Order, *, by: Mover, draft: MessageDraft) -> UUID:
    """A message to the other parties. Raises NotFound (not a party, or nothing left to read), BadInput, RuleViolated.

    Only whoever may read the thread writes in it: before a relay is taken in hand, its recipient writes nothing.
    """
    with acting(by):
        relay = Relay.objects.select_related("consent").filter(uid=order.relay).first()
        if relay is None or thread_view(relay, by, order) not in READS_MESSAGES:
            raise NotFound("Ce relais n’existe pas, ou ne vous est plus ouvert.")
        if RelayState(relay.state) in FINAL - {RelayState.COMPLETED}:
            raise RuleViolated("Ce relais est terminé : plus rien ne s’y écrit.")
        row = _written(relay, order, by, MessageKind.MESSAGE, draft)
        note(by, Act.WRITE_RELAY, person_id=relay.person_id, subject="relay", subject_uid=relay.uid, at=order.at)
        return row.uid


def thread_view(relay: Relay, by: Mover, order: Order) -> View:
    """What the writer sees of the relay at that instant: of a desk, only who has it in hand reads the thread."""
    party = party_of(relay.value, Move.GIVE_INFO, by)
    if not is_known_to(relay, party, by):
        return View.NOTHING
    holds = party is Party.RECIPIENT and goes_on(relay, by, order.at)
    return seen_by(relay, party, by, order.at, holds=holds)


def question_beside(order: Order, by: Mover, question: str, *, is_for_person: bool) -> Callable[[Relay], None]:
    """Keeps the question with the move that asks it."""
    draft = MessageDraft(question, is_for_person)
    return lambda relay: _keep(relay, order, by, MessageKind.QUESTION, draft)


def answer_beside(order: Order, by: Mover, answer: str) -> Callable[[Relay], None]:
    """Keeps the answer, when there is one, with the move that gives it."""
    draft = MessageDraft(answer, is_for_person=isinstance(by, PersonHerself))
    return lambda relay: _keep(relay, order, by, MessageKind.ANSWER, draft) if answer.strip() else None


def _keep(relay: Relay, order: Order, by: Mover, kind: MessageKind, draft: MessageDraft) -> None:
    _written(relay, order, by, kind, draft)


def _written(relay: Relay, order: Order, by: Mover, kind: MessageKind, draft: MessageDraft) -> RelayMessage:
    text = draft.text.strip()
    if not text or len(text) > MAX_TEXT:
        raise BadInput("Écrivez un message, en 4 000 signes au plus.", field="text")
    party = party_of(relay.value, Move.GIVE_INFO, by)
    row, _ = RelayMessage.objects.get_or_create(
        relay=relay,
        key=order.key,
        defaults={
            "kind": kind.value,
            "party": party.value,
            "author_id": user_of(by),
            "author_label": by.label[:200],
            "organisation_id": organisation_of(by),
            "text": text,
            "is_for_person": draft.is_for_person or party is Party.PERSON,
            "channel": (MessageChannel.LINK if isinstance(by, PartnerByLink) else draft.channel).value,
            "at": order.at,
        },
    )
    return row
