"""The bare result of the rules on a state: the meaning that the traced answer, the table and SQL share."""

from collections.abc import Sequence
from enum import IntEnum
from functools import reduce

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.regime import Regime
from ensemblier.routing.core.state import holds

Signature = tuple[tuple[int, ...], int, bool]
"""Level code per operator, bits of the other doors, "à répartir": all that a person would notice."""


class LevelCode(IntEnum):
    """How one operator stands, as a number that a column can hold. The numbers rank nothing."""

    NOT_CONCERNED = 0
    UNDETERMINED = 1
    POSSIBLE = 2
    EXPRESS = 3
    EXCLUDED = 4


def level_code(regime: Regime, operator: Operator, state: int, right: bool | None) -> LevelCode:
    """How `operator` stands for a person in `state`, `right` being whether the advice is open to them."""
    masks = regime.operators[operator]
    if right:
        if holds(masks.excluded.true, state):
            return LevelCode.EXCLUDED
        if holds(masks.express.true, state):
            return LevelCode.EXPRESS
        if holds(masks.offered.true, state):
            return LevelCode.POSSIBLE
    if right is False or holds(masks.offered.false, state):
        return LevelCode.NOT_CONCERNED
    return LevelCode.UNDETERMINED


def is_unassigned(regime: Regime, state: int, right: bool | None) -> bool:
    """Whether the person is an actif whom no text gives to an operator, no agreement to a partner, nor an adviser.

    Only what is certain counts: an operator that may still turn out competent keeps the person out of the queue.
    """
    if not right or not holds(regime.designated.false, state):
        return False
    return holds(regime.adviser.false, state) and all(
        holds(masks.express.false, state) or holds(masks.excluded.true, state) for masks in regime.operators.values()
    )


def signature(regime: Regime, state: int) -> Signature:
    """The whole result, reduced to numbers."""
    right = regime.right.value(state)
    levels = tuple(int(level_code(regime, operator, state, right)) for operator in regime.operators)
    others = sum(1 << i for i, masks in enumerate(regime.other_doors.values()) if holds(masks.true, state))
    return levels, others, is_unassigned(regime, state, right)


def moved_by(regime: Regime, states: Sequence[int]) -> tuple[bool, tuple[Operator, ...]]:
    """Whether two of these states lead to two results, and the operators whose level differs.

    Equals comparing their signatures; only what looks at a bit that differs is tried.
    """
    varied = reduce(lambda a, b: a | b, (state ^ states[0] for state in states))
    rights = [regime.right.value(state) for state in states]
    is_right_moved = len(set(rights)) > 1
    moved = []
    is_moved = False
    for operator, masks in regime.operators.items():
        if is_right_moved or varied & masks.bits:
            pairs = zip(states, rights, strict=True)
            if len({level_code(regime, operator, state, right) for state, right in pairs}) > 1:
                moved.append(operator)
    for door in regime.other_doors.values():
        if varied & door.true.bits and len({holds(door.true, state) for state in states}) > 1:
            is_moved = True
            break
    if not moved and not is_moved:
        pairs = zip(states, rights, strict=True)
        is_moved = len({is_unassigned(regime, state, right) for state, right in pairs}) > 1
    return is_moved or bool(moved), tuple(moved)
