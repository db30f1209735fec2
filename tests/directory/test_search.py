"""Whom to call while typing, the directory page by page, the nearest offers."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import OffersNear
from ensemblier.directory.models import Organisation, Site
from ensemblier.directory.queries.calls import who_to_call
from ensemblier.directory.queries.offers import Wanted, offers_near
from ensemblier.directory.queries.search import Filters, search_directory
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.geo import Point
from ensemblier.territory.queries.communes import commune
from tests.factories.accounts import AWA, make_actor
from tests.factories.directory import make_contact, make_offer, make_organisation, make_site
from tests.factories.territory import BRIANCON, GAP, GRENOBLE, SAINT_DENIS_REUNION, make_commune
from tests.sql_shape import sql_of

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
HERE = Point(GAP.lat, GAP.lon)
INSIDER = Actor(user_id=1, organisation_id=1, roles=frozenset({"adviser"}), label="Bruno")


def _calls(text: str, actor: Actor = INSIDER) -> list[str]:
    cards = who_to_call(text, actor=actor, on=ON)
    return [f"{c.contact.name if c.contact else '—'} @ {c.site_name or c.organisation_name}" for c in cards]


def _territory() -> None:
    ccas = make_organisation("CCAS d'Embrun", network="ccas-cias")
    embrun = make_site(ccas, GAP, name="CCAS", city="Embrun")
    make_contact(ccas, "Nadia Martin", site=embrun, subjects=["logement", "mobilité"])
    make_contact(ccas, "Yves Blanc", subjects=["garde d'enfants"])
    ml = make_organisation("Mission locale", network="mission-locale")
    make_site(ml, BRIANCON, name="ML Briançon")
    make_offer(make_site(ml, GAP, name="ML Gap"), needs=["logement-hebergement"])
    make_organisation("Département", acronym="CD05", phone="+33492000009")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("log emb", ["Nadia Martin @ CCAS"]),
        ("EMBRUN logement", ["Nadia Martin @ CCAS"]),
        ("garde embrun", ["Yves Blanc @ CCAS"]),
        ("nad", ["Nadia Martin @ CCAS"]),
        ("mission bri", ["— @ ML Briançon"]),
        ("log gap", ["— @ ML Gap"]),
        ("cd05", ["— @ Département"]),
        ("ccas", ["Nadia Martin @ CCAS"]),
        ("log bri", []),
        ("ogement", []),
        ("%", []),
        ("e", []),
        ("", []),
    ],
)
def test_each_word_begins_a_name_a_subject_a_need_or_a_place(typed: str, found: list[str]) -> None:
    _territory()
    assert _calls(typed) == found


def test_the_public_cannot_find_an_interlocutor_by_name() -> None:
    _territory()
    assert _calls("nadia", AWA) == []
    assert _calls("nadia", make_actor("Denis", None)) == []
    assert _calls("ccas emb", AWA) == ["— @ CCAS"], "le lieu reste public, l'interlocutrice non"


def test_the_nearest_counter_comes_first() -> None:
    ml = make_organisation("Mission locale", network="mission-locale")
    for place in (GRENOBLE, GAP, BRIANCON):
        make_site(ml, place, name=place.name)
    make_commune(BRIANCON)
    cards = who_to_call("mission", actor=AWA, near=commune(BRIANCON.code, on=ON), on=ON)
    assert [card.site_name for card in cards] == ["Briançon", "Gap", "Grenoble"]


def test_calls_leave_the_demonstration_out_when_there_is_a_real_answer() -> None:
    make_site(make_organisation("Mission fictive", is_fictitious=True), GAP, name="fictif")
    assert _calls("mission") == ["— @ fictif"]
    make_site(make_organisation("Mission réelle"), GAP, name="réel")
    assert _calls("mission") == ["— @ réel"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(text=st.text(max_size=40))
def test_no_text_breaks_the_searches(text: str) -> None:
    who_to_call(text, actor=AWA, on=ON)
    search_directory(text=text, on=ON)


def _pages(text: str = "", filters: Filters | None = None, *, limit: int = 3) -> list[str]:
    names: list[str] = []
    cursor = ""
    while True:
        page = search_directory(text=text, filters=filters, on=ON, cursor=cursor, limit=limit)
        names += [hit.name for hit in page.hits]
        cursor = page.next_cursor
        if not cursor:
            return names


def test_pages_have_no_gap_and_no_double_even_with_equal_names() -> None:
    ml = make_organisation("ML")
    for i in range(10):
        make_site(ml, GAP, name="Même nom" if i < 7 else f"Autre {i}")
    assert _pages() == ["Autre 7", "Autre 8", "Autre 9"] + ["Même nom"] * 7
    for limit in (1, 2, 5, 10, 11):
        assert len(_pages(limit=limit)) == 10


def test_a_row_added_meanwhile_neither_repeats_nor_hides_another() -> None:
    ml = make_organisation("ML")
    for letter in "bdfh":
        make_site(ml, GAP, name=letter)
    first = search_directory(on=ON, limit=2)
    make_site(ml, GAP, name="a")
    make_site(ml, GAP, name="e")
    second = search_directory(on=ON, limit=9, cursor=first.next_cursor)
    assert [h.name for h in first.hits] + [h.name for h in second.hits] == ["b", "d", "e", "f", "h"]


def test_filters() -> None:
    ml = make_organisation("Mission locale", network="mission-locale")
    gap, grenoble = make_site(ml, GAP, name="Gap"), make_site(ml, GRENOBLE, name="Grenoble")
    make_offer(gap, "Logement", publics=["jeunes"], needs=["logement"])
    make_offer(grenoble, "Pour tous")
    make_site(make_organisation("Apec", network="apec"), GAP, name="Apec Gap")
    assert _pages(filters=Filters(operator=Operator.APEC)) == ["Apec Gap"]
    assert _pages(filters=Filters(network="mission-locale")) == ["Gap", "Grenoble"]
    assert _pages(filters=Filters(departement="38")) == ["Grenoble"]
    assert _pages(filters=Filters(commune=GAP.code)) == ["Apec Gap", "Gap"]
    assert _pages(filters=Filters(public="jeunes")) == ["Gap", "Grenoble"]
    assert _pages(filters=Filters(public="jeunes", need="logement")) == ["Gap"]
    assert _pages(filters=Filters(kind="organisation", departement="05")) == ["Apec", "Mission locale"]
    assert _pages(filters=Filters(kind="offer", commune=GAP.code)) == ["Logement"]
    assert _pages("mission gre") == ["Grenoble"]
    with pytest.raises(BadInput, match="des lieux, des structures ou des offres"):
        search_directory(filters=Filters(kind="x"), on=ON)


def test_a_made_up_cursor_is_refused() -> None:
    with pytest.raises(BadInput, match="depuis le début"):
        search_directory(on=ON, cursor="0'; drop table x")


def test_the_count_is_capped_and_the_queries_do_not_grow(snapshot: SnapshotAssertion) -> None:
    make_site(make_organisation("ML", network="mission-locale"), GAP)
    text_shape = sql_of(lambda: search_directory(text="ml", on=ON))
    call_shape = sql_of(lambda: who_to_call("ml", actor=INSIDER, on=ON))
    assert text_shape == snapshot
    assert call_shape == snapshot
    Organisation.objects.bulk_create(Organisation(name=f"ML {i}") for i in range(1200))
    Site.objects.bulk_create(
        Site(organisation=o, name=f"Lieu {o.pk}") for o in Organisation.objects.filter(name__startswith="ML ")
    )
    assert sql_of(lambda: search_directory(text="ml", on=ON)) == text_shape
    assert sql_of(lambda: who_to_call("ml", actor=INSIDER, on=ON)) == call_shape
    page = search_directory(on=ON, text="ml")
    assert (page.count, page.count_text, len(page.hits)) == (1000, "1 000+", 20)


def _offers(wanted: Wanted, on: date = ON) -> OffersNear:
    return offers_near(origin=HERE, wanted=wanted, on=on)


def test_the_nearest_offers_for_a_public_a_need_and_a_day() -> None:
    ml = make_organisation("ML")
    gap = make_site(ml, GAP, name="Gap", hours_osm="Mo-Fr 09:00-12:00")
    sunday = make_site(ml, GAP, name="Dimanche", hours_osm="Su 09:00-12:00", lat=GAP.lat + 0.05)
    unknown = make_site(ml, GAP, name="?", hours_osm="", lat=GAP.lat + 0.08)
    far = make_site(ml, GRENOBLE)
    make_offer(gap, "jeunes", publics=["jeunes"], needs=["mobilite"])
    make_offer(sunday, "tous")
    make_offer(unknown, "sans horaires")
    make_offer(far, "loin")
    make_offer(gap, "fini", valid_to=ON)
    names = [o.name for o in _offers(Wanted()).near]
    assert names == ["jeunes", "tous", "sans horaires"]
    assert [o.name for o in _offers(Wanted(public="seniors")).near] == ["tous", "sans horaires"]
    assert [o.name for o in _offers(Wanted(need="mobilite")).near] == ["jeunes"]
    assert [o.name for o in _offers(Wanted(open_on=date(2026, 11, 29))).near] == ["tous"]
    assert [o.name for o in _offers(Wanted(within_km=200)).near] == ["jeunes", "tous", "sans horaires", "loin"]
    km = [o.km for o in _offers(Wanted()).near]
    assert km[0] == pytest.approx(0, abs=1e-6) and km[1] == pytest.approx(5.56, abs=0.01)


def test_remote_offers_stand_apart() -> None:
    ml = make_organisation("ML")
    make_offer(make_site(ml, GRENOBLE), "en ligne", modes=["a-distance"])
    make_offer(make_site(ml, GAP), "les deux", modes=["a-distance", "en-presentiel"])
    make_offer(make_site(ml, GAP), "en ligne à Paris", modes=["a-distance"], eligibility_zones=["75056"])
    found = _offers(Wanted(zones=("05061", "05")))
    assert ([o.name for o in found.near], [o.name for o in found.remote]) == (["les deux"], ["en ligne"])


def test_offers_overseas_are_near_those_who_live_there() -> None:
    make_offer(make_site(make_organisation("ML"), SAINT_DENIS_REUNION), "Réunion")
    here = Point(SAINT_DENIS_REUNION.lat, SAINT_DENIS_REUNION.lon)
    near = offers_near(origin=here, wanted=Wanted(), on=ON).near
    assert [o.name for o in near] == ["Réunion"]


def test_demonstration_offers_never_mix_with_real_answers() -> None:
    fictitious = make_organisation("ML fictive", is_fictitious=True)
    make_offer(make_site(fictitious, GAP, name="fictif"), "fictive", is_fictitious=True)
    shown = _offers(Wanted()).near
    assert [(o.name, o.is_fictitious) for o in shown] == [("fictive", True)]
    real = make_site(make_organisation("ML réelle"), GAP, name="réel")
    assert _offers(Wanted()).near == (), "un lieu réel suffit, même sans offre : rien d'inventé à côté de lui"
    make_offer(real, "réelle")
    assert [o.name for o in _offers(Wanted()).near] == ["réelle"]


@pytest.mark.parametrize("km", [0, -1, 201, float("nan"), float("inf")])
def test_an_impossible_radius_is_refused(km: float) -> None:
    with pytest.raises(BadInput, match="rayon"):
        _offers(Wanted(within_km=km))
