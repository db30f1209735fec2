"""Reads: what of a person's files is about to be erased, and what is frozen: hers to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import FileHold, PlannedErasure
from ensemblier.journey.sql.scope import acting


@dataclass(frozen=True, slots=True)
class Ending:
    """An erasure that two colleagues agreed on, as she asked."""

    uid: UUID
    organisation: str
    due_at: datetime
    herself: PersonHerself


@dataclass(frozen=True, slots=True)
class Freezing:
    """A file that nobody writes in any more, for a written reason and until a day."""

    organisation: str
    why: str
    until: datetime


def my_endings(herself: Iterable[PersonHerself]) -> tuple[Ending, ...]:
    """Erasures to come, soonest first."""
    found = []
    for one in herself:
        with acting(one):
            rows = PlannedErasure.objects.filter(person=one.person_id, cancelled_at=None, due_at__isnull=False)
            found += [
                Ending(row.uid, row.organisation.name, row.due_at, one)
                for row in rows.select_related("organisation").order_by("pk")
                if row.due_at is not None
            ]
    return tuple(sorted(found, key=lambda ending: ending.due_at))


def my_freezings(herself: Iterable[PersonHerself], *, at: datetime) -> tuple[Freezing, ...]:
    """Files frozen now."""
    found = []
    for one in herself:
        with acting(one):
            rows = FileHold.objects.filter(person=one.person_id, since__lte=at, until__gt=at)
            found += [
                Freezing(row.organisation.name, row.why, row.until)
                for row in rows.select_related("organisation").order_by("pk")
            ]
    return tuple(found)
