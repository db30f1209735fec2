"""Communes, territories, networks, and the booklet: for everybody, with what is known and what is not."""

import pytest

from tests.factories.directory import make_site
from tests.factories.territory import ARGENTIERE, GAP, make_commune
from tests.tagged import text_of_tagged
from tests.web.world import World, queries_of

pytestmark = pytest.mark.django_db
PATHS = ["/territoires/?q=gap", "/communes/05061/", "/territoires/departement/05/", "/reseaux/"]


@pytest.mark.parametrize("path", PATHS)
def test_it_works_for_everybody(world: World, path: str) -> None:
    for user in (None, world.denis):
        assert world.client(user).get(path).status_code == 200


def test_a_commune_says_who_receives_and_what_is_not_known(world: World) -> None:
    text = world.client().get("/communes/05061/").content.decode()
    assert "Mission locale de Gap" in text
    assert "Aucun lieu connu dans l’annuaire" in text  # Apec, Cap emploi
    assert "Numéro régional" in text
    assert "Chaque mardi matin" in text


def test_an_estimated_position_is_said(world: World) -> None:
    make_commune(ARGENTIERE)
    assert "position de la commune estimée" in world.client().get("/communes/05006/").content.decode()
    assert "position de la commune estimée" not in world.client().get("/communes/05061/").content.decode()


def test_what_does_not_exist_is_not_found_with_a_sentence(world: World) -> None:
    for path in ("/communes/99999/", "/territoires/departement/99/", "/territoires/region/93/", "/territoires/x/1/"):
        answer = world.client().get(path)
        assert answer.status_code == 404, path


def test_a_territory_names_what_is_missing(world: World) -> None:
    text = world.client().get("/territoires/departement/05/").content.decode()
    assert "Ce qui manque" in text
    assert "CA Gap-Tallard-Durance" in text


def test_networks_have_dated_names(world: World) -> None:
    text = world.client().get("/reseaux/").content.decode()
    assert "Pôle emploi" in text
    assert "Depuis le 1er\u00a0janvier 2024" in text


def test_the_booklet_is_a_tagged_pdf_that_names_the_places(world: World) -> None:
    answer = world.client().get("/territoires/departement/05/annuaire.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of_tagged(answer.content)
    assert "Mission locale de Gap" in text
    assert "Nadia Martin" not in text


def test_queries_do_not_grow_with_the_rows(world: World) -> None:
    paths = PATHS[1:]
    before = [queries_of(world.client(), path) for path in paths]
    for number in range(15):
        make_site(world.mission, GAP, name=f"Antenne {number}")
    assert [queries_of(world.client(), path) for path in paths] == before
