"""Reads: the "Journal" tab of a file – who read or wrote what, who stands in, what is frozen or about to be erased."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.access import AccessReason
from ensemblier.journey.core.files import FileHead
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.retention import HoldReason
from ensemblier.journey.core.rights import RequestKind
from ensemblier.journey.models import Access, FileHold, JournalEntry, PlannedErasure, RightsRequest
from ensemblier.journey.queries.files import head_of, read_by
from ensemblier.journey.queries.rights_log import PAGE, Looks, grouped, looks_of
from ensemblier.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class AccessLine:
    """Somebody of the organisation who may open the file now. `why`: written, for a substitute or a member."""

    name: str
    reason: AccessReason
    since: datetime
    until: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A freezing: why, by whom, until when."""

    reason: HoldReason
    why: str
    owner: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """An erasure asked for. `due_at` None: a second colleague must still agree; `is_mine`: the reader wrote it."""

    uid: UUID
    why: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str
    due_at: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class FileJournal:
    """The tab. `is_of_desk`: the lines of the whole organisation; else the reader's own (promises 4.1)."""

    head: FileHead
    looks: Looks
    is_of_desk: bool
    is_whole: bool
    accesses: tuple[AccessLine, ...]
    hold: HoldLine | None
    erasure: ErasureLine | None
    was_asked_on: date | None


def file_journal(*, actor: Actor, uid: UUID, on: date, page: int = 1) -> FileJournal:
    """What the reader may know of who opened the file. Raises NotFound. The reading itself is journaled."""
    with read_by(actor, uid, Act.READ_JOURNAL) as found:
        person, is_whole = found.person, found.categories is None
        rows = JournalEntry.objects.filter(person_id=person.pk, organisation_id=actor.organisation_id or 0)
        total, last = rows.count(), page * PAGE
        lines = list(rows.order_by("-at", "-pk")[last - PAGE : last])
        return FileJournal(
            head=head_of(person, actor, on),
            looks=Looks(grouped(looks_of(lines)), total, page + 1 if total > last else None),
            is_of_desk=is_whole and Role.TEAM_LEAD in actor.roles,
            is_whole=is_whole,
            accesses=_accesses(person.pk, actor) if is_whole else (),
            hold=_hold(person.pk) if is_whole else None,
            erasure=_erasure(person.pk, actor) if is_whole else None,
            was_asked_on=_asked(person.pk) if is_whole else None,
        )


def _accesses(person_id: int, actor: Actor) -> tuple[AccessLine, ...]:
    """Of the reader's organisation only: who else follows her is hers to say."""
    now = timezone.now()
    rows = Access.objects.filter(person=person_id, organisation_id=actor.organisation_id or 0, ended_at=None)
    rows = rows.exclude(until__lte=now).exclude(reason=AccessReason.JOINT.value).select_related("user")
    return tuple(
        AccessLine(row.user.name, AccessReason(row.reason), row.since, row.until, row.why)
        for row in rows.order_by("since", "pk")
    )


def _hold(person_id: int) -> HoldLine | None:
    row = FileHold.objects.filter(person=person_id, until__gt=timezone.now()).select_related("owner")
    last = row.order_by("-until", "pk").first()
    if last is None:
        return None
    return HoldLine(HoldReason(last.reason), last.why, last.owner.name, last.since, last.until)


def _erasure(person_id: int, actor: Actor) -> ErasureLine | None:
    rows = PlannedErasure.objects.filter(person=person_id, cancelled_at=None).select_related("asked_by", "confirmed_by")
    row = rows.order_by("pk").first()
    if row is None:
        return None
    return ErasureLine(
        uid=row.uid,
        why=row.why,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        confirmed_by="" if row.confirmed_by is None else row.confirmed_by.name,
        due_at=row.due_at,
        is_mine=row.asked_by_id == actor.user_id,
    )


def _asked(person_id: int) -> date | None:
    """When she asked for the erasure from her space, if she did and nobody has answered."""
    rows = RightsRequest.objects.filter(person=person_id, kind=RequestKind.ERASURE.value, answered_at=None)
    at = rows.order_by("-asked_at").values_list("asked_at", flat=True).first()
    return None if at is None else timezone.localdate(at)
