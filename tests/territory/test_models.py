"""Constraints refuse what they must."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ensemblier.territory.models import Commune, CommuneChange, Figure, Perimeter, TravelTime, Variable
from tests.factories.territory import BRIANCON, make_commune

pytestmark = pytest.mark.django_db


def refused(name: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize("lat, lon", [(91, 0), (0, None), (float("nan"), 1)])
def test_half_a_point_or_a_point_out_of_the_earth(lat: float, lon: float | None) -> None:
    with refused("commune_point_whole"), transaction.atomic():
        Commune.objects.create(code="00001", name="x", sort_key="x", search_key="x", lat=lat, lon=lon)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_figure_is_finite(value: float) -> None:
    variable = Variable.objects.create(code="v", label="v")
    with refused("figure_finite"), transaction.atomic():
        Figure.objects.create(kind="commune", code="05061", variable=variable, period="2021", value=value, source="x")


def test_a_change_moves_and_is_said_once() -> None:
    with refused("communechange_moves"), transaction.atomic():
        CommuneChange.objects.create(old_code="05061", new_code="05061", kind="merger", source="x")
    CommuneChange.objects.create(old_code="05999", new_code="05061", kind="merger", source="x")
    with refused("communechange_once"), transaction.atomic():
        CommuneChange.objects.create(old_code="05999", new_code="05061", kind="passage", source="y")


def test_a_duration_is_possible() -> None:
    make_commune()
    make_commune(BRIANCON)
    with refused("traveltime_minutes"), transaction.atomic():
        TravelTime.objects.create(origin_id="05061", destination_id="05023", minutes=-1, source="x")


def test_a_perimeter_ends_after_it_starts() -> None:
    with refused("perimeter_period"), transaction.atomic():
        Perimeter.objects.create(
            name="x", holder_label="y", purpose="cell", valid_from=date(2024, 1, 1), valid_to=date(2024, 1, 1)
        )
