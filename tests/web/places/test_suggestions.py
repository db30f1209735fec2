"""A correction suggested by anyone: no account, no robot, nothing lost."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from ensemblier.directory.models import Suggestion
from ensemblier.web.forms import Trap
from tests.web.world import World

pytestmark = pytest.mark.django_db
GOOD = {"field": "phone", "proposed_value": "04 92 00 00 99", "message": "", "author_label": "Awa", "author_email": ""}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> str:
    """The mark of a form that was shown long enough ago."""
    monkeypatch.setattr(Trap, "MIN_SECONDS", -1)
    return signing.TimestampSigner(salt=Trap.SALT).sign("1")


def send(client: Client, world: World, **data: Any) -> Any:
    return client.post(f"/corriger/site/{world.site.uid}/", GOOD | data)


def test_awa_suggests_without_an_account(world: World, shown: str) -> None:
    answer = send(world.client(), world, shown=shown)
    assert "Merci" in answer.content.decode()
    row = Suggestion.objects.get()
    assert (row.field, row.proposed_value, row.author_label) == ("phone", "04 92 00 00 99", "Awa")


def test_the_site_itself_does_not_change(world: World, shown: str) -> None:
    send(world.client(), world, shown=shown)
    world.site.refresh_from_db()
    assert world.site.phone == "+33492000000"


def test_a_wrong_value_keeps_what_was_typed(world: World, shown: str) -> None:
    answer = send(world.client(), world, shown=shown, proposed_value="pas un numéro", message="Appelez plutôt ici")
    assert answer.status_code == 400
    assert "Appelez plutôt ici" in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_nothing_to_say_is_told(world: World, shown: str) -> None:
    answer = send(world.client(), world, shown=shown, field="", proposed_value="", message="")
    assert "Dites ce qui n" in answer.content.decode()


@pytest.mark.parametrize("data", [{"website_url": "http://spam"}, {"shown": ""}, {"shown": "1:made:up"}])
def test_a_robot_is_stopped(world: World, shown: str, data: dict[str, str]) -> None:
    answer = send(world.client(), world, **({"shown": shown} | data))
    assert answer.status_code == 400
    assert not Suggestion.objects.exists()


def test_too_fast_is_a_robot(world: World) -> None:
    answer = send(world.client(), world, shown=signing.TimestampSigner(salt=Trap.SALT).sign("1"))
    assert answer.status_code == 400
    assert not Suggestion.objects.exists()


def test_contacts_and_offers_have_no_such_form(world: World) -> None:
    assert world.client().get(f"/corriger/contact/{world.contact.uid}/").status_code == 404
