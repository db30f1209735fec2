"""The directory's pages opened in chromium: axe, keyboard, without JavaScript, while typing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Offer
from tests.factories.accounts import make_member
from tests.web.conftest import CheckPage, OpenPage, tab_stops
from tests.web.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(live_server: Any) -> Iterator[World]:
    """The world, committed, so that the live server sees it."""
    yield make_world()


def signed_in(page: Page, world: World, path: str) -> Page:
    """The page as Bruno reads it."""
    client = world.client(world.bruno)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    page.goto(path)
    assert "/connexion/" not in page.url
    return page


def test_public_pages_have_no_violation(place: World, open_page: OpenPage, check_page: CheckPage) -> None:
    paths = {
        "lieux": "/lieux/",
        "lieux-pres": "/lieux/?commune=gap&day=1",
        "lieu": f"/lieux/{place.site.uid}/",
        "structure": f"/structures/{place.mission.uid}/",
        "commune": "/communes/05061/",
        "territoires": "/territoires/?q=gap",
        "territoire": "/territoires/departement/05/",
        "couverture": "/territoires/departement/05/couverture/?operator=mission_locale",
        "couverture-choix": "/couverture/?q=gap",
        "reseaux": "/reseaux/",
        "corriger": f"/corriger/site/{place.site.uid}/",
    }
    page = open_page("/lieux/")
    for name, path in paths.items():
        page.goto(path)
        check_page(page, name)


def test_pages_of_professionals_have_no_violation(place: World, open_page: OpenPage, check_page: CheckPage) -> None:
    page = open_page("/lieux/")
    paths = {
        "qui-appeler": "/pro/?q=log&near=gap",
        "agir-pour": "/pro/agir-pour/",
        "atouts": "/pro/reseaux/mission-locale/",
        "a-revoir": "/pro/a-revoir/",
        "corrections": "/pro/corrections/",
        "permanences": "/pro/permanences/",
        "proposer": f"/pro/permanences/proposer/{place.site.uid}/",
        "doublons": "/pro/doublons/",
        "imports": "/pro/imports/",
        "accords": "/pro/accords/",
        "modifier": f"/pro/modifier/site/{place.site.uid}/",
        "ajouter-offre": f"/pro/ajouter/offer/{place.mission.uid}/",
        "exception": f"/pro/lieux/{place.site.uid}/exception/",
        "absence": f"/pro/interlocuteurs/{place.contact.uid}/absence/",
        "sujets": f"/pro/interlocuteurs/{place.contact.uid}/sujets/",
        "publics": f"/pro/offres/{Offer.objects.get().uid}/publics/",
        "fermer": f"/pro/fermer/organisation/{place.mission.uid}/",
        "intervenir": f"/pro/intervenir/{place.mission.uid}/?q=gap",
        "intervenir-depuis": f"/pro/intervenir/{place.mission.uid}/departement/05/",
        "structure-tenue": f"/structures/{place.mission.uid}/",
        "lieu-tenu": f"/lieux/{place.site.uid}/",
        "ajouter-contact": f"/pro/ajouter/contact/{place.mission.uid}/",
    }
    for name, path in paths.items():
        check_page(signed_in(page, place, path), name)


def test_answers_come_while_typing_with_the_keyboard_alone(place: World, open_page: OpenPage) -> None:
    page = signed_in(open_page("/lieux/"), place, "/pro/")
    page.keyboard.type("lo")  # the field has the focus when the page opens
    page.wait_for_selector("text=Nadia Martin")
    assert page.evaluate("document.activeElement.id") == "q"
    stops = tab_stops(page)
    assert not [stop for stop in stops if stop.startswith("SANS FOCUS")]
    assert any("04" in stop and "Appeler" in stop for stop in stops)


def test_everything_works_without_javascript(place: World, open_page: OpenPage) -> None:
    page = open_page("/lieux/", script=False)
    page.fill("#q", "brian")
    page.click("button:has-text('Chercher')")
    assert "Agence de Briançon" in page.inner_text("#resultats")
    page = signed_in(page, place, "/pro/")
    page.fill("#q", "logement")
    page.click("button:has-text('Chercher')")
    assert "Nadia Martin" in page.inner_text("#reponses")


def test_pages_of_who_animates_have_no_violation(place: World, open_page: OpenPage, check_page: CheckPage) -> None:
    make_member(place.bruno, place.mission, Role.COORDINATOR)
    page = open_page("/lieux/")
    paths = {
        "accord-ou": "/pro/accords/nouveau/?q=gap",
        "accord-nouveau": "/pro/accords/nouveau/departement/05/",
    }
    for name, path in paths.items():
        check_page(signed_in(page, place, path), name)
