"""« Ma journée » in chromium."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.factories.journey import Desk, make_desk_of_two, make_sent
from tests.web.conftest import CheckPage, OpenPage
from tests.web.day.test_day import add, client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(live_server: Any) -> Iterator[Desk]:
    """A relay sent by Bruno to Chloé, two steps and two meetings of his."""
    two = make_desk_of_two()
    person = make_sent(two).person
    for number in (1, 2):
        add(two, person, number)
    yield two


@pytest.mark.parametrize("who", ["bruno", "chloe"])
def test_the_day_has_no_violation(who: str, desk: Desk, open_page: OpenPage, check_page: CheckPage) -> None:
    page = open_page("/regles/")
    cookie = client_of(getattr(desk, who).user_id).cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    page.goto("/ma-journee/")
    assert "/ma-journee/" in page.url
    check_page(page, f"ma-journee-{who}")
