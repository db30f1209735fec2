"""Bruno and Awa's file, as the pages of the plan see them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page

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
