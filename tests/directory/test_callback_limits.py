"""One machine does not fill the queues of those who call; a mark of it is kept a day, never its address."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from ensemblier.directory.actions import callbacks
from ensemblier.directory.actions.callbacks import CALLBACKS_PER_MACHINE, CallbackDraft, Visit, ask_callback
from ensemblier.directory.models import CallbackOrigin, CallbackRequest
from ensemblier.kernel.errors import RuleViolated
from ensemblier.kernel.orm.fingerprints import fingerprint, machine_of
from tests.factories.directory import make_networks
from tests.factories.territory import GAP, make_commune

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIBRARY, HOME = "203.0.113.7", "198.51.100.9"


def ask(number: int, address: str, at: datetime = NOON) -> None:
    """Another telephone number each time."""
    ask_callback(CallbackDraft(f"04925{number:05}", GAP.code), on=ON, visit=Visit(address, at))


def fill(address: str, at: datetime = NOON) -> None:
    for number in range(CALLBACKS_PER_MACHINE):
        ask(number, address, at)


def test_a_machine_that_asks_too_often_is_told_what_to_do_and_nothing_more_is_stored() -> None:
    make_commune(GAP)
    fill(LIBRARY)
    with pytest.raises(RuleViolated, match="numéro de votre région"):
        ask(900, LIBRARY)
    assert CallbackRequest.objects.count() == CALLBACKS_PER_MACHINE == CallbackOrigin.objects.count()
    ask(901, HOME)  # the next visitor is not concerned


def test_it_may_ask_again_the_next_day_and_its_mark_is_gone() -> None:
    make_commune(GAP)
    fill(LIBRARY)
    ask(900, HOME, NOON + timedelta(hours=25))
    assert CallbackOrigin.objects.count() == 1
    ask(901, LIBRARY, NOON + timedelta(hours=25))
    callbacks.purge_callbacks(now=NOON + timedelta(hours=50))
    assert not CallbackOrigin.objects.exists()
    assert CallbackRequest.objects.exists()


def test_without_the_count_the_queue_would_fill(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault."""
    make_commune(GAP)
    monkeypatch.setattr(callbacks, "_count", lambda _visit: None)
    fill(LIBRARY)
    ask(900, LIBRARY)
    assert CallbackRequest.objects.count() == CALLBACKS_PER_MACHINE + 1


def test_no_address_is_stored() -> None:
    make_commune(GAP)
    ask(1, LIBRARY)
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(o)::text from directory_callbackorigin o")
        row = cursor.fetchone()[0]
    assert LIBRARY not in row
    assert fingerprint(LIBRARY, purpose="callback") in row
    assert fingerprint(LIBRARY, purpose="callback") != fingerprint(LIBRARY, purpose="sign-in")


@pytest.mark.parametrize(
    ("address", "machine"),
    (
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ),
)
def test_a_machine_of_ipv6_is_its_network(address: str, machine: str) -> None:
    assert machine_of(address) == machine


@pytest.fixture
def doors(db: None) -> None:
    make_networks()
    make_commune(GAP)


def post(client: Client, number: int, **sent: str) -> int:
    asked = {"tel": f"04925{number:05}", "qui": "mission_locale", "commune_code": GAP.code}
    return client.post("/rappel/", asked, **sent).status_code  # type: ignore[arg-type]  # headers of the WSGI


def test_the_page_counts_machines(client: Client, doors: None) -> None:
    answers = [post(client, number, REMOTE_ADDR=LIBRARY) for number in range(CALLBACKS_PER_MACHINE + 1)]
    assert answers == [302] * CALLBACKS_PER_MACHINE + [400]
    assert post(client, 900, REMOTE_ADDR=HOME) == 302


def test_behind_a_proxy_of_ours_visitors_are_told_apart_and_cannot_lie(
    client: Client, doors: None, settings: object
) -> None:
    settings.TRUSTED_PROXIES = frozenset({"10.0.0.1"})  # type: ignore[attr-defined]
    for number in range(CALLBACKS_PER_MACHINE):
        post(client, number, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {LIBRARY}")
    assert post(client, 900, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.200, {LIBRARY}") == 400
    assert post(client, 901, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=HOME) == 302
    assert (
        post(client, 902, REMOTE_ADDR=LIBRARY, HTTP_X_FORWARDED_FOR=HOME) == 400
    )  # no proxy: its word is worth nothing
