"""Who looked at a person's files, when, and what they did: every line of the journal, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import JournalEntry
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting

PAGE = 50


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the journal. `name` is "" when nobody did it but the clock; `is_hers`: she did it herself.

    `times`: how many rows of the journal it stands for, when the same was done several times within one minute."""

    at: datetime
    name: str
    organisation: str
    act: Act
    is_refused: bool
    is_hers: bool
    times: int = 1

    @property
    def words(self) -> str:
        """What was done, in French."""
        return self.act.label


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of lines, the latest first. `total` counts the rows of the journal; `next_page` is None at the end."""

    lines: tuple[Look, ...]
    total: int
    next_page: int | None


def who_looked(
    herself: Iterable[PersonHerself], *, at: datetime, page: int = 1, size: int = PAGE, without_hers: bool = False
) -> Looks:
    """A page of the journal of her files; nothing is left out of the whole but, if she asks, her own visits.

    `size`: rows of the journal; those of one minute that say the same are one line, with how many they are.
    """
    found: list[JournalEntry] = []
    total, last = 0, page * size
    for one in herself:
        with acting(one):
            rows = JournalEntry.objects.filter(person_id=one.person_id)
            if without_hers:
                rows = rows.filter(by_person=None)
            total += rows.count()
            found += rows.order_by("-at", "-pk")[:last]
            note(one, Act.READ_JOURNAL, person_id=one.person_id, subject="journal", at=at)
    latest = sorted(found, key=lambda row: (row.at, row.pk), reverse=True)[last - size : last]
    return Looks(grouped(looks_of(latest)), total, page + 1 if total > last else None)


def grouped(lines: Iterable[Look]) -> tuple[Look, ...]:
    """The same person, who did the same within one minute, once: the latest instant, and how many times."""
    found: dict[tuple[object, ...], Look] = {}
    for line in lines:
        minute = line.at.replace(second=0, microsecond=0)
        same = (minute, line.name, line.organisation, line.act, line.is_refused, line.is_hers)
        found[same] = replace(found[same], times=found[same].times + line.times) if same in found else line
    return tuple(found.values())


def looks_of(lines: Iterable[JournalEntry]) -> tuple[Look, ...]:
    """Lines of the journal with their names: two queries, whatever their number."""
    rows = list(lines)
    users = User.objects.in_bulk({row.user_id for row in rows if row.user_id})
    organisations = Organisation.objects.in_bulk({row.organisation_id for row in rows if row.organisation_id})
    return tuple(
        Look(
            at=row.at,
            name=users[row.user_id].name if row.user_id in users else "",
            organisation=organisations[row.organisation_id].name if row.organisation_id in organisations else "",
            act=Act(row.act),
            is_refused=row.is_refused,
            is_hers=row.by_person is not None,
        )
        for row in rows
    )
