"""Old commune codes followed to the commune that holds on a date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ensemblier.kernel.period import Period

_MAX_STEPS = 12  # the longest real chain has 4 steps; a loop in an imported table must end


@dataclass(frozen=True, slots=True)
class Step:
    """While `period` holds, `old_code` leads to `new_code`."""

    old_code: str
    new_code: str
    period: Period


def follow(code: str, steps: Mapping[str, Iterable[Step]], *, on: date, current: frozenset[str]) -> str:
    """The code of the commune that contains the territory of `code` on the day `on`; `code` itself when unchanged.

    A dated step that holds on that day always wins. A step without any date (a passage table) is followed only when
    the code is not a current one: a restored commune keeps its own code.
    """
    seen = {code}
    for _ in range(_MAX_STEPS):
        step = _step_from(code, steps.get(code, ()), on=on, current=current)
        if step is None or step.new_code in seen:
            return code
        code = step.new_code
        seen.add(code)
    return code


def _step_from(code: str, steps: Iterable[Step], *, on: date, current: frozenset[str]) -> Step | None:
    """The step to take from `code`: the latest dated one that holds, else an undated one if `code` is no more."""
    holding = [s for s in steps if s.period.contains(on)]
    dated = [s for s in holding if s.period.start is not None]
    if dated:
        return max(dated, key=lambda s: (s.period.start or date.min, s.new_code))
    if code in current:
        return None
    return min(holding, key=lambda s: s.new_code, default=None)
