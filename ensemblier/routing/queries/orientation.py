"""From a person's facts to the ordered doors and their counters."""

from datetime import date

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.facts import PersonFacts
from ensemblier.routing.core.orientation import Orientation
from ensemblier.territory.core.views import CommuneView


def orient(
    facts: PersonFacts, *, on: date, commune: CommuneView | None, wish: Operator | None = None, day: date
) -> Orientation:
    """Every door open to `facts` on the day `on` around `commune`, in the neutral order of the day `day`."""
    raise NotImplementedError("the rules land in the next commit")
