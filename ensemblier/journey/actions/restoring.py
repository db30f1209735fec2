"""After a restore, what was erased is erased again, and what was stopped is stopped again.

The journal stands in a file outside of the database, one JSON object a line: public identifiers and dates, nobody. The
worker adds to it; whoever restores a backup gives it to `ensemblier retention replay`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.actions.erasure import erase_files
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.retention import ErasureReason
from ensemblier.journey.models import Consent, Erasure, Person
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did."""

    erased: int
    revoked: int
    withdrawn: int


def journal_lines() -> Iterator[str]:
    """The whole journal of erasures and revocations, oldest first."""
    with acting(SYSTEM):
        erased = list(Erasure.objects.order_by("at", "pk").values_list("person_uid", "at"))
        revoked = list(
            Consent.objects.filter(revoked_at__isnull=False)
            .order_by("revoked_at", "pk")
            .values_list("uid", "revoked_at")
        )
    for uid, at in erased:
        yield json.dumps({"erased": str(uid), "at": at.isoformat()})
    for uid, stopped_at in revoked:
        yield json.dumps({"revoked": str(uid), "at": f"{stopped_at:%Y-%m-%dT%H:%M:%S.%f%z}"})


def replay(lines: Iterable[str], *, at: datetime) -> Replayed:
    """Do again what the journal says was done. Twice changes nothing more. Raises BadInput (unreadable line)."""
    erased, revoked = _read(lines)
    with acting(SYSTEM):
        ids = list(Person.objects.filter(uid__in=erased).order_by().values_list("pk", flat=True))
        gone = erase_files(ids, reason=ErasureReason.REPLAY, at=at)
        alive = Consent.objects.filter(uid__in=revoked, revoked_at__isnull=True).order_by("pk")
        found = list(alive.values_list("uid", "person_id"))
    ended = sum(withdraw_consent(uid, by=PersonHerself(person_id), at=revoked[uid]) for uid, person_id in found)
    return Replayed(gone, len(found), ended)


def _read(lines: Iterable[str]) -> tuple[set[UUID], dict[UUID, datetime]]:
    erased, revoked = set[UUID](), dict[UUID, datetime]()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "erased" in row:
                erased.add(UUID(row["erased"]))
            else:
                revoked[UUID(row["revoked"])] = datetime.fromisoformat(row["at"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput("Ligne %(line)s du journal des effacements : illisible.", values={"line": number}) from error
    return erased, revoked
