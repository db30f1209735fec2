"""A complement: what the source adds to a relay when it answers a question, inside what the person consented to.

Previewed, then sent as it was previewed: the fingerprint of what was read travels with the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.moves import Beside, Done, Order, perform
from ensemblier.journey.actions.packets import Carried, carried_words
from ensemblier.journey.actions.relay_messages import answer_beside
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.movers import party_of
from ensemblier.journey.core.packets import Envelope, Packet, fingerprint, letter
from ensemblier.journey.core.states import Move, Party
from ensemblier.journey.models import Relay, RelayPacket, SharedDocument
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound, RuleViolated, StaleVersion


@dataclass(frozen=True, slots=True)
class ComplementDraft:
    """What is added. `words`: a text for each category ticked (the identity is always taken from the file);
    `documents`: one by one. `answer`: the message that goes with it."""

    words: Mapping[Category, str] = field(default_factory=dict)
    documents: tuple[UUID, ...] = ()
    answer: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shared besides the message."""
        return not self.words and not self.documents


@dataclass(frozen=True, slots=True)
class Preview:
    """The exact text that would be added, and its fingerprint."""

    packets: tuple[Packet, ...]
    documents: tuple[str, ...]
    fingerprint: str


def look_at_complement(uid: UUID, draft: ComplementDraft, *, by: Actor, at: datetime) -> Preview:
    """What the complement would say, word for word; writes nothing.

    Raises NotFound (not a relay of the source that waits for an answer), RuleViolated (nothing ticked, or more than
    the person consented to), BadInput (a category without words).
    """
    with acting(by):
        relay = Relay.objects.select_related("person__commune", "consent").filter(uid=uid).first()
        if relay is None or party_of(relay.value, Move.GIVE_INFO, by) is not Party.SOURCE:
            raise NotFound("Ce relais n’existe pas, ou n’existe plus.")
        return _preview(_carried(relay, draft, at))


def _carried(relay: Relay, draft: ComplementDraft, at: datetime) -> Carried:
    if draft.is_empty:
        raise RuleViolated("Cochez au moins une chose à ajouter, ou répondez par un simple message.", field="words")
    consented = frozenset(map(Category, relay.consent.categories)) if relay.consent else frozenset()
    carried = carried_words(draft.words, draft.documents, relay.person, at=at)
    if left := beyond(carried, consented):
        raise RuleViolated(
            "La personne n’a pas accepté de partager ceci : %(what)s. Demandez-lui d’abord, par un nouveau relais.",
            field="words",
            values={"what": ", ".join(left)},
        )
    return carried


def beyond(carried: Carried, consented: frozenset[Category]) -> list[str]:
    """The names of what would be added without her agreement; a document about health asks for health too."""
    asked = {packet.category for packet in carried.packets}
    if any(row.is_sensitive for row in carried.documents):
        asked.add(Category.HEALTH)
    return [category.label for category in Category if category in asked - consented]


def _preview(carried: Carried) -> Preview:
    names = tuple(row.name for row in carried.documents)
    return Preview(carried.packets, names, fingerprint(letter(Envelope(), "", carried.packets)))


def give_complement(order: Order, draft: ComplementDraft, *, by: Actor, read: str) -> Done:
    """Answer a question and add what was previewed, in one transaction. `read`: the fingerprint of the preview.

    Raises what `look_at_complement` does, and StaleVersion when the file no longer says what was read.
    """
    beside = Beside(after=_both(answer_beside(order, by, draft.answer), _added(order, draft, read)))
    asked = frozenset(draft.words) | (frozenset({Category.DOCUMENTS}) if draft.documents else frozenset())
    return perform(order, Move.GIVE_INFO, by, beside=beside, categories=asked)


def _both(*after: Callable[[Relay], None]) -> Callable[[Relay], None]:
    def run(relay: Relay) -> None:
        for each in after:
            each(relay)

    return run


def _added(order: Order, draft: ComplementDraft, read: str) -> Callable[[Relay], None]:
    def add(relay: Relay) -> None:
        event = relay.events.filter(key=order.key).values_list("version", flat=True).get()
        if relay.packets.filter(since_version=event).exists():
            return  # the same click again
        carried = _carried(relay, draft, order.at)
        if _preview(carried).fingerprint != read:
            raise StaleVersion("Le dossier a changé depuis la relecture : relisez ce qui serait ajouté.")
        _write(relay, carried, event, read, order.at)

    return add


def _write(relay: Relay, carried: Carried, version: int, read: str, at: datetime) -> None:
    same: dict[str, Any] = {"relay": relay, "since_version": version, "fingerprint": read}
    RelayPacket.objects.bulk_create(
        RelayPacket(category=packet.category.value, text=packet.text, data=dict(packet.data), **same)
        for packet in carried.packets
    )
    known = set(SharedDocument.objects.filter(relay=relay).values_list("document_id", flat=True))
    SharedDocument.objects.bulk_create(
        SharedDocument(person_id=relay.person_id, document=row, relay=relay, at=at)
        for row in carried.documents
        if row.pk not in known
    )
