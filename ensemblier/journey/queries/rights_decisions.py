"""Who decided what, across all the structures of a person: the log of each file, and what became of her relays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from ensemblier.journey.core.group import Decider
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import Move
from ensemblier.journey.models import Decision, RelayEvent
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting

_DECIDED = (Move.SEND, Move.ACCEPT, Move.DECLINE, Move.COMPLETE, Move.FAIL, Move.WITHDRAW, Move.CANCEL)


@dataclass(frozen=True, slots=True)
class MyDecision:
    """One line. `words`: as it was written, or the state that the relay came to; `is_hers`: she decided it herself."""

    at: datetime
    words: str
    who: str
    organisation: str
    is_hers: bool
    is_replaced: bool = False
    relay: UUID | None = None


def my_decisions(herself: Iterable[PersonHerself], *, at: datetime) -> tuple[MyDecision, ...]:
    """All of them, the latest first. Two queries and one line of the journal for each file."""
    found: list[MyDecision] = []
    for one in herself:
        with acting(one):
            found += [*_written(one), *_of_relays(one)]
            note(one, Act.READ_FILE, person_id=one.person_id, subject="decisions", at=at)
    return tuple(sorted(found, key=lambda line: line.at, reverse=True))


def _written(one: PersonHerself) -> Iterator[MyDecision]:
    rows = list(
        Decision.objects.filter(person_id=one.person_id).select_related("organisation", "author").order_by("pk")
    )
    replaced = {row.replaces_id for row in rows}
    for row in rows:
        yield MyDecision(
            at=datetime.combine(row.decided_on, time(12), tzinfo=PARIS),
            words=row.words,
            who=Decider(row.decider).label,
            organisation=row.organisation.name if row.organisation else "",
            is_hers=row.decider == Decider.PERSON,
            is_replaced=row.pk in replaced,
        )


def _of_relays(one: PersonHerself) -> Iterator[MyDecision]:
    rows = RelayEvent.objects.filter(relay__person_id=one.person_id, move__in=[move.value for move in _DECIDED])
    for row in rows.select_related("relay__recipient", "relay__source").order_by("pk"):
        is_hers = row.party in ("person", "paper")
        is_source = row.organisation_id == row.relay.source_id
        held = row.relay.source if is_source else row.relay.recipient
        yield MyDecision(
            at=row.at,
            words=row.get_to_state_display(),
            who=row.actor_label,
            organisation=held.name if held and held.name not in row.actor_label else "",
            is_hers=is_hers,
            relay=row.relay.uid,
        )
