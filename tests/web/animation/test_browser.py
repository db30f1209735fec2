"""The pages of the animation opened in chromium: axe, 320 to 1280 px, without JavaScript; and their pictures."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.actions.demonstration import open_demonstration_accounts
from ensemblier.accounts.models import User
from ensemblier.animation.actions.demonstration import load_demonstration_animation
from ensemblier.animation.models import Cell, Event, Problem, Question, Registration, WorkingGroup
from tests.factories.accounts import PASSWORD
from tests.factories.demonstration import make_demonstration
from tests.web.conftest import CheckPage, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = "/territoires/departement/05/"


@pytest.fixture
def demonstration(live_server: Any) -> None:
    """The demonstration territory and its life, committed, so that the live server sees it."""
    make_demonstration()
    open_demonstration_accounts(password=PASSWORD)
    load_demonstration_animation(now=timezone.now())


def test_public_pages_have_no_violation(demonstration: None, open_page: OpenPage, check_page: CheckPage) -> None:
    forum = Event.objects.get(kind="public_forum")
    seat = Registration.objects.order_by("pk")[0]
    held = Registration.objects.filter(attended=True).order_by("pk")[0]
    paths = {
        "agenda": "/agenda/",
        "agenda-forum": f"/agenda/{forum.uid}/",
        "agenda-inscription": f"/agenda/inscription/{seat.link_key}/",
        "agenda-avis": f"/agenda/inscription/{held.link_key}/",
        "animation-territoire": PLACE + "animation/",
        "animation-qui": PLACE + "animation/qui-fait-quoi/",
        "animation-probleme": f"/animation/probleme/{Problem.objects.get().uid}/",
        "quitter": f"/quitter/{seat.uid}/",
    }
    page = open_page("/agenda/", script=True)
    for name, path in paths.items():
        page.goto(path)
        check_page(page, name)


def test_pages_of_the_coordinator_have_no_violation(
    demonstration: None, open_page: OpenPage, check_page: CheckPage
) -> None:
    client = Client()
    client.force_login(User.objects.get(email="animation@example.org"))
    workshop = Event.objects.get(kind="cross_presentation")
    group, cell = WorkingGroup.objects.get(), Cell.objects.get()
    paths = {
        "pro-animation": "/animation/?q=gap",
        "pro-boucles": "/relais/boucles/",
        "pro-territoire": PLACE + "animation/",
        "pro-cellule": f"/animation/cellule/{cell.uid}/",
        "pro-groupe": f"/animation/groupe/{group.uid}/",
        "pro-atelier": f"/agenda/{workshop.uid}/",
        "pro-presences": f"/agenda/{Event.objects.get(kind='posture_seminar').uid}/presences/",
        "pro-evenement": PLACE + "agenda/nouveau/",
        "pro-nouveau-probleme": PLACE + "animation/nouveau/probleme/",
        "pro-ajouter": f"/animation/groupe/{group.uid}/engagement/ajouter/",
        "pro-mois": "/animation/question-du-mois/",
        "pro-cooperations": "/animation/cooperations/",
        "pro-carte": "/animation/ma-carte/",
        "pro-kit": PLACE + "animation/kit/",
        "pro-questions": "/questions/",
        "pro-question": f"/questions/{Question.objects.get().uid}/",
    }
    page = open_page("/agenda/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    for name, path in paths.items():
        page.goto(path)
        assert "/connexion/" not in page.url
        check_page(page, name)
