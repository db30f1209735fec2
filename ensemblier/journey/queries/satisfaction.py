"""What persons say of relays, as counts only: by half-year of the answer, and never of few people."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.movers import CLERK
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.satisfaction import FLOOR_INSIDE, FLOOR_OUTSIDE, Counts, Found, WentWell, shown_counts
from ensemblier.journey.models import RelayOpinion
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

INSIDE = frozenset({Role.ADVISER, Role.TEAM_LEAD, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class HalfYear:
    """Six months that are over; `found` and `went`: the two questions."""

    starts_on: date
    found: Counts
    went: Counts


def opinions(*, by: Actor, on: date) -> tuple[HalfYear, ...]:
    """Counts of the whole network, by half-year, the latest first; five people at least inside, eleven for others.

    Read as the clerk, who sees the two answers and their instant, never whose they are.

    A half-year shows once it is over, so that no difference between two days tells of one answer. Neither an
    organisation nor an adviser is ever told apart.
    """
    floor = FLOOR_INSIDE if INSIDE & by.roles else FLOOR_OUTSIDE
    found: dict[date, Counter[str]] = {}
    went: dict[date, Counter[str]] = {}
    with acting(CLERK):
        for at, one, other in RelayOpinion.objects.order_by("at").values_list("at", "found", "went"):
            half = half_of(at)
            found.setdefault(half, Counter())[one] += 1
            went.setdefault(half, Counter())[other] += 1
    return tuple(
        HalfYear(
            half,
            shown_counts({answer.value: found[half][answer.value] for answer in Found}, floor),
            shown_counts({answer.value: went[half][answer.value] for answer in WentWell}, floor),
        )
        for half in sorted(found, reverse=True)
        if half < half_of(datetime(on.year, on.month, on.day, 12, tzinfo=PARIS))
    )


def half_of(at: datetime) -> date:
    """The first day of the half-year."""
    day = at.astimezone(PARIS).date()
    return date(day.year, 1 if day.month <= 6 else 7, 1)
