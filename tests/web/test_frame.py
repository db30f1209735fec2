"""The frame of every page: accessible, by keyboard, without script; no cookie, nothing from outside."""

from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import DESK, PHONE, CheckPage, OpenPage, tab_stops, violations

PUBLIC = (
    *("/", "/widget/", "/hors-ligne/", "/connexion/", "/rappel/", "/rappel/demande/", "/mes-droits/", "/regles/"),
    *("/accessibilite/", "/vos-donnees/", "/integrer/"),
)

pytestmark = pytest.mark.django_db


@pytest.mark.browser
@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.django_db(transaction=True)
def test_page_is_accessible_at_every_width(open_page: OpenPage, check_page: CheckPage, path: str) -> None:
    check_page(open_page(path), "frame-" + (path.strip("/").replace("/", "-") or "accueil"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_sees_a_seeded_fault(open_page: OpenPage) -> None:
    """The check would see a picture without words and a field without label."""
    page = open_page("/connexion/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><input>')")
    assert {v.split(":")[0] for v in violations(page)} >= {"image-alt", "label"}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_keyboard_reaches_everything_with_a_visible_focus(open_page: OpenPage) -> None:
    stops = tab_stops(open_page("/", width=PHONE))
    assert stops[0] == "Aller au contenu"
    assert any("Voir qui peut" in stop for stop in stops)
    assert any(stop == "English" for stop in stops)
    assert [stop for stop in stops if stop.startswith("SANS FOCUS")] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_asks_nothing_from_outside_and_logs_no_error(open_page: OpenPage, live_server: Any) -> None:
    page = open_page("/hors-ligne/", width=DESK)
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto("/")
    assert asked and all(url.startswith(live_server.url) for url in asked)
    assert errors == []


@pytest.mark.parametrize(
    "path", (*(p for p in PUBLIC if p != "/connexion/"), "/manifest.webmanifest", "/service-worker.js")
)
def test_public_pages_set_no_cookie_and_open_no_session(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_only_the_widget_may_be_framed(client: Client) -> None:
    framed, other = client.get("/widget/"), client.get("/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_missing_page_says_what_to_do(client: Client) -> None:
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert "Trouver qui peut m’accompagner" in response.content.decode()


def test_language_is_kept_in_a_cookie_and_never_leads_outside(client: Client) -> None:
    response = client.get("/langue/en/", {"vers": "https://ailleurs.example/"})
    assert response["Location"] == "/"
    assert client.cookies["django_language"].value == "en"
    assert '<html lang="en">' in client.get("/").content.decode()
    assert client.get("/langue/tlh/").status_code == 404


def test_signing_in_with_a_wrong_password_keeps_the_address(client: Client) -> None:
    response = client.post("/connexion/", {"username": "awa@exemple.test", "password": "faux"})
    body = response.content.decode()
    assert response.status_code == 200
    assert "awa@exemple.test" in body
    assert "n’est pas le bon" in body
