"""The phone desk: a call in two screens and few keys, counted without identity, never left without an answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import CallbackRequest
from ensemblier.journey.models import LevelOneContact, QueueEntry
from tests.factories.accounts import make_member, make_user
from tests.web.conftest import CheckPage, OpenPage
from tests.web.world import World, make_world

CALL, DOORS, KEEP = "/accueil/appel/", "/accueil/appel/portes/", "/accueil/appel/garder/"
PHONE = "0492530000"
MAX_KEYS, MAX_SCREENS = 25, 2


def make_dounia(world: World) -> User:
    """Who takes the calls at the Mission locale."""
    dounia = make_user("Dounia")
    make_member(dounia, world.mission, Role.DESK)
    return dounia


def said(world: World, **fields: str) -> dict[str, str]:
    """What the second screen posts."""
    return {"commune": "Gap", "situation": "1", "acting_for": str(world.mission.pk), **fields}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def desk(world: World) -> Client:
    client = Client()
    client.force_login(make_dounia(world))
    return client


def test_the_second_screen_numbers_the_doors_and_a_call_back(desk: Client) -> None:
    page = desk.post(DOORS, {"commune": "Gap", "situation": "13"})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    words = page.content.decode()
    assert "<code>1</code>" in words
    assert "<code>0</code>" in words


def test_a_door_and_a_number_are_booked_there(desk: Client, world: World) -> None:
    page = desk.post(KEEP, said(world, porte="1", telephone=PHONE))
    assert page.status_code == 302
    contact = LevelOneContact.objects.get()
    assert (contact.answer, contact.channel, contact.statuses, contact.commune_id) == (
        "door",
        "phone",
        ["jobseeker"],
        "05061",
    )
    assert CallbackRequest.objects.get().organisation == world.travail
    assert PHONE not in contact.request + contact.given


def test_a_number_alone_waits_in_the_guichets_queue(desk: Client, world: World) -> None:
    desk.post(KEEP, said(world, porte="0", telephone=PHONE, mots="veut se former"))
    entry = QueueEntry.objects.get()
    assert (entry.phone, entry.need, LevelOneContact.objects.get().answer) == (PHONE, "veut se former", "call_back")


def test_twice_the_same_click_is_one_call(desk: Client, world: World) -> None:
    key = "12345678-1234-5678-1234-567812345678"
    for _ in range(3):
        desk.post(KEEP, said(world, porte="0", telephone=PHONE, cle=key))
    assert (LevelOneContact.objects.count(), QueueEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"porte": "", "telephone": ""}, "Donnez une porte"), ({"porte": "8x"}, "Tapez le chiffre")],
)
def test_nothing_is_kept_by_halves_and_nothing_typed_is_lost(
    desk: Client, world: World, fields: dict[str, str], words: str
) -> None:
    page = desk.post(KEEP, said(world, **fields))
    assert page.status_code == 400
    assert words in page.content.decode()
    assert not LevelOneContact.objects.exists()


def test_a_commune_that_nobody_knows_is_said(desk: Client) -> None:
    assert desk.post(DOORS, {"commune": "zzzz", "situation": ""}).status_code == 400


class Keys:
    """Types on the keyboard alone, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += len(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1


@pytest.fixture
def place(live_server: Any) -> Iterator[World]:
    yield make_world()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("door", "answer"), [("1", "door"), ("0", "call_back")])
def test_a_call_takes_two_screens_and_few_keys(
    place: World, open_page: OpenPage, check_page: CheckPage, door: str, answer: str
) -> None:
    """Counted: every key pressed and every page loaded, from the first letter to the next call, without a mouse."""
    page = open_page("/lieux/", script=door == "1")
    client = place.client(make_dounia(place))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    page.goto(CALL)
    screens, keys = 1, Keys(page)
    page.wait_for_selector("[name=commune]:focus")  # a busy machine gives the focus a moment after the page
    keys.type("gap")
    keys.press("Tab")
    keys.type("1")
    keys.press("Enter")
    page.wait_for_url("**/portes/")
    screens += 1
    if door == "1":
        check_page(page, "accueil-portes")
        page.focus("[name=porte]")
    page.wait_for_selector("[name=porte]:focus")
    keys.type(door)
    keys.press("Tab")
    keys.type(PHONE)
    keys.press("Enter")
    page.wait_for_url(f"**{CALL}")
    print(f"{answer}: {keys.count} keys, {screens} screens")
    assert keys.count <= MAX_KEYS
    assert screens <= MAX_SCREENS
    assert LevelOneContact.objects.get().answer == answer
    page.wait_for_selector("[name=commune]:focus")
    if door == "1":
        check_page(page, "accueil-appel")
