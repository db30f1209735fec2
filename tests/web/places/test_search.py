"""« Tous les lieux »: a list, filters, pages without gap nor double, offers around a commune."""

import re

import pytest
from django.utils.translation import override

from ensemblier.web.places.words import need_with_theme, words_of
from tests.factories.directory import make_offer, make_site
from tests.web.world import World, queries_of

pytestmark = pytest.mark.django_db


def names(text: str) -> list[str]:
    return re.findall(r'<a href="/lieux/[0-9a-f-]{36}/">([^<]+)</a>', text)


def test_it_works_for_everybody(world: World) -> None:
    text = world.client().get("/lieux/").content.decode()
    assert names(text) == ["Agence de Briançon", "Mission locale de Gap"]


def test_a_word_an_operator_a_commune(world: World) -> None:
    client = world.client()
    assert names(client.get("/lieux/?q=brian").content.decode()) == ["Agence de Briançon"]
    assert names(client.get("/lieux/?operator=mission_locale").content.decode()) == ["Mission locale de Gap"]
    assert names(client.get("/lieux/?commune=05100").content.decode()) == ["Agence de Briançon"]


def test_one_answer_is_not_said_in_the_plural(world: World) -> None:
    client = world.client()
    assert "1 réponse<" in client.get("/lieux/?q=brian").content.decode()
    assert "2 réponses<" in client.get("/lieux/").content.decode()


def test_a_day_around_a_commune(world: World) -> None:
    make_offer(world.site, "Atelier")
    text = world.client().get("/lieux/?commune=gap&day=1").content.decode()
    assert "Au plus près de Gap" in text
    assert "Atelier" in text
    assert "Atelier" not in world.client().get("/lieux/?commune=gap&day=6").content.decode()


def test_a_filter_that_cannot_be_followed_says_what_to_do(world: World) -> None:
    client = world.client()
    assert "Choisissez aussi une commune" in client.get("/lieux/?day=1").content.decode()
    assert "Aucune commune ne ressemble" in client.get("/lieux/?commune=zzzqqqxxx").content.decode()


@pytest.mark.parametrize("query", ["kind=x", "operator=x", "day=9", "public=x", "q=%00", "q=" + "a" * 5000])
def test_what_is_not_a_choice_counts_as_empty(world: World, query: str) -> None:
    assert world.client().get(f"/lieux/?{query}").status_code == 200


def test_a_made_up_page_is_refused_with_a_sentence(world: World) -> None:
    answer = world.client().get("/lieux/?cursor=abc")
    assert answer.status_code == 400
    assert "reprenez la recherche" in answer.content.decode()


def test_pages_follow_each_other_without_gap_nor_double(world: World) -> None:
    for number in range(45):
        make_site(world.mission, name=f"Antenne {number:02}")
    found: list[str] = []
    path = "/lieux/?q=antenne"
    while path:
        text = world.client().get(path).content.decode()
        found += names(text)
        more = re.search(r'href="(\?[^"]*cursor=[^"]+)"', text)
        path = "/lieux/" + more[1].replace("&amp;", "&") if more else ""
    assert found == [f"Antenne {number:02}" for number in range(45)]


def test_queries_do_not_grow_with_the_rows(world: World) -> None:
    paths = ["/lieux/", "/lieux/?commune=gap&day=1"]
    before = [queries_of(world.client(), path) for path in paths]
    for number in range(15):
        make_offer(make_site(world.mission, name=f"Antenne {number}"), f"Offre {number}")
    assert [queries_of(world.client(), path) for path in paths] == before


def test_a_need_is_chosen_beside_its_theme_in_the_language_of_the_page() -> None:
    assert need_with_theme("mobilite--preparer-un-permis") == "mobilité : préparer un permis"
    assert need_with_theme("mobilite") == "mobilité"
    with override("en"):
        assert need_with_theme("mobilite--preparer-un-permis") == "getting about: preparing a driving licence"
        assert words_of("theme-nouveau--besoin-nouveau") == "besoin nouveau"
