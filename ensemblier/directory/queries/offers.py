"""Reads: the nearest offers for a public, a need and a day."""

from dataclasses import dataclass
from datetime import date

from ensemblier.directory.core.views import OffersNear
from ensemblier.directory.sql.cards import offer_cards
from ensemblier.directory.sql.proximity import OfferFilter, demonstration_offers, nearest_offers, remote_offers
from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.geo import Point

MAX_KM = 200.0
MAX_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; "" = any. `open_on`: a day on which the place receives.

    `zones`: codes of the commune, EPCI, département and region of the person, for offers at a distance that are open to
    some zones only (empty = do not filter).
    """

    public: str = ""
    need: str = ""
    open_on: date | None = None
    within_km: float = 30.0
    zones: tuple[str, ...] = ()


def offers_near(*, origin: Point, wanted: Wanted, on: date, limit: int = 20) -> OffersNear:
    """The nearest offers, nearest first, and apart the ones that are at a distance only, by name. Four queries.

    Demonstration offers stand in only where nothing real answers and no real place is known nearby (one query more).
    `open_on`: the place may open that weekday; a place whose hours are not known is left out of such a search.
    """
    if not 0 < wanted.within_km <= MAX_KM:
        raise BadInput(
            "Le rayon doit être entre 1 et %(max_km)s km.", values={"max_km": f"{MAX_KM:.0f}"}, field="within_km"
        )
    limit = max(1, min(limit, MAX_LIMIT))
    day = 1 << wanted.open_on.weekday() if wanted.open_on else 0
    chosen = OfferFilter(wanted.public, wanted.need, day)
    near = dict(nearest_offers(origin, km=wanted.within_km, wanted=chosen, on=on, limit=limit))
    remote = [] if wanted.open_on else remote_offers(wanted=chosen, zones=wanted.zones, on=on, limit=limit)
    if not near and not remote:
        shown = demonstration_offers(origin, km=wanted.within_km, wanted=chosen, on=on, limit=limit)
        near = {pk: km for pk, km, at_a_distance in shown if not at_a_distance}
        remote = [] if wanted.open_on else [pk for pk, _, at_a_distance in shown if at_a_distance]
    return OffersNear(
        near=tuple(offer_cards(sorted(near, key=lambda pk: (near[pk], pk)), on=on, km=near)),
        remote=tuple(offer_cards(remote, on=on)),
    )
