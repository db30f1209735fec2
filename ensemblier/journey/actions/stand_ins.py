"""Absence with a substitute: files open by themselves for the days given, and close by themselves; all is journaled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.accounts.queries.staff import AbsenceView, absences_on
from ensemblier.journey.core.access import stand_in_reason
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.sql import stand_ins
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class StoodIn:
    """What one run did: files opened to substitutes, and closed to them."""

    opened: int
    closed: int


def keep_stand_ins(at: datetime) -> StoodIn:
    """Open what absences of that day open, close what none holds any more. Twice, or late, changes nothing more."""
    with acting(SYSTEM):
        closed = stand_ins.stand_down(at)
    opened = sum(_open(absence, by=SYSTEM, at=at) for absence in absences_on(at.astimezone(PARIS).date()))
    return StoodIn(opened, closed)


def follow_absence(uid: UUID, *, by: Actor, at: datetime) -> int:
    """The same at once for one absence just written, or just ended; how many files opened. By who may write it."""
    with acting(by):
        stand_ins.stand_down(at)
    found = [one for one in absences_on(at.astimezone(PARIS).date()) if one.uid == uid]
    return sum(_open(absence, by=by, at=at) for absence in found)


def _open(absence: AbsenceView, *, by: Actor, at: datetime) -> int:
    why = stand_in_reason(absence.name, absence.last_day)
    with acting(by):
        opened = stand_ins.stand_in(absence.uid, at, why)
        for file, person_id in opened:
            note(by, Act.STAND_IN, person_id=person_id, subject="person", subject_uid=file, at=at)
    return len(opened)
