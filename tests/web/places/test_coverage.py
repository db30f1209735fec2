"""Coverage of a territory: said in words, as a map and a table; kept for the coordination by who animates only."""

import re

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.routing.models import CoverageAlert
from tests.factories.accounts import make_member
from tests.web.world import World, queries_of

pytestmark = pytest.mark.django_db
PATH = "/territoires/departement/05/couverture/"


def test_it_works_for_everybody_and_says_what_is_not_known(world: World) -> None:
    text = world.client().get(PATH + "?operator=mission_locale").content.decode()
    assert "Mission locale" in text
    assert "Un lieu qui manque à l’annuaire" in text
    assert "Ce n’est pas un classement" in text


def test_the_map_has_an_equal_table(world: World) -> None:
    text = world.client().get(PATH + "?operator=mission_locale").content.decode()
    assert "<svg" in text
    for commune in ("Gap", "Briançon"):
        assert f">{commune}</a></th>" in text


@pytest.mark.parametrize("query", ["?operator=x", "?minutes=7", "?minutes=abc"])
def test_what_is_not_a_choice_is_the_first_one(world: World, query: str) -> None:
    assert world.client().get(PATH + query).status_code == 200


def test_alerts_are_kept_by_who_animates_only(world: World) -> None:
    path = "/territoires/departement/05/alertes/"
    assert world.client().post(path).status_code == 302
    assert world.client(world.bruno).post(path, {"acting_for": world.mission.pk}).status_code == 403
    assert not CoverageAlert.objects.exists()
    make_member(world.denis, world.mission, Role.COORDINATOR)
    assert world.client(world.denis).post(path, {"acting_for": world.mission.pk}).status_code == 302
    assert CoverageAlert.objects.exists()
    assert "Aucun constat" not in world.client(world.denis).get(PATH).content.decode()


def test_queries_do_not_grow_with_the_operator_or_the_reach(world: World) -> None:
    before = queries_of(world.client(), PATH)
    assert queries_of(world.client(), PATH + "?operator=cap_emploi&minutes=60") == before


def test_the_index_leads_from_a_commune_to_the_coverage_of_its_territories(world: World) -> None:
    text = world.client().get("/couverture/?q=gap").content.decode()
    assert "/territoires/departement/05/couverture/" in text
    assert "/territoires/epci/200067825/couverture/" in text
    assert "Aucune commune ne ressemble" in world.client().get("/couverture/?q=zzzzqx").content.decode()


def test_the_menu_of_professionals_shows_coverage(world: World) -> None:
    text = world.client(world.bruno).get("/couverture/").content.decode()
    assert re.search(r'href="/couverture/"[^>]*aria-current="page"', text)
