"""Reads: the nearest offers for a public, a need and a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ensemblier.directory.core.views import OffersNear
from ensemblier.directory.models import Offer
from ensemblier.directory.sql.cards import offer_cards
from ensemblier.directory.sql.proximity import OfferFilter, nearest_offers
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.orm.models import valid_on
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

    `open_on`: the place may open that weekday; a place whose hours are not known is left out of such a search.
    """
    if not 0 < wanted.within_km <= MAX_KM:
        raise BadInput(f"Le rayon doit être entre 1 et {MAX_KM:.0f} km.", field="within_km")
    limit = max(1, min(limit, MAX_LIMIT))
    day = 1 << wanted.open_on.weekday() if wanted.open_on else 0
    chosen = OfferFilter(wanted.public, wanted.need, day)
    near = dict(nearest_offers(origin, km=wanted.within_km, wanted=chosen, on=on, limit=limit))
    remote = [] if wanted.open_on else _remote(wanted, on, limit)
    return OffersNear(
        near=tuple(offer_cards(sorted(near, key=lambda pk: (near[pk], pk)), on=on, km=near)),
        remote=tuple(offer_cards(remote, on=on)),
    )


def _remote(wanted: Wanted, on: date, limit: int) -> list[int]:
    rows = Offer.objects.filter(
        valid_on(on), modes__contains=["a-distance"], merged_into=None, is_fictitious=False
    ).exclude(modes__contains=["en-presentiel"])
    if wanted.public:
        rows = rows.filter(Q(publics=[]) | Q(publics__contains=[wanted.public]))
    if wanted.need:
        rows = rows.filter(needs__contains=[wanted.need])
    if wanted.zones:
        rows = rows.filter(Q(eligibility_zones=[]) | Q(eligibility_zones__overlap=[*wanted.zones, "france"]))
    return list(rows.order_by("sort_key", "id").values_list("id", flat=True)[:limit])
