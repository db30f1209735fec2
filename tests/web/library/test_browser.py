"""The pages of the library opened in chromium: axe, 320 to 1280 px, without JavaScript; and their pictures."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.actions.demonstration import open_demonstration_accounts
from ensemblier.accounts.models import User
from ensemblier.accounts.queries.demonstration import demonstration_actor
from ensemblier.animation.actions.demonstration import load_demonstration_animation
from ensemblier.library.actions.demonstration import load_demonstration_library
from ensemblier.library.actions.founding import deposit_founding_texts
from ensemblier.library.actions.shelves import KeptSearch, keep_search, toggle_bookmark
from ensemblier.library.core.searches import Rhythm, Shelf
from ensemblier.library.models import Resource
from tests.factories.accounts import PASSWORD
from tests.factories.demonstration import make_demonstration
from tests.web.conftest import CheckPage, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shelves(live_server: Any) -> None:
    """The founding texts, the fictitious resources, and what Bruno keeps, committed."""
    make_demonstration()
    open_demonstration_accounts(password=PASSWORD)
    on = timezone.localdate()
    deposit_founding_texts(on=on)
    load_demonstration_library(on=on)
    load_demonstration_animation(now=timezone.now())
    bruno = demonstration_actor("conseil@example.org", "mission-locale", on=on)
    toggle_bookmark(_of("halshs-02894754"), actor=bruno, at=timezone.now())
    wanted = KeptSearch("saisonniers", Shelf.LIBRARY, Rhythm.WEEKLY)
    keep_search(wanted, actor=bruno, at=timezone.now())


def _of(identifier: str) -> Any:
    return Resource.objects.get(identifier=identifier).uid


def test_public_pages_have_no_violation(shelves: None, open_page: OpenPage, check_page: CheckPage) -> None:
    paths = {
        "bibliotheque": "/bibliotheque/",
        "bibliotheque-reponses": "/bibliotheque/?q=saisoniers",
        "bibliotheque-precise": "/bibliotheque/?q=cahier+des+charges&kind=law&zone=departement:05",
        "bibliotheque-rien": "/bibliotheque/?q=xyzzyx",
        "bibliotheque-court": "/bibliotheque/?q=a",
        "notice-etude": f"/bibliotheque/{_of('halshs-02894754')}/",
        "notice-abrogee": f"/bibliotheque/{_of('arrete-2014-07-16')}/",
        "notice-membres": f"/bibliotheque/{_of('exemple-fictif-3')}/",
        "notice-video": f"/bibliotheque/{_of('exemple-fictif-1')}/?t=43#passage",
        "territoire-ressources": "/territoires/departement/05/animation/",
    }
    page = open_page("/bibliotheque/", script=True)
    for name, path in paths.items():
        page.goto(path)
        check_page(page, name)


def test_pages_of_an_adviser_have_no_violation(shelves: None, open_page: OpenPage, check_page: CheckPage) -> None:
    client = Client()
    client.force_login(User.objects.get(email="conseil@example.org"))
    own = f"/bibliotheque/{_of('exemple-fictif-3')}/"
    paths = {
        "pro-bibliotheque": "/bibliotheque/",
        "pro-bibliotheque-reponses": "/bibliotheque/?q=premier+entretien",
        "pro-bibliotheque-gardees": "/bibliotheque/gardees/",
        "pro-bibliotheque-deposees": "/bibliotheque/deposees/",
        "pro-bibliotheque-deposer": "/bibliotheque/deposer/",
        "pro-notice": own,
        "pro-notice-modifier": own + "modifier/",
        "pro-notice-joindre": own + "joindre/",
        "pro-notice-transcription": own + "transcription/",
        "pro-notice-retirer": own + "retirer/",
    }
    page = open_page("/bibliotheque/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    for name, path in paths.items():
        page.goto(path)
        assert "/connexion/" not in page.url
        check_page(page, name)
