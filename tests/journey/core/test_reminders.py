"""When somebody is reminded, against days counted by hand (23 November 2026 is a Monday)."""

from datetime import date, timedelta

import pytest

from ensemblier.journey.core.notices import WORDS
from ensemblier.journey.core.reminders import STEPS, due
from ensemblier.journey.core.states import RelayState as S

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
NOTHING: frozenset[str] = frozenset()

# (state, entered on, {day: what is said and to whom}) over four months, whoever looks each day.
SAID = [
    (S.SENT, MONDAY, {date(2026, 11, 25): "reminder recipient", FRIDAY: "late team_lead"}),
    (S.SENT, FRIDAY, {date(2026, 12, 1): "reminder recipient", date(2026, 12, 3): "late team_lead"}),
    (S.ACKNOWLEDGED, MONDAY, {date(2026, 11, 25): "reminder recipient", FRIDAY: "late team_lead"}),
    (S.INFO_REQUESTED, MONDAY, {date(2026, 11, 25): "reminder person source", FRIDAY: "late team_lead"}),
    # Thursday, then a Thursday; entered on a Thursday, day 3 is a Sunday and waits for Monday
    (S.AWAITING_PERSON, MONDAY, {date(2026, 11, 26): "reminder person", date(2026, 12, 3): "reminder person"}),
    (
        S.AWAITING_PERSON,
        date(2026, 11, 26),
        {date(2026, 11, 30): "reminder person", date(2026, 12, 7): "reminder person"},
    ),
    (
        S.ACCEPTED,
        MONDAY,
        {
            date(2026, 11, 26): "meeting_reminder recipient",
            date(2026, 12, 7): "half recipient",
            date(2026, 12, 15): "late team_lead",
        },
    ),
    # day 90 is Sunday 21 February 2027
    (S.IN_PROGRESS, MONDAY, {date(2027, 2, 22): "check recipient"}),
    (S.DECLINED, MONDAY, {date(2026, 11, 25): "sequel_reminder source"}),
    # Christmas, a week-end
    (S.SENT, date(2026, 12, 23), {date(2026, 12, 28): "reminder recipient", date(2026, 12, 30): "late team_lead"}),
    (S.COMPLETED, MONDAY, {}),
    (S.WITHDRAWN, MONDAY, {}),
    (S.DRAFT, MONDAY, {}),
]


def said_over(state: S, entered: date, days: list[date]) -> dict[date, str]:
    """What somebody who looks on those days says."""
    done, said = set[str](), dict[date, str]()
    for day in days:
        found = due(state, entered, day, frozenset(done))
        done |= {step.code for step in found.closed}
        if found.said:
            said[day] = " ".join([found.said.kind, *sorted(found.said.audiences)])
    return said


@pytest.mark.parametrize(("state", "entered", "expected"), SAID)
def test_what_is_said_and_when(state: S, entered: date, expected: dict[date, str]) -> None:
    every_day = [entered + timedelta(days=number) for number in range(120)]
    assert said_over(state, entered, every_day) == expected
    assert said_over(state, entered, [day for day in every_day for _ in range(3)]) == expected


def test_after_a_stop_only_the_last_step_is_said() -> None:
    after_three_days = MONDAY + timedelta(days=7)
    assert said_over(S.SENT, MONDAY, [after_three_days]) == {after_three_days: "late team_lead"}
    assert said_over(S.SENT, MONDAY, [after_three_days] * 2) == {after_three_days: "late team_lead"}


def test_a_local_day_off_is_a_day_off() -> None:
    wednesday = date(2026, 11, 25)
    assert due(S.SENT, MONDAY, wednesday, NOTHING, frozenset({wednesday})).closed == ()


def test_everything_that_may_be_said_has_its_words() -> None:
    for steps in STEPS.values():
        assert len({step.code for step in steps}) == len(steps)
        for step in steps:
            assert all((step.kind, audience) in WORDS for audience in step.audiences)
