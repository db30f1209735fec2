"""From five answers to the doors: in a browser, without script, by keyboard; nothing kept, nothing in an address."""

from typing import Any

import pytest
from playwright.sync_api import Page

from ensemblier.directory.core.states import PositionKind
from tests.factories.directory import make_desk, make_networks, make_offer, make_organisation, make_site
from tests.factories.territory import ARGENTIERE, BRIANCON, GAP, make_commune
from tests.web.conftest import CheckPage, OpenPage

AWA = {"commune": "Gap", "situation": ["jobseeker"], "age": "16_25", "points": ["out_of_school"]}


@pytest.fixture
def places(db: None) -> None:
    """Gap with a counter of each of three operators, one of them at an estimated place, and the regional number."""
    make_networks()
    for place in (GAP, BRIANCON, ARGENTIERE):
        make_commune(place)
    make_offer(make_site(make_organisation("France Travail Gap", network="france-travail")))
    make_offer(make_site(make_organisation("Mission jeunes 05", network="mission-locale"), BRIANCON, phone=""))
    far = make_site(
        make_organisation("Cap emploi 05", network="cap-emploi"),
        hours_osm="",
        position=PositionKind.COMMUNE_CENTRE.value,
    )
    make_offer(far)
    make_desk(phone="0465710000", name="Opérateur régional du Sud")


def fill(page: Page, **answers: Any) -> None:
    page.fill("#id_commune", str(answers.get("commune", "Gap")))
    for words in answers.get("ticks", ("Je cherche un emploi", "De 16 à 25 ans", "J’ai arrêté l’école ou mes études")):
        page.get_by_label(words, exact=True).check()
    page.fill("#mots", "Changer de métier ?")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_answer_is_accessible(open_page: OpenPage, check_page: CheckPage, places: None) -> None:
    page = open_page("/")
    fill(page)
    page.click("button[type=submit]")
    assert page.url.endswith("/reponse/")
    assert page.locator("h1").inner_text() == "Deux portes sont les vôtres"
    check_page(page, "reponse")
