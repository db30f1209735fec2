"""An adviser brings her list by the page: looked at first, taken in on her word, given back as a file."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ensemblier.journey.models import Person
from tests.factories.accounts import make_member, make_user
from tests.web.conftest import CheckPage, OpenPage
from tests.web.world import World, make_world

PAGE = "/dossiers/importer/"
LIST = "Prénom;Nom;Commune;Couleur\nAwa;Diallo;Gap;bleu\nMalo;Le Gall;;vert\n"


def make_adviser(world: World) -> Client:
    nadia = make_user("Nadia")
    make_member(nadia, world.mission)
    client = Client()
    client.force_login(nadia)
    return client


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("liste.csv", text.encode(), content_type="text/csv")


@pytest.mark.django_db
def test_looked_at_then_taken_in_then_given_back() -> None:
    world = make_world()
    client, acting = make_adviser(world), {"acting_for": str(world.mission.pk)}
    page = client.post(PAGE, acting | {"file": upload(LIST)})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "2 dossiers seraient ouverts" in page.content.decode()
    assert not Person.objects.exists()
    seen = page.context["seen"]
    assert client.post(PAGE, acting | {"seen": seen}).status_code == 302
    assert Person.objects.count() == 2
    client.post(PAGE, acting | {"seen": seen})
    assert Person.objects.count() == 2
    back = client.get(f"{PAGE}retour/")
    assert "Diallo" in back.content.decode("utf-8-sig")


@pytest.mark.django_db
def test_a_look_that_was_changed_takes_nothing_in() -> None:
    world = make_world()
    client, acting = make_adviser(world), {"acting_for": str(world.mission.pk)}
    page = client.post(PAGE, acting | {"file": upload(LIST)})
    assert client.post(PAGE, acting | {"seen": page.context["seen"][:-3] + "abc"}).status_code == 400
    assert client.post(PAGE, acting | {"file": upload("couleur\nbleu\n")}).status_code == 400
    assert not Person.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser(live_server: Any, open_page: OpenPage, check_page: CheckPage) -> None:
    client = make_adviser(make_world())
    page = open_page("/lieux/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(PAGE)
    for name, text in (("corriger", "Prénom\nAwa3\n"), ("verifier", LIST)):
        page.set_input_files("input[type=file]", {"name": "l.csv", "mimeType": "text/csv", "buffer": text.encode()})
        page.get_by_role("button", name="Vérifier").click()
        check_page(page, f"liste-{name}")
    page.get_by_role("button", name="Ouvrir ces dossiers").click()
    page.wait_for_url("**/dossiers/")
    assert Person.objects.count() == 2
