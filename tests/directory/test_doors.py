"""The counters of each operator near a commune."""

from datetime import date, datetime

import pytest
from syrupy.assertion import SnapshotAssertion

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import PermanenceState
from ensemblier.directory.models import (
    InterventionPerimeter,
    NetworkMembership,
    Offer,
    Organisation,
    ServedCommune,
    Site,
)
from ensemblier.directory.queries.sites import sites_for_doors
from ensemblier.territory.core.geo import TravelMethod
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.models import Perimeter
from ensemblier.territory.queries.communes import commune
from tests.factories.directory import make_offer, make_organisation, make_permanence, make_site
from tests.factories.territory import ARGENTIERE, BRIANCON, GAP, GRENOBLE, SAINT_DENIS_REUNION, Place, make_commune
from tests.sql_shape import sql_of

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
ML, FT, APEC, RO = Operator.MISSION_LOCALE, Operator.FRANCE_TRAVAIL, Operator.APEC, Operator.REGIONAL_OPERATOR


def _from(place: Place) -> CommuneView:
    make_commune(place)
    return commune(place.code, on=ON)


def _names(origin: CommuneView, operator: Operator, *, on: date = ON, per_operator: int = 3) -> list[str]:
    return [
        card.name
        for card in sites_for_doors(origin=origin, operators=[operator], on=on, per_operator=per_operator)[operator]
    ]


def test_the_nearest_come_first_and_say_how_far() -> None:
    ml = make_organisation(network="mission-locale")
    for place in (GRENOBLE, BRIANCON, GAP):
        make_site(ml, place, name=place.name)
    found = sites_for_doors(origin=_from(ARGENTIERE), operators=[ML, FT], on=ON, per_operator=2)
    assert [card.name for card in found[ML]] == ["Briançon", "Gap"]
    assert found[FT] == [], "un opérateur sans lieu a une liste vide, il ne disparaît pas"
    card = found[ML][0]
    assert card.km == pytest.approx(13.6, abs=0.5)
    assert card.travel.method == TravelMethod.MODEL and card.travel.minutes is not None
    assert (card.operator, card.network_name) == (ML, "Mission locale")
    assert card.hours_text == ("lundi à vendredi : 9 h – 12 h, 14 h – 17 h",)


def test_a_site_beyond_reach_is_not_near() -> None:
    make_site(make_organisation(network="mission-locale"), GAP)
    assert _names(_from(SAINT_DENIS_REUNION), ML) == []


def test_what_no_longer_holds_does_not_show() -> None:
    ml = make_organisation(network="mission-locale")
    make_site(ml, GAP, name="fermé", valid_to=ON)
    make_site(ml, GAP, name="pas encore", valid_from=date(2026, 11, 23))
    kept = make_site(ml, GAP, name="ouvert")
    make_site(ml, GAP, name="doublon", merged_into=kept)
    left = make_organisation("Ancien membre")
    NetworkMembership.objects.create(organisation=left, network_id="mission-locale", valid_to=date(2025, 1, 1))
    make_site(left, GAP, name="parti")
    origin = _from(GAP)
    assert _names(origin, ML, per_operator=9) == ["ouvert"]
    assert sorted(_names(origin, ML, on=date(2024, 6, 1), per_operator=9)) == ["fermé", "ouvert", "parti"]


def test_demonstration_sites_never_mix_with_real_answers() -> None:
    fictitious = make_organisation("ML fictive", network="mission-locale", is_fictitious=True)
    make_site(fictitious, GAP, name="fictif")
    origin = _from(GAP)
    cards = sites_for_doors(origin=origin, operators=[ML], on=ON)[ML]
    assert [(card.name, card.is_fictitious) for card in cards] == [("fictif", True)]
    assert _names(_from(GRENOBLE), ML) == [], "loin du territoire de démonstration, rien de fictif"
    other = make_site(make_organisation("FT réelle", network="france-travail"), GAP, name="réel, autre opérateur")
    assert _names(origin, ML) == [], "un lieu réel d'un autre opérateur suffit : rien d'inventé à côté de lui"
    other.delete()
    make_site(make_organisation("ML réelle", network="mission-locale"), GAP, name="réel")
    assert _names(origin, ML) == ["réel"]


def test_a_published_permanence_is_a_door_of_its_holder() -> None:
    host = make_site(make_organisation("France services", network="france-service"), BRIANCON, name="France services")
    apec = make_organisation("Apec Gap", network="apec")
    draft = make_permanence(apec, host, state=PermanenceState.AGREED.value)
    origin = _from(BRIANCON)
    assert _names(origin, APEC) == [], "acceptée n'est pas publiée"
    draft.state = PermanenceState.PUBLISHED.value
    draft.save()
    card = sites_for_doors(origin=origin, operators=[APEC], on=ON)[APEC][0]
    assert (card.name, card.organisation_name, card.operator) == ("France services", "Apec Gap", APEC)
    assert card.next_permanence == datetime.fromisoformat("2026-11-24T09:30:00")


def test_a_perimeter_says_yes_no_or_nothing() -> None:
    origin = _from(BRIANCON)
    sites = {}
    for name in ("rien", "liste", "périmètre", "ailleurs"):
        sites[name] = make_site(make_organisation(name, network="mission-locale"), BRIANCON, name=name)
    ServedCommune.objects.create(organisation=sites["liste"].organisation, commune_id=BRIANCON.code)
    perimeter = Perimeter.objects.create(name="Briançonnais", holder_label="ML", purpose="operator_zone")
    perimeter.communes.add(make_commune(BRIANCON))
    InterventionPerimeter.objects.create(
        organisation=sites["périmètre"].organisation, site=sites["périmètre"], perimeter=perimeter
    )
    ServedCommune.objects.create(organisation=sites["ailleurs"].organisation, commune=make_commune(GAP))
    cards = sites_for_doors(origin=origin, operators=[ML], on=ON, per_operator=9)[ML]
    assert {card.name: card.serves for card in cards} == {
        "rien": None, "liste": True, "périmètre": True, "ailleurs": False,
    }  # fmt: skip


def test_a_commune_without_a_point_knows_its_own_sites_only() -> None:
    nowhere = Place("05006", "L'Argentière-la-Bessée", ("05120",), 2288, 44.79, 6.55)
    row = make_commune(nowhere)
    row.lat = row.lon = None
    row.save()
    ml = make_organisation(network="mission-locale")
    make_site(ml, None, name="ici", commune=row)
    make_site(ml, BRIANCON, name="là")
    cards = sites_for_doors(origin=commune("05006", on=ON), operators=[ML], on=ON)[ML]
    assert [card.name for card in cards] == ["ici"]


def test_modes_of_the_offers_and_a_stale_row() -> None:
    site = make_site(make_organisation(network="mission-locale"), GAP, reviewed_on=date(2024, 1, 1))
    make_offer(site, modes=["en-presentiel", "a-distance"])
    card = sites_for_doors(origin=_from(GAP), operators=[ML], on=ON)[ML][0]
    assert card.modes == ("a-distance", "en-presentiel")
    assert card.is_stale


def test_the_queries_are_the_same_for_one_and_for_a_thousand_sites(snapshot: SnapshotAssertion) -> None:
    ml = make_organisation(network="mission-locale")
    make_permanence(ml, make_site(ml, GAP))
    origin = _from(GAP)

    def read() -> None:
        sites_for_doors(origin=origin, operators=list(Operator), on=ON, per_operator=50)

    few = sql_of(read)
    assert few == snapshot
    Organisation.objects.bulk_create(Organisation(name=f"ML {i}") for i in range(1000))
    rows = list(Organisation.objects.filter(name__startswith="ML "))
    NetworkMembership.objects.bulk_create(NetworkMembership(organisation=o, network_id="mission-locale") for o in rows)
    Site.objects.bulk_create(
        Site(organisation=o, name=o.name, lat=44.5, lon=6.0, position="exact", commune_id=GAP.code) for o in rows
    )
    Offer.objects.bulk_create(Offer(organisation=o, name="x") for o in rows)
    assert sql_of(read) == few
