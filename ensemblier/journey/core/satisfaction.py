"""The two questions at the end of a relay, and what may be said of the answers: counts, never of few people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ensemblier.kernel.words import marked

FLOOR_INSIDE = 5
"""Fewest people that a count tells about, inside the network (promises on published figures)."""
FLOOR_OUTSIDE = 11


class Found(StrEnum):
    """ "Avez-vous trouvé l'aide que vous cherchiez ?" """

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def label(self) -> str:
        """The French answer."""
        return _FOUND[self]


class WentWell(StrEnum):
    """ "Comment ce relais s'est-il passé ?" """

    WELL = "well"
    FAIRLY = "fairly"
    BADLY = "badly"

    @property
    def label(self) -> str:
        """The French answer."""
        return _WENT[self]


_FOUND = {Found.YES: marked("oui"), Found.PARTLY: marked("en partie"), Found.NO: marked("non")}
_WENT = {WentWell.WELL: marked("bien"), WentWell.FAIRLY: marked("moyennement"), WentWell.BADLY: marked("mal")}


@dataclass(frozen=True, slots=True)
class Counts:
    """What may be shown: `total` is None when too few answered, `parts` is empty when the detail would tell of few."""

    total: int | None
    parts: Mapping[str, int]


def shown_counts(answers: Mapping[str, int], floor: int) -> Counts:
    """The counts without anything about fewer than `floor` people, and without what everybody answered alike.

    No part can be found by subtraction: the parts are shown together, or not at all. Formula: each part is 0 or
    ≥ floor, and at least two parts are not 0.
    """
    total = sum(answers.values())
    if total < floor:
        return Counts(None, {})
    filled = [count for count in answers.values() if count]
    is_safe = len(filled) > 1 and min(filled) >= floor
    return Counts(total, dict(answers) if is_safe else {})
