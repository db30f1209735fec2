"""What a person asked about her data, and what was answered; the same, as the organisation must answer it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.rights import RequestKind
from ensemblier.journey.models import RightsRequest
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request. `person_uid` and `who` are for the organisation that answers."""

    uid: UUID
    kind: RequestKind
    subject: str
    words: str
    asked_at: datetime
    due_on: date
    organisation: str
    answer: str
    answered_at: datetime | None
    person_uid: UUID
    who: str


def my_requests(herself: Iterable[PersonHerself], *, at: datetime) -> tuple[RequestView, ...]:
    """What she asked, the latest first."""
    found: list[RequestView] = []
    for one in herself:
        with acting(one):
            found += map(_view, _rows().filter(person_id=one.person_id))
            note(one, Act.READ_FILE, person_id=one.person_id, subject="rights_requests", at=at)
    return tuple(sorted(found, key=lambda request: request.asked_at, reverse=True))


def requests_to_answer(*, by: Actor, at: datetime) -> tuple[RequestView, ...]:
    """Requests addressed to the actor's organisation: those that wait, the most urgent first, then the answered ones.

    Row-level security leaves those about files that the actor may open.
    """
    with acting(by):
        rows = list(_rows().filter(organisation_id=by.organisation_id or 0))
        for person_id in sorted({row.person_id for row in rows}):
            note(by, Act.READ_FILE, person_id=person_id, subject="rights_requests", at=at)
        return tuple(sorted(map(_view, rows), key=lambda one: (one.answered_at is not None, one.due_on, one.asked_at)))


def _rows() -> QuerySet[RightsRequest]:
    return RightsRequest.objects.select_related("person", "organisation").order_by("-asked_at", "-pk")


def _view(row: RightsRequest) -> RequestView:
    return RequestView(
        uid=row.uid,
        kind=RequestKind(row.kind),
        subject=row.subject,
        words=row.words,
        asked_at=row.asked_at,
        due_on=row.due_on,
        organisation=row.organisation.name,
        answer=row.answer,
        answered_at=row.answered_at,
        person_uid=row.person.uid,
        who=str(row.person),
    )
