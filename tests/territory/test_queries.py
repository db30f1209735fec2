"""Reads of the ground against the database."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from syrupy.assertion import SnapshotAssertion

from ensemblier.kernel.errors import NotFound
from ensemblier.territory.actions.perimeters import NewPerimeter, end_perimeter, record_perimeter
from ensemblier.territory.core.geo import TravelMethod
from ensemblier.territory.core.kinds import ChangeKind, NameKind, PerimeterPurpose, ZoneKind
from ensemblier.territory.core.views import Frame
from ensemblier.territory.models import CommuneChange, Figure, TravelTime, Variable
from ensemblier.territory.queries.communes import commune, communes, landmarks_in, search_communes
from ensemblier.territory.queries.figures import territory_profile
from ensemblier.territory.queries.perimeters import compare, perimeters
from ensemblier.territory.queries.travel import travels
from ensemblier.territory.queries.zones import contours, regions, zone
from tests.factories.territory import (
    ARGENTIERE,
    BRIANCON,
    GAP,
    SAINT_DENIS_REUNION,
    make_commune,
    make_name,
    make_places,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def names(text: str) -> list[str]:
    return [hit.name for hit in search_communes(text)]


@pytest.mark.parametrize(
    "typed, first",
    [
        ("gap", "Gap"), ("st etienne", "Saint-Étienne"), ("saint etiene", "Saint-Étienne"),
        ("l'argentiere", ARGENTIERE.name),
        ("argentiere", ARGENTIERE.name), ("besse", ARGENTIERE.name), ("05100", "Briançon"), ("brianson", "Briançon"),
        ("05120 argentiere", ARGENTIERE.name), ("briancon hautes alpes", "Briançon"),
        ("saint-denis 974", "Saint-Denis"),
        ("051", "Briançon"), ("38185", "Grenoble"),
    ],
)  # fmt: skip
def test_communes_are_found_as_people_type(typed: str, first: str) -> None:
    make_places()
    assert names(typed)[0] == first


def test_the_exact_name_comes_first_then_the_most_peopled() -> None:
    make_places()
    assert names("saint")[:2] == ["Saint-Étienne", "Saint-Denis"]
    assert names("saint denis") == ["Saint-Denis"]


def test_an_old_name_says_so() -> None:
    gap = make_commune()
    make_name(gap, "Romette", NameKind.ASSOCIATED, "05")
    (hit,) = search_communes("romette")
    assert (hit.code, hit.matched) == ("05061", "Romette (commune associée)")


@pytest.mark.parametrize(
    "typed", ["", "  ", "%", "'; drop table territory_commune; --", "\x00", "_", "é" * 5000, "١٢٣٤٥"]
)
def test_nothing_typed_breaks_the_search(typed: str) -> None:
    make_commune()
    assert names(typed) == []


def test_an_old_code_is_followed_on_the_date() -> None:
    make_places(GAP, BRIANCON)
    source = {"kind": ChangeKind.MERGER, "source": "essai"}
    CommuneChange.objects.create(old_code="05999", new_code="05061", valid_from=date(2016, 1, 1), **source)
    view = commune("05999", on=TODAY)
    assert (view.code, view.followed_from) == ("05061", "05999")
    # before the merger the old commune has no row of its own: the commune that holds its ground answers
    assert commune("05999", on=date(2010, 1, 1)).code == "05061"


def test_a_restored_commune_is_its_merger_in_between() -> None:
    make_places(GAP, BRIANCON)
    CommuneChange.objects.create(
        old_code="05023", new_code="05061", kind=ChangeKind.RESTORED, source="essai",
        valid_from=date(2016, 1, 1), valid_to=date(2024, 1, 1),
    )  # fmt: skip
    assert commune("05023", on=date(2020, 1, 1)).code == "05061"
    assert commune("05023", on=TODAY).code == "05023"


@pytest.mark.parametrize(
    "code, said", [("99999", "ni aujourd'hui ni parmi les anciens"), ("gap", "n'est pas un code Insee")]
)
def test_an_unknown_code_says_what_to_do(code: str, said: str) -> None:
    with pytest.raises(NotFound, match=said):
        commune(code, on=TODAY)


def test_a_commune_with_its_zones(snapshot: SnapshotAssertion) -> None:
    make_commune(ARGENTIERE)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        view = commune("05006", on=TODAY)
    assert (view.departement_name, view.region_name, view.is_estimated) == (
        "Hautes-Alpes",
        "Provence-Alpes-Côte d'Azur",
        True,
    )
    assert [q["sql"] for q in queries] == snapshot


def test_many_communes_are_one_question() -> None:
    make_places()
    with CaptureQueriesContext(connection) as queries:
        found = communes(["05061", "05023", "99999"])
    assert set(found) == {"05061", "05023"}
    assert len(queries) == 1


def test_regions_and_zones() -> None:
    make_places()
    assert [r.name for r in regions()][:2] == ["Auvergne-Rhône-Alpes", "Île-de-France"]
    view = zone(ZoneKind.DEPARTEMENT, "05")
    assert view.communes == ("05006", "05023", "05061")
    assert view.population == 40631 + 10900 + 2288
    with pytest.raises(NotFound, match="n'a le code 99"):
        zone("departement", "99")
    assert contours(ZoneKind.COMMUNE, ["05061"]) == []


def test_travels_say_their_method_in_one_question() -> None:
    make_places()
    TravelTime.objects.create(origin_id="05061", destination_id="05006", minutes=70, source="essai")
    origin = commune("05061", on=TODAY)
    targets = [
        (None if v.point is None else v.point, code) for code, v in communes(["05006", "05023", "97411"]).items()
    ]
    with CaptureQueriesContext(connection) as queries:
        answers = {code: t for (_, code), t in zip(targets, travels(origin, targets), strict=True)}
    assert len(queries) == 1
    assert (answers["05006"].minutes, answers["05006"].method) == (70, TravelMethod.MATRIX)
    assert answers["05023"].method is TravelMethod.MODEL
    assert (answers[SAINT_DENIS_REUNION.code].minutes, answers["97411"].method) == (None, TravelMethod.UNKNOWN)


def test_a_profile_says_what_is_missing() -> None:
    make_places()
    people = Variable.objects.create(code="population", label="Population")
    area = Variable.objects.create(code="superficie", label="Superficie")
    for code, value, km2 in (("05061", 40000, 110.0), ("05023", 11000, 28.0)):
        for variable, amount in ((people, value), (area, km2)):
            Figure.objects.create(
                kind="commune", code=code, variable=variable, period="2021", value=amount, source="Insee"
            )
    found = {i.code: i for i in territory_profile(ZoneKind.COMMUNE, "05061").indicators}
    assert found["density"].value == pytest.approx(40000 / 110)
    assert found["density"].reference is None, "one commune of three has no figure: the sum would lie"
    assert found["poverty"].missing == ("Taux de pauvreté",)


def test_perimeters_hold_on_their_dates() -> None:
    make_places()
    new = NewPerimeter("Sud", "Région", PerimeterPurpose.CELL, frozenset({"05061", "05023"}), date(2024, 1, 1))
    uid = record_perimeter(new)
    assert [p.communes for p in perimeters(on=TODAY)] == [("05023", "05061")]
    assert perimeters(on=date(2023, 12, 31)) == []
    assert [p.uid for p in perimeters(on=TODAY, commune_code="05061", purpose=PerimeterPurpose.CELL)] == [uid]
    end_perimeter(uid, on=date(2025, 1, 1))
    assert perimeters(on=TODAY) == []


def test_zonings_are_compared() -> None:
    make_places()
    fit = compare(ZoneKind.EPCI, ZoneKind.DEPARTEMENT)
    assert fit.mismatch_communes == 0, "each EPCI of the factory lies in one département"
    assert compare(ZoneKind.DEPARTEMENT, ZoneKind.EPCI, departement="05").mismatch_communes == pytest.approx(2 / 3)


def test_landmarks_are_the_most_peopled_communes_of_the_frame_at_a_known_place() -> None:
    make_places(GAP, BRIANCON, ARGENTIERE, SAINT_DENIS_REUNION)
    around = Frame(44.2, 45.0, 5.8, 6.8)
    assert [mark.name for mark in landmarks_in(around)] == ["Gap", "Briançon"]  # the third one's position is estimated
    assert [mark.name for mark in landmarks_in(around, limit=1)] == ["Gap"]
