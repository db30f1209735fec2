"""After a restore, what was erased is erased again, and what was stopped is stopped again.

The journal stands in files outside of the database (`adapters.outside`), keyed identifiers and dates, nobody. The
worker adds to it within a second or two; whoever restores a backup runs `ensemblier retention replay`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import Q

from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.actions.erasure import erase_files
from ensemblier.journey.adapters import outside
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.retention import ErasureReason
from ensemblier.journey.models import Consent, Erasure, Person
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput

LATE = timedelta(days=2)
"""How long a transaction, or a worker that was stopped, may be behind what is already written."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did."""

    erased: int
    revoked: int
    withdrawn: int


def keep_outside(at: datetime, *, since: datetime | None = None) -> int:
    """Write outside what was erased or stopped and is not there yet. Returns how many lines. Twice changes nothing."""
    there = outside.known()
    start = since or (at - LATE if there else at - outside.KEPT)
    fresh = {key: line for key, line in _lines(start) if key not in there}
    if fresh:
        outside.add(fresh.values(), at=at)
    return len(fresh)


def outside_lines(files: Iterable[Path] | None = None) -> list[str]:
    """The lines of these files of the journal; of all those that are kept without any."""
    return list(outside.lines(files))


def journal_lines() -> Iterator[str]:
    """The whole journal of erasures and revocations that the database knows, oldest first."""
    return (line for _, line in _lines(None))


def _lines(since: datetime | None) -> Iterator[tuple[str, str]]:
    with acting(SYSTEM):
        gone = Erasure.objects.filter(Q() if since is None else Q(at__gte=since))
        erased = list(gone.order_by("at", "pk").values_list("person_uid", "at"))
        stopped = Consent.objects.filter(Q(revoked_at__isnull=False) if since is None else Q(revoked_at__gte=since))
        revoked = list(stopped.order_by("revoked_at", "pk").values_list("uid", "revoked_at"))
    for uid, day in erased:
        yield outside.keyed(uid), outside.line_of("erased", uid, day)
    for uid, stop in revoked:
        if stop is not None:
            yield outside.keyed(uid), outside.line_of("revoked", uid, stop)


def replay(lines: Iterable[str], *, at: datetime) -> Replayed:
    """Do again what the journal says was done. Twice changes nothing more.

    Raises BadInput (unreadable line, or lines written under another secret key: they would name nobody).
    """
    told = _read(lines)
    with acting(SYSTEM):
        persons = Person.objects.order_by("pk").values_list("uid", "pk")
        ids = [pk for uid, pk in persons.iterator() if outside.keyed(uid) in told.erased or str(uid) in told.erased]
        gone = erase_files(ids, reason=ErasureReason.REPLAY, at=at)
        alive = Consent.objects.filter(revoked_at__isnull=True).order_by("pk").values_list("uid", "person_id")
        found = [(uid, person, stop) for uid, person in alive.iterator() if (stop := told.stop_of(uid)) is not None]
    ended = sum(withdraw_consent(uid, by=PersonHerself(person), at=stop) for uid, person, stop in found)
    return Replayed(gone, len(found), ended)


@dataclass
class _Told:
    """What a journal says: identifiers, keyed or (a journal written by hand) in clear."""

    erased: set[str] = field(default_factory=set)
    revoked: dict[str, datetime] = field(default_factory=dict)

    def stop_of(self, uid: UUID) -> datetime | None:
        return self.revoked.get(outside.keyed(uid)) or self.revoked.get(str(uid))


def _read(lines: Iterable[str]) -> _Told:
    told = _Told()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            stop = datetime.fromisoformat(row["at"])
            if "erased" in row:
                told.erased.add(row["erased"])
            else:
                told.revoked[row["revoked"]] = stop
            mark = row.get("key")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput("Ligne %(line)s du journal des effacements : illisible.", values={"line": number}) from error
        if mark not in (None, outside.key_mark()):
            raise BadInput(
                "Ligne %(line)s du journal des effacements : écrite sous une autre clé secrète. Rejouez avec celle "
                "d’alors (SECRET_KEY).",
                values={"line": number},
            )
    return told
