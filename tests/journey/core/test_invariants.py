"""The invariants over random lives of relays, and faults planted one at a time in the machine: each must be caught."""

import os
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from ensemblier.journey.core.machine import MACHINE
from ensemblier.journey.core.relay import Deadline, Machine, Rule
from ensemblier.journey.core.states import Move, Party, Refused, RelayState, View
from tests.journey.core.walk import walk
from tests.journey.core.world import World, random_life, world_of

IS_SOAK = bool(os.environ.get("ENSEMBLIER_SOAK"))
LIVES = 20_000 if IS_SOAK else 400
STEPS = 50
EXAMPLES = 2_200 if IS_SOAK else 30


def live(machine: Machine, lives: int) -> None:
    """Lives of fifty steps each, from known seeds."""
    for seed in range(lives):
        random_life(machine, Random(seed), STEPS)  # noqa: S311


def test_every_invariant_holds_over_random_lives(capsys: pytest.CaptureFixture[str]) -> None:
    World.attempts = 0
    live(MACHINE, LIVES)
    with capsys.disabled():
        print(
            f"\n  relay lives: {LIVES * STEPS} steps, {World.attempts} attempts, {World.made} moves made, 0 violations"
        )
    assert World.made >= LIVES * 10


@pytest.mark.slow
def test_every_invariant_holds_under_hypothesis(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    World.attempts, World.made, World.steps = 0, 0, 0
    run_state_machine_as_test(world_of(MACHINE), settings=chosen)
    with capsys.disabled():
        print(f"\n  Hypothesis: {World.steps} steps, {World.attempts} attempts, {World.made} moves made, 0 violations")
    # Hypothesis ends a life early when it has nothing new to try: over a few lives that is a good part of them.
    assert World.steps >= EXAMPLES * STEPS * (0.9 if IS_SOAK else 0.5)


def rules(name: Move, change: Callable[[Rule], Rule]) -> Machine:
    """The machine with one line changed."""
    return replace_rules([change(rule) if rule.move is name else rule for rule in MACHINE.rules])


def replace_rules(lines: list[Rule]) -> Machine:
    return replace(MACHINE, rules=tuple(lines))


def without(name: Move, check: Refused) -> Machine:
    return rules(name, lambda rule: replace(rule, checks=tuple(each for each in rule.checks if each is not check)))


def also_by(name: Move, party: Party) -> Machine:
    return rules(name, lambda rule: replace(rule, parties=rule.parties | {party}))


def also_from(name: Move, state: RelayState) -> Machine:
    return rules(name, lambda rule: replace(rule, sources=rule.sources | {state}))


def effect(name: Move, **changes: Any) -> Machine:
    """The machine where a move also sets these."""
    before = MACHINE.effects[name]
    return replace(MACHINE, effects={**MACHINE.effects, name: lambda case: before(case) | changes})


def seen(state: RelayState, what: View) -> Machine:
    rows = {**MACHINE.views, state: {**MACHINE.views[state], Party.RECIPIENT: what}}
    return replace(MACHINE, views=rows)


def deadlines(**changes: Deadline | None) -> Machine:
    rows = {**MACHINE.deadlines, **{RelayState(name): value for name, value in changes.items()}}
    return replace(MACHINE, deadlines={state: value for state, value in rows.items() if value is not None})


def check(name: Refused, says: Callable[[Any], bool]) -> Machine:
    return replace(MACHINE, checks={**MACHINE.checks, name: says})


FAULTS: dict[str, Machine] = {
    "an old page is believed": replace(MACHINE, guards=()),
    "the source accepts its own relay": also_by(Move.ACCEPT, Party.SOURCE),
    "the coordinator takes a relay": also_by(Move.ACKNOWLEDGE, Party.COORDINATOR),
    "an outsider declines": also_by(Move.DECLINE, Party.OUTSIDER),
    "the source sends without the person": also_by(Move.SEND, Party.SOURCE),
    "sent without consent": without(Move.SEND, Refused.CONSENT),
    "acknowledged without consent": without(Move.ACKNOWLEDGE, Refused.CONSENT),
    "accepted without consent": without(Move.ACCEPT, Refused.CONSENT),
    "met without consent": without(Move.MEET, Refused.CONSENT),
    "a new category without consent": without(Move.GIVE_INFO, Refused.CONSENT),
    "a revoked consent is believed": check(
        Refused.CONSENT, lambda case: MACHINE.checks[Refused.CONSENT](unrevoked(case))
    ),
    "sent to a structure not offered": without(Move.SEND, Refused.NO_CHOICE),
    "another text is sent": without(Move.SEND, Refused.NOT_WHAT_WAS_SHOWN),
    "paper without proof": without(Move.SEND, Refused.NO_PROOF),
    "declined without a reason": without(Move.DECLINE, Refused.NO_REASON),
    "the person cannot stop what is accepted": rules(
        Move.WITHDRAW, lambda rule: replace(rule, sources=rule.sources - {RelayState.ACCEPTED})
    ),
    "a declined relay is accepted": also_from(Move.ACCEPT, RelayState.DECLINED),
    "the source takes back what is accepted": also_from(Move.CANCEL, RelayState.ACCEPTED),
    "accepted twice": also_from(Move.ACCEPT, RelayState.ACCEPTED),
    "the lead moves at acceptance": effect(Move.ACCEPT, has_lead_moved=True),
    "the lead moves for a referral": effect(Move.MEET, has_lead_moved=True),
    "the lead does not come back on failure": replace(
        MACHINE, effects={**MACHINE.effects, Move.FAIL: lambda case: {"outcome": case.act.outcome}}
    ),
    "giving back lengthens the deadline": replace(
        MACHINE, effects={**MACHINE.effects, Move.RELEASE: lambda _: {"adviser": None}}
    ),
    "a missing piece waits for ever": deadlines(info_requested=None),
    "a revocation leaves what is in progress": replace(
        MACHINE, revocation=lambda relay: relay.state is not RelayState.IN_PROGRESS and MACHINE.revocation(relay)
    ),
    "the clock expires too early": check(Refused.NOT_DUE, lambda _: True),
    "the recipient reads before acknowledging": seen(RelayState.SENT, View.SUMMARY),
    "the recipient reads what it declined": seen(RelayState.DECLINED, View.SUMMARY),
    "given up after one call": without(Move.FAIL, Refused.NOT_TRIED_ENOUGH),
    "an error on the word of one": without(Move.MARK_ERROR, Refused.NO_SECOND_PERSON),
    "met before accepted": without(Move.MEET, Refused.NO_MEETING),
    "asked for ever": without(Move.REQUEST_INFO, Refused.ASKED_ENOUGH),
    "a version is not counted": effect(Move.ACKNOWLEDGE, version=1),
}


def unrevoked(case: Any) -> Any:
    return replace(case, consent=case.consent and replace(case.consent, revoked_at=None))


def caught_by(machine: Machine) -> str:
    """Which proof sees the fault: "walk", "lives", or "" when it survives."""
    if walk(machine).faults:
        return "walk"
    try:
        live(machine, 100)
    except AssertionError:
        return "lives"
    return ""


def test_every_planted_fault_is_caught(capsys: pytest.CaptureFixture[str]) -> None:
    found = {name: caught_by(machine) for name, machine in FAULTS.items()}
    walked = sum(how == "walk" for how in found.values())
    lived = sum(how == "lives" for how in found.values())
    with capsys.disabled():
        print(f"\n  relay faults: {len(found)} planted, {walked} caught by the walk, {lived} by random lives")
    assert len(FAULTS) >= 20
    assert [name for name, how in found.items() if not how] == []
