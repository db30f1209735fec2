"""Nearest offers: the query alone, against `select 1` taken in turn in the same run."""

import random
from collections.abc import Callable
from datetime import date
from functools import partial

from django.db import connection

from bench.generate import NOBODY, PUBLICS, SEED
from bench.measure import Finding, spread, timed
from ensemblier.directory.queries.offers import Wanted, offers_near
from ensemblier.directory.sql.proximity import OfferFilter, nearest_offers
from ensemblier.territory.core.geo import Point
from ensemblier.territory.models import Commune

ON = date(2026, 11, 23)  # a Monday
SUNDAY = 1 << 6


def origins(count: int) -> list[Point]:
    """Places of people, drawn by population."""
    draw = random.Random(SEED + 7)
    rows = list(
        Commune.objects.filter(parent=None, lat__isnull=False).order_by("code").values_list("lat", "lon", "population")
    )
    chosen = draw.choices(rows, weights=[(r[2] or 0) + 50 for r in rows], k=count)
    return [Point(lat or 0.0, lon or 0.0) for lat, lon, _ in chosen]


def select_one() -> None:
    """The floor: a round trip and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        cursor.fetchone()


def near(size: str, common: Finding, rare: Finding, count: int = 600) -> None:
    """Nearest 20 offers for a public within 30 km, open on a day; then the filter that nobody meets."""
    places = origins(count)
    calls: list[Callable[[], object]] = []
    for i, place in enumerate(places):
        wanted = OfferFilter(public=PUBLICS[i % len(PUBLICS)], day=1 << (i % 5))
        calls.append(partial(nearest_offers, place, km=30.0, wanted=wanted, on=ON, limit=20))
    timed(calls[:50])
    floor = spread(timed([select_one] * count))
    found = spread(timed(calls))
    ratio = found.p50 / floor.p50
    common.rows.append((size, f"{found}, {ratio:.0f} × select 1 ({floor.p50:.3f} ms)"))
    common.holds = found.p50 <= 1 and found.p99 <= 10 and ratio <= 50
    nobody = [
        partial(nearest_offers, p, km=30.0, wanted=OfferFilter(public=NOBODY, day=SUNDAY), on=ON, limit=20)
        for p in places[: count // 2]
    ]
    scarce = spread(timed(nobody))
    rare.rows.append((size, str(scarce)))
    rare.holds = scarce.p50 <= 10 and scarce.p99 <= 50


def whole(size: str, finding: Finding, count: int = 200) -> None:
    """The same through the query that pages call, remote offers apart, cards built."""
    calls = [partial(offers_near, origin=p, wanted=Wanted(public="jeunes"), on=ON) for p in origins(count)]
    timed(calls[:20])
    finding.rows.append((size, str(spread(timed(calls)))))


def communes(finding: Finding) -> None:
    """Commune search as people type, each question forty times."""
    from ensemblier.territory.queries.communes import search_communes

    typed = (
        "st etienne", "ste", "la balme 05", "l'argentiere", "aix en pce", "paris", "lyo", "05100", "69003", "grenobel",
        "marseile", "saint jean", "valence drome", "briancon", "xxqqzz", "s", "lomme", "05", "751", "strasbuorg",
        "saint etiene", "montpelier", "05120 argentiere", "villeneuv d ascq", "la tour", "01340", "2A004",
    )  # fmt: skip
    timed([partial(search_communes, text) for text in typed])
    worst = ("", 0.0)
    every: list[float] = []
    for text in typed:
        durations = timed([partial(search_communes, text)] * 40)
        every += durations
        worst = max(worst, (text, spread(durations).p50), key=lambda pair: pair[1])
    found = spread(every)
    finding.rows.append(("select 1, the floor", str(spread(timed([select_one] * 400)))))
    finding.rows.append(
        (f"{len(typed)} typed questions", f"{found}; slowest question « {worst[0]} »: {worst[1]:.2f} ms")
    )
    finding.holds = worst[1] <= 5
