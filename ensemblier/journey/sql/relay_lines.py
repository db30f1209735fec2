"""The lines of the lists of relays: which ones stand on a desk, then what each shows or decides from. Two questions,
prepared once for each connection, whatever the number of relays. Call inside `acting(by)`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from ensemblier.journey.core.consent import Category, Consent, Purpose
from ensemblier.journey.core.relay import Relay
from ensemblier.journey.core.states import RelayKind, RelayState
from ensemblier.kernel.orm.sql import answers

_DESK = Path(__file__).parent / "desk_relays.sql"
_LINES = Path(__file__).parent / "relay_lines.sql"


class RelayLine(NamedTuple):
    """A row of `relay_lines.sql`, column by column. `envelope`: JSON; the consent is there for the recipient only."""

    id: int
    uid: UUID
    version: int
    kind: str
    state: str
    person_id: int
    source_id: int
    recipient_id: int | None
    adviser_id: int | None
    source_adviser_id: int
    categories: list[str]
    envelope: str
    partner: str
    due_on: date | None
    appointment_at: datetime | None
    ended_at: datetime | None
    source_name: str
    recipient_name: str
    adviser_name: str
    has_consent: bool
    consent_person: int
    consent_organisation: int
    consent_categories: list[str]
    given_at: datetime
    ends_at: datetime
    purpose: str
    revoked_at: datetime | None
    has_sequel: bool
    is_queued: bool
    given_name: str
    family_name: str

    @property
    def value(self) -> Relay:
        """As much of the relay as says who may see it."""
        return Relay(
            kind=RelayKind(self.kind),
            person=self.person_id,
            source=self.source_id,
            categories=frozenset(map(Category, self.categories)),
            state=RelayState(self.state),
            version=self.version,
            recipient=self.recipient_id,
            adviser=self.adviser_id,
            partner=self.partner,
            due_on=self.due_on,
            ended_at=self.ended_at,
        )

    @property
    def consent(self) -> Consent | None:
        """The consent that the relay rests on, for its recipient."""
        if not self.has_consent:
            return None
        return Consent(
            person=self.consent_person,
            organisation=self.consent_organisation,
            categories=frozenset(map(Category, self.consent_categories)),
            given_at=self.given_at,
            ends_at=self.ends_at,
            purpose=Purpose(self.purpose),
            revoked_at=self.revoked_at,
        )

    @property
    def stored_envelope(self) -> Mapping[str, Any]:
        """What was kept of the envelope."""
        found: Mapping[str, Any] = json.loads(self.envelope)
        return found


@dataclass(frozen=True, slots=True)
class DeskOf:
    """Whose desk, and how much of it: `most` lines a list, `most_at_home` of those that left when `is_home`."""

    user: int | None
    organisation: int
    day: date
    ended_after: datetime
    most: int
    most_at_home: int
    is_home: bool


@dataclass(frozen=True, slots=True)
class DeskRelays:
    """Numbers of relays by list ("mine", "unclaimed", "held", "answers", "sent"), and counts that stop at a hundred."""

    lists: Mapping[str, frozenset[int]]
    unclaimed_count: int
    late_count: int


def desk_relays(desk: DeskOf) -> DeskRelays:
    """One question, answered by indexes alone."""
    values = {name: getattr(desk, name) for name in DeskOf.__dataclass_fields__}
    lists: dict[str, set[int]] = {}
    counts: dict[str, int] = {}
    for name, number in answers(_DESK, values):
        if name.endswith("_count"):
            counts[name] = number
        else:
            lists.setdefault(name, set()).add(number)
    return DeskRelays({name: frozenset(found) for name, found in lists.items()}, **counts)


def relay_lines(ids: Iterable[int], *, user: int | None, organisation: int | None) -> list[RelayLine]:
    """The lines of these relays, in no order: those that the reader may see at all."""
    values = {"ids": sorted(ids), "user": user, "organisation": organisation}
    return [RelayLine(*row) for row in answers(_LINES, values)] if values["ids"] else []
