"""Bruno and Awa's file, as the pages of the plan see them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from ensemblier.journey.actions.links import accept_invitation, invite
from tests.factories.accounts import make_person_account, sign_in_person
from tests.factories.journey import MONDAY
from tests.web.conftest import OpenPage
from tests.web.files.conftest import Files, make_files

OpenFile = Callable[[str], Page]


@pytest.fixture
def ground(db: None) -> Files:
    """The rows, in a transaction of the test."""
    return make_files()


@pytest.fixture
def bruno_opens(transactional_db: None, open_page: OpenPage) -> tuple[Files, OpenFile]:
    """Bruno signed in, in a browser: `opens(address below the file)`."""
    files = make_files()
    cookie = files.client(files.bruno).cookies[settings.SESSION_COOKIE_NAME].value
    page = open_page("/connexion/")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url.removesuffix("connexion/")}]
    )

    def opens(address: str) -> Page:
        page.goto(files.path + address, wait_until="load")
        return page

    return files, opens


def linked_browser(files: Files) -> Client:
    """Awa in her own space, to which she linked the file that Bruno holds."""
    account = make_person_account()
    invitation = invite(files.person.uid, by=files.bruno, at=MONDAY)
    accept_invitation(invitation.token, invitation.code, account_id=account.id, at=MONDAY)
    client = Client()
    sign_in_person(client, account)
    return client


@pytest.fixture
def awa_opens(bruno_opens: tuple[Files, OpenFile], open_page: OpenPage) -> tuple[Files, OpenFile]:
    """Awa in her own space, in a browser: `opens(address below her file)`."""
    files, _opens = bruno_opens
    cookie = linked_browser(files).cookies[settings.PERSON_COOKIE_NAME].value
    page = open_page("/connexion/")
    origin = page.url.removesuffix("connexion/")
    page.context.add_cookies([{"name": settings.PERSON_COOKIE_NAME, "value": cookie, "url": origin}])

    def opens(address: str) -> Page:
        page.goto(f"/mon-espace/dossiers/{files.person.uid}/{address}", wait_until="load")
        return page

    return files, opens
