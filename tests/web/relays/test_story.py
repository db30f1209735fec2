"""A relay from both sides in Chromium: screens and clicks are counted, pages are checked and pictured."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from ensemblier.journey.models import Relay, RelayEvent
from ensemblier.kernel.actor import Actor
from tests.web.conftest import CheckPage, OpenPage
from tests.web.relays.conftest import NAME, Desks, make_desks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(live_server: Any) -> Iterator[Desks]:
    """The rows, committed."""
    yield make_desks()


@dataclass
class Counted:
    """A browser that counts what the adviser does: pages that she sees, clicks that she makes."""

    page: Page
    screens: list[str] = field(default_factory=list)
    clicks: int = 0

    def sees(self) -> None:
        """One more screen, by its heading."""
        self.screens.append(self.page.locator("h1").inner_text())

    def click(self, name: str, role: str = "button") -> None:
        """One click, then the page that follows."""
        self.clicks += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()


def signed_in(open_page: OpenPage, place: Desks, actor: Actor, path: str, **how: Any) -> Page:
    """The browser of that adviser, on that page."""
    page = open_page("/regles/", **how)
    cookie = place.client(actor).cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    page.goto(origin + path)
    return page


@dataclass
class Pictures:
    """Checks and pictures each page, when the browser runs scripts (axe does)."""

    check: CheckPage
    is_on: bool

    def take(self, page: Page, name: str) -> None:
        """One page."""
        if self.is_on:
            self.check(page, name)


@pytest.mark.parametrize("script", [True, False])
def test_sent_in_three_screens_and_answered_in_two_clicks(
    open_page: OpenPage, check_page: CheckPage, place: Desks, script: bool
) -> None:
    pictures, file = Pictures(check_page, script), f"/dossiers/{place.episode.person.uid}/relais/"
    sending = Counted(signed_in(open_page, place, place.bruno, file, script=script))
    sends(sending, pictures)
    assert len(sending.screens) == 3, sending.screens
    answering = Counted(signed_in(open_page, place, place.chloe, "/relais/", script=script))
    answers(answering, pictures)
    assert answering.clicks == 2
    relay = Relay.objects.get()
    assert (relay.state, relay.sent == relay.shown, relay.adviser_id) == ("accepted", True, place.chloe.user_id)
    sending.page.reload()
    assert "Rendez-vous proposé" in sending.page.content()
    print(f"\n  relay: {len(sending.screens)} screens to send, {answering.clicks} clicks to answer")  # noqa: T201
    closes(answering.page, relay)
    pictures.take(answering.page, "relais-termine")


def sends(sending: Counted, pictures: Pictures) -> None:
    """Bruno, with Awa beside him: whom and what, the text and her agreement, it has left."""
    page = sending.page
    sending.click("Préparer un relais", "link")
    sending.sees()
    pictures.take(page, "relais-a-qui")
    page.get_by_role("radio", name="Mission locale").first.check()
    page.locator("input[name=kind][value=transfer]").check()
    page.get_by_label("Le besoin").select_option("training")
    page.get_by_label("Où on en est").fill("Awa a un devis de formation, la Région répond en janvier.")
    page.get_by_label("Partager : situation").check()
    page.get_by_label("Partager : compétences et projet").check()
    sending.click("Relire avec la personne")
    sending.sees()
    pictures.take(page, "relais-relire")
    assert "Je voudrais devenir soudeuse." in page.locator(".e-letter").inner_text()
    page.get_by_label("Sur papier").check()
    page.get_by_label("Où se trouve la page signée").fill("classeur 3, page 12")
    sending.click("Envoyer avec son accord")
    sending.sees()
    assert "Envoyé" in page.locator(".e-head").inner_text()
    pictures.take(page, "relais-parti")


def answers(answering: Counted, pictures: Pictures) -> None:
    """Chloé, from her list: in hand, accepted."""
    assert NAME not in answering.page.content()
    pictures.take(answering.page, "relais-arrivee")
    answering.click("Prendre en main")
    assert NAME in answering.page.content()
    pictures.take(answering.page, "relais-pris-en-main")
    answering.click("Accepter et proposer ce rendez-vous")


def closes(desk: Page, relay: Relay) -> None:
    """The first meeting, the file that opens with it, the end."""
    desk.get_by_role("button", name="Noter le rendez-vous").click()
    desk.wait_for_load_state()
    assert desk.get_by_role("link", name="Votre dossier de la personne").count() == 1
    desk.get_by_label("l’accompagnement a commencé").check()
    desk.get_by_role("button", name="Terminer").click()
    desk.wait_for_load_state()
    relay.refresh_from_db()
    assert (relay.state, RelayEvent.objects.filter(relay=relay).count()) == ("completed", 5)


def test_a_decline_comes_back_and_the_queue_takes_it_over(
    open_page: OpenPage, check_page: CheckPage, place: Desks
) -> None:
    place.sent()
    desk = Counted(signed_in(open_page, place, place.chloe, "/relais/"))
    desk.click("Décliner", "link")
    check_page(desk.page, "relais-sans-nom")
    desk.page.get_by_label("plus de place avant longtemps").check()
    desk.clicks += 1
    desk.click("Décliner sans piste connue")
    assert desk.clicks == 3
    source = signed_in(open_page, place, place.bruno, "/relais/")
    assert "Revenus vers vous" in source.content()
    check_page(source, "relais-revenus")
    source.get_by_role("link", name=NAME).first.click()
    source.wait_for_load_state()
    check_page(source, "relais-decline")
    source.goto(source.url.split("/relais/")[0] + "/guichet/")
    source.get_by_role("button", name="Je m’en occupe").click()
    source.wait_for_load_state()
    check_page(source, "relais-file-du-guichet")
    print(f"\n  relay: {desk.clicks} clicks to decline")  # noqa: T201
