"""Who accompanies a person, since when, for what: leads, those who took a relay in hand, her follow-up group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from ensemblier.journey.core.access import AccessReason
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Access, GroupMember, Lead, Relay
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting

_GOING_ON = [state.value for state in (RelayState.ACKNOWLEDGED, RelayState.ACCEPTED, RelayState.IN_PROGRESS)]


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who accompanies her. `what_for`: her own request, or the need of the relay; "" when not said.
    `is_around`: of her follow-up group, without a relay of hers. `stands_in_until`, `why`: replaces a colleague."""

    name: str
    organisation: str
    phone: str
    is_lead: bool
    since: datetime
    what_for: str
    is_around: bool = False
    stands_in_until: datetime | None = None
    why: str = ""


def my_people(herself: Iterable[PersonHerself], *, at: datetime) -> tuple[Companion, ...]:
    """Leads first, then the others, the longest known first; nobody twice in the same role."""
    found: dict[tuple[str, str], Companion] = {}
    for one in herself:
        with acting(one):
            for companion in (*_leads(one), *_takers(one), *_stand_ins(one, at), *_group(one, at)):
                found.setdefault((companion.name, companion.organisation), companion)
            note(one, Act.READ_FILE, person_id=one.person_id, subject="people", at=at)
    return tuple(sorted(found.values(), key=lambda companion: (not companion.is_lead, companion.since)))


def _leads(one: PersonHerself) -> list[Companion]:
    rows = (
        Lead.objects.filter(episode__person_id=one.person_id, until=STILL_OPEN)
        .select_related("adviser", "organisation", "episode")
        .order_by("since", "pk")
    )
    return [
        Companion(row.adviser.name, row.organisation.name, row.organisation.phone, True, row.since, row.episode.request)
        for row in rows
    ]


def _stand_ins(one: PersonHerself, at: datetime) -> list[Companion]:
    """Who opens her file in the place of a colleague, for the reason and the days that are written."""
    rows = (
        Access.objects.filter(
            person_id=one.person_id, reason=AccessReason.SUBSTITUTE.value, ended_at=None, until__gt=at
        )
        .select_related("user", "organisation")
        .order_by("since", "pk")
    )
    return [
        Companion(
            row.user.name, row.organisation.name, row.organisation.phone, False, row.since, "",
            stands_in_until=row.until, why=row.why,
        )
        for row in rows
    ]  # fmt: skip


def _takers(one: PersonHerself) -> list[Companion]:
    rows = (
        Relay.objects.filter(person_id=one.person_id, state__in=_GOING_ON, adviser__isnull=False)
        .select_related("adviser", "recipient")
        .order_by("sent_at", "pk")
    )
    return [
        Companion(
            row.adviser.name if row.adviser else "",
            row.recipient.name if row.recipient else "",
            row.recipient.phone if row.recipient else "",
            False,
            row.accepted_at or row.sent_at or row.created_at,
            str(row.envelope.get("need", "")),
        )
        for row in rows
    ]


def _group(one: PersonHerself, at: datetime) -> list[Companion]:
    """The follow-up group, as the holder of the file wrote it; somebody without an account is named in words."""
    rows = (
        GroupMember.objects.filter(person_id=one.person_id)
        .exclude(until__lte=at.date())
        .select_related("user", "organisation")
        .order_by("since", "pk")
    )
    return [
        Companion(
            row.user.name if row.user else row.name or (row.organisation.name if row.organisation else ""),
            row.organisation.name if row.organisation else "",
            row.organisation.phone if row.organisation else "",
            False,
            datetime.combine(row.since, time(12), tzinfo=PARIS),
            row.purpose,
            is_around=True,
        )
        for row in rows
    ]
