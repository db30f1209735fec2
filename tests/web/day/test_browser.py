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


@pytest.mark.parametrize("width", [1280, 1024, 360])
def test_the_menu_stays_on_one_line_and_works_by_keyboard(width: int, desk: Desk, open_page: OpenPage) -> None:
    page = open_page("/regles/", width=width)
    cookie = client_of(desk.bruno.user_id).cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    page.goto("/ma-journee/")
    tops = page.eval_on_selector_all(
        ".e-nav-pro > .e-nav > li, .e-more > summary",
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().top)",
    )
    assert len(tops) >= 3 and max(tops) - min(tops) < 8
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".e-more > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".e-more a:visible").count() >= 2
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.e-more a')")
    page.keyboard.press("Escape")
    assert page.locator(".e-more a:visible").count() == 0
    assert page.evaluate("document.activeElement.matches('.e-more > summary')")
