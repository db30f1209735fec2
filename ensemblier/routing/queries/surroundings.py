"""What stands around a commune, whoever asks: read once for each edition of the reference tables.

Every function takes the editions first (`kernel.orm.edition.current_editions`); None reads anew and keeps nothing.
What is kept is public and about places: nothing of the person who asks is part of it.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import RegionalDesk, SiteCard
from ensemblier.directory.queries.networks import regional_desk
from ensemblier.directory.queries.sites import sites_for_doors
from ensemblier.kernel.identifiers import is_commune_code
from ensemblier.kernel.orm.edition import Editions, remembered
from ensemblier.routing.queries.recorded import PlaceLaw, commune_and_law, place_law
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune

KEPT = 1000
"""Communes of which one process remembers the surroundings: about 15 kB each."""


def known_commune(editions: Editions | None, code: str, on: date) -> CommuneView:
    """As `territory.queries.communes.commune`. Raises NotFound."""
    if editions is None or not is_commune_code(code):
        return commune(code, on=on)
    return _commune_and_law(editions, code, on)[0]


def known_law(editions: Editions | None, code: str, on: date) -> PlaceLaw:
    """As `place_law`."""
    return place_law(code, on=on) if editions is None else _commune_and_law(editions, code, on)[1]


@remembered("territory", "directory", "routing", size=KEPT)
def _commune_and_law(_editions: Editions | None, code: str, on: date) -> tuple[CommuneView, PlaceLaw]:
    """Both in one query, since who asks for the commune asks for its law next. Raises NotFound."""
    found = commune_and_law(code, on=on)
    if found is not None:
        return found
    followed = commune(code, on=on)
    return followed, place_law(followed.code, on=on)


@remembered("territory", "directory", size=KEPT)
def known_counters(
    _editions: Editions | None, origin: CommuneView, operators: tuple[Operator, ...], on: date
) -> Mapping[Operator, tuple[SiteCard, ...]]:
    """The nearest counters of these operators, as `sites_for_doors` gives them."""
    found = sites_for_doors(origin=origin, operators=operators, on=on)
    return MappingProxyType({operator: tuple(cards) for operator, cards in found.items()})


@remembered("directory", size=KEPT)
def known_desk(_editions: Editions | None, region_code: str, on: date) -> RegionalDesk | None:
    """As `regional_desk`."""
    return regional_desk(region_code, on=on)
