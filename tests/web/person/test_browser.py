"""Every page of the space in Chromium: axe, 320 to 1280 px, pictures; and choosing without JavaScript."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from ensemblier.journey.models import Consent
from tests.factories.person_space import Space, make_proposed, make_space
from tests.web.conftest import CheckPage, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]


@pytest.fixture
def awa(open_page: OpenPage, live_server: Any) -> tuple[Space, Page]:
    """Awa's space, and her browser in it."""
    space = make_space()
    page = open_page("/", wait=False, script=False)
    name = settings.PERSON_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": space.client().cookies[name].value, "url": live_server.url}])
    return space, page


def test_she_chooses_a_door_ticks_and_sends_without_javascript(awa: tuple[Space, Page], check_page: CheckPage) -> None:
    space, page = awa
    make_proposed(space)
    page.goto("/mon-espace/")
    page.get_by_role("link", name="Relire et décider").first.click()
    page.get_by_label("Mission locale de Gap").check()
    page.get_by_role("button", name="Continuer").click()
    assert page.locator("input[type=checkbox]:checked").count() == 0
    page.get_by_role("button", name="Je suis d’accord").click()
    assert "Cochez au moins une chose" in page.content()
    page.get_by_label("mon nom et le moyen de me joindre").check()
    page.get_by_role("button", name="Je suis d’accord").click()
    assert "C’est envoyé" in page.content()
    assert Consent.objects.get().categories == ["identity"]
