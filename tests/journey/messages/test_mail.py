"""An answer by mail: a message on the relay, from whom the secret address was made for, and never a state."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.mail import receive_mail
from ensemblier.journey.core.replies import reply_address
from ensemblier.journey.models import Relay, RelayMessage
from ensemblier.kernel.errors import NotAllowed, NotFound
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_sent, order_for

pytestmark = pytest.mark.django_db
BASE, LATER = "relais@ens.exemple.fr", MONDAY + timedelta(hours=2)


def letter(sender: str, to: str, body: str = "Oui, j’accepte.", key: str = "1") -> bytes:
    head = f"From: {sender}\r\nTo: {to}\r\nMessage-ID: <{key}@exemple.fr>\r\nContent-Type: text/plain; charset=utf-8"
    return f"{head}\r\n\r\n{body}\r\n\r\n> Bonjour\r\n".encode()


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


@pytest.fixture
def relay(desk: Desk) -> Relay:
    found = make_sent(desk)
    relays.acknowledge(order_for(found, MONDAY + timedelta(hours=1)), by=desk.chloe)
    found.refresh_from_db()
    return found


def chloes(desk: Desk, relay: UUID, secret: str) -> str:
    return reply_address(BASE, relay, desk.chloe.user_id or 0, secret)


def test_an_answer_is_kept_once_and_moves_nothing(desk: Desk, relay: Relay, settings: Any) -> None:
    to = chloes(desk, relay.uid, settings.SECRET_KEY)
    before = (relay.state, relay.version)
    first = receive_mail(letter("chloe@exemple.fr", to), at=LATER)
    assert receive_mail(letter("chloe@exemple.fr", to), at=LATER) == first
    kept = RelayMessage.objects.get()
    assert (kept.text, kept.channel, kept.author_id) == ("Oui, j’accepte.", "mail", desk.chloe.user_id)
    relay.refresh_from_db()
    assert (relay.state, relay.version) == before


def test_the_person_answers_too(desk: Desk, relay: Relay, settings: Any) -> None:
    relay.person.email = "awa@exemple.fr"
    relay.person.save()
    to = reply_address(BASE, relay.uid, 0, settings.SECRET_KEY)
    receive_mail(letter("Awa <awa@exemple.fr>", to, "Plutôt jeudi."), at=LATER)
    kept = RelayMessage.objects.get()
    assert (kept.party, kept.is_for_person, kept.author_id) == ("person", True, None)


def test_another_sender_or_another_relay_is_nobody(desk: Desk, relay: Relay, settings: Any) -> None:
    to = chloes(desk, relay.uid, settings.SECRET_KEY)
    with pytest.raises(NotAllowed):
        receive_mail(letter("denis@exemple.fr", to), at=LATER)
    with pytest.raises(NotFound):
        receive_mail(letter("chloe@exemple.fr", chloes(desk, relay.uid, "un autre secret")), at=LATER)
    with pytest.raises(NotFound):
        receive_mail(letter("chloe@exemple.fr", BASE), at=LATER)
    assert not RelayMessage.objects.exists()


def test_a_machine_is_not_kept(desk: Desk, relay: Relay, settings: Any) -> None:
    to = chloes(desk, relay.uid, settings.SECRET_KEY)
    raw = b"Auto-Submitted: auto-replied\r\n" + letter("chloe@exemple.fr", to)
    assert receive_mail(raw, at=LATER) is None
    assert not RelayMessage.objects.exists()
