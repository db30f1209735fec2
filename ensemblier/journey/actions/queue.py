"""The guichet's queue: what comes in, who holds it, and how it leaves – with an answer, a door or a call-back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.core.movers import CLERK
from ensemblier.journey.core.packets import envelope_of
from ensemblier.journey.core.queue import (
    IGNORED_AFTER_DAYS,
    QueueAnswer,
    QueueOrigin,
    answer_due,
    lease_end,
)
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.working_days import add_working_days
from ensemblier.journey.models import Person, QueueEntry, Relay
from ensemblier.journey.queries.guichets import Guichet, guichet_of
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, StaleVersion

MAX_NEED, MAX_ANSWER = 300, 500
FORGOTTEN = timedelta(days=60)
"""How far back ignored relays are looked for: older ones came to the queue, or are past their file's own follow-up."""


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """What somebody asks at a guichet, without a name. `phone`: only to be called back; `person_uid`: her file here."""

    need: str
    commune_code: str | None = None
    phone: str = ""
    call_when: str = ""
    person_uid: UUID | None = None
    origin: QueueOrigin = QueueOrigin.REQUEST
    key: UUID | None = None


def ask_guichet(request: QueueRequest, *, by: Actor, at: datetime) -> UUID:
    """Put a request in the queue of the actor's guichet. Raises NotAllowed, BadInput, NotFound (somebody else's file).

    The commune's guichet when the actor's structure sits there, else its own only queue: nothing is ever without one.
    """
    need = request.need.strip()
    if not need or len(need) > MAX_NEED:
        raise BadInput("Dites la demande en une phrase, sans nom.", field="need")
    with acting(by):
        if by.organisation_id is None or not by.roles & {Role.ADVISER, Role.DESK}:
            raise NotAllowed("Seul un accueil ou un conseiller met une demande dans la file du guichet.")
        uid = once(request.key, "queue")
        if QueueEntry.objects.filter(uid=uid).exists():
            return uid
        person = None
        if request.person_uid is not None:
            mine = {"uid": request.person_uid, "organisation_id": by.organisation_id}
            person = Person.objects.filter(**mine).first()
            if person is None:
                raise NotFound("Ce dossier n’existe pas dans votre structure.")
        row = _entry(by.organisation_id, request.commune_code, request.origin, need, at)
        row.uid, row.person = uid, person
        row.phone, row.call_when = request.phone.strip()[:20], request.call_when.strip()[:60]
        row.save()
        return uid


def queue_declined(relay: Relay, *, at: datetime, origin: QueueOrigin = QueueOrigin.DECLINED) -> None:
    """A relay that ended without another way comes to the queue of its source: once, in the caller's transaction."""
    with acting(CLERK):  # the recipient, who declines, sees neither the source's file nor its queue
        if QueueEntry.objects.filter(relay_id=relay.pk).exists():
            return
        commune = Person.objects.values_list("commune_id", flat=True).get(pk=relay.person_id)
        need = envelope_of(relay.envelope).need or "une demande à reprendre"
        row = _entry(relay.source_id, commune, origin, need[:MAX_NEED], at)
        row.relay, row.person_id = relay, relay.person_id
        row.save()


def _entry(organisation_id: int, commune: str | None, origin: QueueOrigin, need: str, at: datetime) -> QueueEntry:
    day = at.astimezone(PARIS).date()
    guichet: Guichet | None = guichet_of(organisation_id, commune_code=commune, on=day)
    return QueueEntry(
        guichet_id=guichet.site_id if guichet else None,
        organisation_id=organisation_id,
        open_to=sorted({organisation_id, *(guichet.organisations if guichet else ())}),
        origin=origin.value,
        need=need,
        commune_id=commune,
        created_at=at,
        due_on=answer_due(day),
    )


def claim_entry(order: Order, *, by: Actor) -> None:
    """Hold a request until the end of the next working day. Raises NotFound, StaleVersion (a colleague was first)."""
    _change(order, by, Q(claimed_by=None) | Q(lease_until__lt=_day(order)), claimed(by, _day(order)))


def give_back_entry(order: Order, *, by: Actor) -> None:
    """Give a request back to the queue. Raises NotFound, StaleVersion."""
    nobody = {"claimed_by": None, "claimed_for": None, "lease_until": None}
    _change(order, by, Q(claimed_by_id=by.user_id), nobody)


def answer_entry(order: Order, *, by: Actor, answer: QueueAnswer, words: str) -> None:
    """End a request: say what was answered, which door, or that the call was made. The number is erased.

    Raises BadInput (nothing said), NotFound, StaleVersion (it is not the actor's any more).
    """
    if not words.strip() or len(words) > MAX_ANSWER:
        raise BadInput("Dites en une phrase ce que la personne a reçu.", field="words")
    columns = {
        "answer": answer.value,
        "answer_words": words.strip(),
        "answered_at": order.at,
        "lease_until": None,
        "phone": "",
    }
    _change(order, by, Q(claimed_by_id=by.user_id), columns)


def claimed(by: Actor, day: date) -> dict[str, Any]:
    """The columns of a request that is held."""
    return {"claimed_by_id": by.user_id, "claimed_for_id": by.organisation_id, "lease_until": lease_end(day)}


def _change(order: Order, by: Actor, condition: Q, columns: Mapping[str, Any]) -> None:
    """One guarded update; a repeated click finds its own key and changes nothing more."""
    if by.organisation_id is None or not by.roles & {Role.ADVISER, Role.DESK}:
        raise NotAllowed("Seul un accueil ou un conseiller tient la file du guichet.")
    with acting(by):
        rows = QueueEntry.objects.filter(uid=order.relay, open_to__contains=[by.organisation_id])
        row = rows.first()
        if row is None:
            raise NotFound("Cette demande n’existe pas dans votre file.")
        if row.last_key == order.key:
            return
        still = rows.filter(condition, version=order.version, answered_at=None)
        if not still.update(version=order.version + 1, last_key=order.key, **columns):
            raise StaleVersion("Un collègue s’occupe déjà de cette demande : rouvrez la file.")


def sweep_ignored(at: datetime) -> int:
    """Relays that ended without being taken up and that their source left alone for three working days. How many.

    Called by the clock; safe in several processes (one entry for each relay).
    """
    with acting(SYSTEM):
        found = [row for row in _left_alone(at) if _is_ignored(row, at)]
        for row in found:
            queue_declined(row, at=at, origin=QueueOrigin.IGNORED)
    return len(found)


def _left_alone(at: datetime) -> Iterable[Relay]:
    return (
        Relay.objects.filter(state__in=["declined", "expired", "failed"], ended_at__gt=at - FORGOTTEN)
        .filter(ended_at__lt=at - timedelta(days=IGNORED_AFTER_DAYS), sequel=None, queue_entry=None)
        .select_related("person")
        .order_by("ended_at", "pk")
    )


def _is_ignored(row: Relay, at: datetime) -> bool:
    ended_at = row.ended_at or at
    last = add_working_days(ended_at.astimezone(PARIS).date(), IGNORED_AFTER_DAYS)
    return at.astimezone(PARIS).date() > last


def _day(order: Order) -> date:
    return order.at.astimezone(PARIS).date()
