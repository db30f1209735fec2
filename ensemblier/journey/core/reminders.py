"""When somebody is reminded of a relay: the addressee alone, once for each step, on a working day, never with content.

Half of the time: whoever must act. Four fifths: the team lead too. The whole: the clock expires it, and the source is
told by that move. Nothing here changes a state. After a stop, only the last step that has passed is said: the ones
before it are closed in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ensemblier.journey.core.notices import Audience
from ensemblier.journey.core.states import RelayState as S
from ensemblier.journey.core.working_days import NO_MORE_DAYS, add_working_days, is_working_day


@dataclass(frozen=True, slots=True)
class Step:
    """`days` after the state was entered: working days, or days of the calendar that wait for a working one."""

    days: int
    kind: str
    audiences: tuple[Audience, ...]
    is_working: bool = True

    @property
    def code(self) -> str:
        """What a sent reminder is known by, within a state entered once."""
        return f"{self.kind}.d{self.days}"

    def day(self, entered: date, others: frozenset[date] = NO_MORE_DAYS) -> date:
        """The first day on which it may be said."""
        if self.is_working:
            return add_working_days(entered, self.days, others)
        return entered + timedelta(days=self.days)


_P, _S, _R, _T = Audience.PERSON, Audience.SOURCE, Audience.RECIPIENT, Audience.TEAM_LEAD

STEPS: Mapping[S, tuple[Step, ...]] = {
    S.AWAITING_PERSON: (
        Step(3, "reminder", (_P,), is_working=False),
        Step(10, "reminder", (_P,), is_working=False),
    ),
    S.SENT: (Step(2, "reminder", (_R,)), Step(4, "late", (_T,))),
    S.ACKNOWLEDGED: (Step(2, "reminder", (_R,)), Step(4, "late", (_T,))),
    S.INFO_REQUESTED: (Step(2, "reminder", (_P, _S)), Step(4, "late", (_T,))),
    S.ACCEPTED: (
        Step(3, "meeting_reminder", (_R,)),
        Step(10, "half", (_R,)),
        Step(16, "late", (_T,)),
    ),
    S.IN_PROGRESS: (Step(90, "check", (_R,), is_working=False),),
    S.DECLINED: (Step(2, "sequel_reminder", (_S,)),),
    S.FAILED: (Step(2, "sequel_reminder", (_S,)),),
    S.EXPIRED: (Step(2, "sequel_reminder", (_S,)),),
}
"""What is said in each state, in order of days. The three at the end wait for the source's sequel, three days."""

LONGEST = timedelta(days=20)
"""Beyond so many days after its end, a relay is looked at no more: the guichet's queue has it."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is due today: `said` goes out (None: nothing), `closed` are the steps that this settles."""

    said: Step | None
    closed: tuple[Step, ...]


def due(state: S, entered: date, today: date, done: frozenset[str], others: frozenset[date] = NO_MORE_DAYS) -> Due:
    """What to say today of a relay in that state since that day; `done`: codes of the steps already settled."""
    if not is_working_day(today, others):
        return Due(None, ())
    passed = tuple(step for step in STEPS.get(state, ()) if step.day(entered, others) <= today)
    new = tuple(step for step in passed if step.code not in done)
    return Due(new[-1] if new and new[-1] == passed[-1] else None, new)
