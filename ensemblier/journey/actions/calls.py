"""A call taken at the desk: counted without identity, and never left without an answer, a door or a call-back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.callbacks import CallbackDraft, ask_callback
from ensemblier.journey.actions.queue import QueueRequest, ask_guichet
from ensemblier.journey.core.contacts import Answer, ContactChannel
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import LevelOneContact
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.routing.core.facts import Status


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call. `door` and `place`: words of the door given ("" for a call-back); `phone`: only to be called back.

    `booked_at`: the organisation that receives at that door, which will find the number among its call-backs.
    """

    commune_code: str
    statuses: frozenset[Status]
    words: str = ""
    door: str = ""
    when: str = ""
    phone: str = ""
    booked_at: UUID | None = None
    key: UUID | None = None


@transaction.atomic
def take_call(draft: CallDraft, *, by: Actor, at: datetime) -> Answer:
    """Keep a call and do what it asks for, once for each key. Returns with what the person leaves.

    A door and a number: booked there. A door alone: given. A number alone: the guichet's queue calls back. Raises
    NotAllowed, BadInput (neither a door nor a number), RuleViolated (this number already waits).
    """
    if by.organisation_id is None or by.user_id is None or not by.roles & {Role.ADVISER, Role.DESK}:
        raise NotAllowed("Seul un accueil ou un conseiller prend un appel.")
    if not draft.door and not draft.phone.strip():
        raise BadInput("Donnez une porte, ou le numéro auquel rappeler.", field="phone")
    answer = Answer.DOOR if draft.door else Answer.CALL_BACK
    with acting(by):
        uid = once(draft.key, "call")
        if LevelOneContact.objects.filter(uid=uid).exists():
            return answer
        LevelOneContact.objects.create(
            uid=uid,
            organisation_id=by.organisation_id,
            user_id=by.user_id,
            at=at,
            channel=ContactChannel.PHONE.value,
            commune_id=draft.commune_code,
            statuses=sorted(draft.statuses),
            request=draft.words.strip()[:500],
            answer=answer.value,
            given=" – ".join(filter(None, (draft.door, draft.when)))[:500],
        )
    if draft.phone.strip():
        _call_back(draft, by, at)
    return answer


def _call_back(draft: CallDraft, by: Actor, at: datetime) -> None:
    if draft.door and draft.booked_at is not None:
        booking = CallbackDraft(draft.phone, draft.commune_code, organisation_uid=draft.booked_at, when=draft.when)
        ask_callback(booking, on=at.astimezone(PARIS).date())
        return
    need = draft.words.strip() or (f"souhaite joindre : {draft.door}" if draft.door else "demande à être rappelée")
    ask_guichet(QueueRequest(need[:300], draft.commune_code, draft.phone, draft.when, key=draft.key), by=by, at=at)
