"""Public pages once seen are read again without a network; answers and pages of accounts never are."""

from typing import Any

import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_once_seen_stays_readable_and_an_answer_never_does(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR")
    page = context.new_page()
    page.goto("/mes-droits/")
    page.evaluate("navigator.serviceWorker.ready.then(() => new Promise((done) => setTimeout(done, 300)))")
    page.goto("/mes-droits/")
    page.goto("/connexion/")
    page.goto("/")
    page.get_by_role("button", name="Voir qui peut m’accompagner").wait_for()
    context.set_offline(True)

    page.goto("/mes-droits/")
    assert page.locator("h1").inner_text() == "Mes droits"
    page.goto("/connexion/")
    assert page.locator("h1").inner_text() == "Pas de réseau pour le moment"
    kept = page.evaluate("caches.open('ensemblier-1').then((s) => s.keys()).then((k) => k.map((r) => r.url))")
    assert any(url.endswith("/mes-droits/") for url in kept)
    assert not any("/connexion/" in url or "/reponse/" in url or "/pro/" in url for url in kept)
    context.close()
