"""The persons of a file, answered one after the other."""

from collections.abc import Sequence
from datetime import date

from ensemblier.kernel.errors import DomainError
from ensemblier.routing.core.cases import Case
from ensemblier.routing.core.orientation import Orientation
from ensemblier.routing.queries.orientation import orient
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune


def orient_cases(cases: Sequence[Case], *, day: date) -> list[Orientation]:
    """One orientation per case, same order. Raises the error of the first case that cannot be answered, naming it."""
    places: dict[tuple[str, date], CommuneView] = {}
    found = []
    for case in cases:
        try:
            key = (case.commune, case.on)
            if case.commune and key not in places:
                places[key] = commune(case.commune, on=case.on)
            found.append(orient(case.facts, on=case.on, commune=places.get(key), wish=case.wish, day=day))
        except DomainError as error:
            raise type(error)(f"Cas {case.id} : {error.message}", field=error.field) from error
    return found
