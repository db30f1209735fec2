"""The whole of France and the real files, when they are on this machine."""

import os
import statistics
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from ensemblier.territory.actions.imports import import_file
from ensemblier.territory.actions.load import load_ground
from ensemblier.territory.core.geo import Point, TravelMethod, great_circle_km
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.landmass import MAINLAND, landmass_of
from ensemblier.territory.models import Commune
from ensemblier.territory.queries.communes import commune, communes, search_communes
from ensemblier.territory.queries.figures import territory_profile
from ensemblier.territory.queries.perimeters import compare
from ensemblier.territory.queries.travel import travels
from ensemblier.territory.queries.zones import contours

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ENSEMBLIER_SHARED", ROOT.parent / "shared")) / "data"
TODAY = date(2026, 11, 22)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real data are not on this machine ({SHARED})"),
]


def real_places() -> dict[str, Point]:
    frame = pl.read_parquet(SHARED / "communes" / "communes.parquet", columns=["code", "lat", "lon"]).drop_nulls()
    return {code: Point(float(lat), float(lon)) for code, lat, lon in frame.iter_rows()}


def test_all_of_france() -> None:
    report = load_ground(packages=Path(settings.PACKAGES))
    assert report.accepted == 34_969 + 45
    assert [h.name for h in search_communes("la balme 05")] == ["La Beaume"]
    assert search_communes("strasbuorg")[0].name == "Strasbourg"
    real = real_places()
    gaps = {True: list[float](), False: list[float]()}
    for row in Commune.objects.filter(parent=None, lat__isnull=False).order_by("code"):
        if row.code in real and row.lat is not None and row.lon is not None:
            gaps[row.is_estimated].append(great_circle_km(Point(row.lat, row.lon), real[row.code]))
    assert statistics.median(gaps[False]) < 1.5
    assert statistics.median(gaps[True]) < 9
    assert len(gaps[False]) > 14_000
    _import_everything()


def _import_everything() -> None:
    first = import_file(SHARED / "communes" / "communes.parquet")
    assert (first.set_aside, first.changed) == (0, 34_969)
    assert import_file(SHARED / "communes" / "communes.parquet").changed == 0
    passage = import_file(SHARED / "communes" / "passage_communes_historique_vers_2025.csv")
    assert passage.set_aside == 0
    contour = import_file(SHARED / "contours" / "departements.topojson")
    assert contour.accepted == 101
    (hautes_alpes,) = contours(ZoneKind.DEPARTEMENT, ["05"])
    assert all(5.3 < x < 7.2 and 44.1 < y < 45.2 for rings in hautes_alpes.polygons for ring in rings for x, y in ring)
    view = commune("05006", on=TODAY)
    assert (view.zone_emploi_name, view.is_estimated) == ("Briançon", False)
    found = {i.code: i for i in territory_profile(ZoneKind.ZONE_EMPLOI, view.zone_emploi_code).indicators}
    assert found["unemployment"].value is not None and 4 < found["unemployment"].value < 12
    mamoudzou = {i.code: i for i in territory_profile(ZoneKind.COMMUNE, "97611").indicators}
    assert mamoudzou["unemployment"].value is None, "Mayotte's census zeros mean missing"
    assert compare(ZoneKind.DEPARTEMENT, ZoneKind.REGION).mismatch_communes == 0
    assert compare(ZoneKind.EPCI, ZoneKind.ZONE_EMPLOI).split
    _matrix()


def _matrix() -> None:
    report = import_file(SHARED / "temps_trajet" / "TimeDistCarIsere.csv")
    assert report.accepted == 512 * 511
    origin = commune("38185", on=TODAY)
    known = communes(["38421", "05061", "2A004"])
    answers = dict(zip(known, travels(origin, [(v.point, c) for c, v in known.items()]), strict=True))
    assert answers["38421"].method is TravelMethod.MATRIX
    assert answers["05061"].method is TravelMethod.MODEL
    assert answers["2A004"].method is TravelMethod.UNKNOWN


def test_islands_stand_where_the_boxes_say() -> None:
    """A bare point of an island is told apart from the mainland as its commune code is."""
    checked = 0
    for code, point in real_places().items():
        by_code, by_point = landmass_of(code), landmass_of("", point)
        if by_code == MAINLAND or by_code in {
            "Corse",
            "971",
            "972",
            "973",
            "974",
            "976",
            "Marie-Galante",
            "La Désirade",
        }:
            checked += 1
            assert by_point == by_code, (code, point)
    assert checked > 34_000
