"""The bare result of the rules on a state: the meaning that the traced answer, the table and SQL share."""

from enum import IntEnum

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
