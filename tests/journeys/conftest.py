"""Stories told in Chromium from both sides: an adviser's window and the person's, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from ensemblier.accounts.core.views import PersonAccountView
from ensemblier.journey.actions.links import accept_invitation, invite
from ensemblier.kernel.actor import Actor
from tests.factories.accounts import make_person_account, sign_in_person
from tests.factories.directory import make_offer, make_organisation, make_site
from tests.web.conftest import CheckPage, OpenPage, check_page, chromium, open_page
from tests.web.relays.conftest import Desks, make_desks

__all__ = ["check_page", "chromium", "open_page"]


@dataclass
class Stage:
    """The windows of a story. Each page shown is checked (axe, 320 to 1280 px) and pictured."""

    desks: Desks
    account: PersonAccountView
    open_page: OpenPage
    check: CheckPage
    origin: str

    def adviser(self, actor: Actor, path: str) -> Page:
        """The window of an adviser."""
        return self._window(self.desks.client(actor), settings.SESSION_COOKIE_NAME, path)

    def awa(self, path: str = "/mon-espace/") -> Page:
        """Awa's window, in her own space."""
        client = Client()
        sign_in_person(client, self.account)
        return self._window(client, settings.PERSON_COOKIE_NAME, path)

    def _window(self, client: Client, cookie: str, path: str) -> Page:
        page = self.open_page("/regles/")
        page.context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": self.origin}])
        page.goto(self.origin + path)
        return page


def click(page: Page, name: str, role: str = "button") -> None:
    """One click, then the page that follows."""
    page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
    page.wait_for_load_state()


@pytest.fixture
def stage(open_page: OpenPage, check_page: CheckPage, live_server: Any, transactional_db: None) -> Iterator[Stage]:
    """Bruno holds Awa's file, which she linked to her space; two doors for the young are open near her."""
    desks = make_desks()
    make_offer(make_site(make_organisation("Antenne jeunes de Gap", network="mission-locale"), name="Antenne jeunes"))
    account, at = make_person_account(), timezone.now()
    invitation = invite(desks.episode.person.uid, by=desks.bruno, at=at)
    accept_invitation(invitation.token, invitation.code, account_id=account.id, at=at)
    yield Stage(desks, account, open_page, check_page, live_server.url)
