"""A partner without account: the envelope before the code, the relay after it, and nothing changed by reading."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.models import SignedLink
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.partners import invite_partner
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Relay, RelayEvent
from ensemblier.kernel.errors import NotFound, RuleViolated
from ensemblier.kernel.orm.models import OutboxMessage
from tests.web.relays.conftest import NAME, Desks, make_desks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desks() -> Desks:
    """The rows; the partner has an address in the directory."""
    cache.clear()
    found = make_desks()
    found.partner.email = "accueil@epicerie.example"
    found.partner.save(update_fields=["email"])
    return found


def invited(desks: Desks, relay: Relay) -> tuple[str, str]:
    """(token, code) of a new link."""
    tokens: list[str] = []

    def address_of(token: str) -> str:
        tokens.append(token)
        return f"https://exemple.fr/repondre/{token}/"

    code = invite_partner(desks.order(relay), by=desks.bruno, address_of=address_of)
    return tokens[0], code


def test_the_link_shows_the_envelope_then_the_code_shows_the_person(desks: Desks) -> None:
    relay = desks.sent(RelayKind.PARTNER_REQUEST, desks.partner)
    token, code = invited(desks, relay)
    letter = OutboxMessage.objects.get(kind="relay.link")
    assert code not in letter.body and "Awa" not in letter.subject + letter.body and token in letter.body
    client = Client()
    before = client.get(f"/repondre/{token}/").content.decode()
    assert "Bassin de vie de Gap" in before and "Diallo" not in before and "soudeuse" not in before
    relay.refresh_from_db()
    assert relay.state == "sent"
    answer = client.post(f"/repondre/{token}/", {"name": "Mme Blanc", "proof": "000000", "key": uuid4()})
    assert answer.status_code == 400
    answer = client.post(f"/repondre/{token}/", {"name": "Mme Blanc", "proof": code, "key": uuid4()})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert NAME in page and "Accepter et proposer" in page
    relay.refresh_from_db()
    assert (relay.state, relay.partner, relay.adviser_id) == ("acknowledged", "Mme Blanc", None)


def test_a_partner_accepts_meets_and_closes_the_loop(desks: Desks) -> None:
    relay = desks.sent(RelayKind.PARTNER_REQUEST, desks.partner)
    token, code = invited(desks, relay)
    client = Client()
    client.post(f"/repondre/{token}/", {"name": "Mme Blanc", "proof": code, "key": uuid4()})

    def post(name: str, **fields: object) -> int:
        relay.refresh_from_db()
        sent = {"version": relay.version, "key": uuid4(), **fields}
        return client.post(f"/partenaire/{relay.uid}/{name}/", sent).status_code

    assert post("accepter", appointment_at="2027-01-11T09:30") == 302
    relay.refresh_from_db()
    assert relay.accepted_at is not None
    held = timezone.localtime(relay.accepted_at).strftime("%Y-%m-%dT%H:%M")
    assert post("rencontrer", met_at=held) == 302
    assert post("annuler") == 302  # not a gesture of a link: back to the page
    assert post("terminer", outcome="answered") == 302
    relay.refresh_from_db()
    assert (relay.state, relay.outcome, relay.has_lead_moved) == ("completed", "answered", False)
    who = RelayEvent.objects.filter(relay=relay, move="accept").values_list("actor_label", flat=True)
    assert list(who) == ["Mme Blanc (par lien)"]


def test_an_opened_link_opens_one_relay_only_and_a_new_one_closes_the_old(desks: Desks) -> None:
    first, other = desks.sent(RelayKind.PARTNER_REQUEST, desks.partner), desks.sent(RelayKind.REFERRAL, desks.partner)
    token, code = invited(desks, first)
    client = Client()
    client.post(f"/repondre/{token}/", {"name": "Mme Blanc", "proof": code, "key": uuid4()})
    assert client.get(f"/partenaire/{other.uid}/").status_code == 404
    assert Client().get(f"/partenaire/{first.uid}/").status_code == 404
    invited(desks, first)
    assert "ne s’ouvre plus" in client.get(f"/repondre/{token}/").content.decode()
    assert SignedLink.objects.filter(closed_at=None).count() == 1


def test_an_old_link_asks_for_a_new_one_and_answers_the_same_to_anybody(desks: Desks) -> None:
    relay = desks.sent(RelayKind.PARTNER_REQUEST, desks.partner)
    token, _ = invited(desks, relay)
    invited(desks, relay)
    pages = [Client().post(f"/repondre/{each}/nouveau/").content.decode() for each in (token, token, "inconnu")]
    bare = {re.sub(r'href="[^"]*"|value="[^"]*"', "", page) for page in pages}
    assert len(bare) == 1
    assert OutboxMessage.objects.filter(kind="relay.link_asked").count() == 1


def test_only_the_source_invites_and_only_who_has_no_account(desks: Desks) -> None:
    relay = desks.sent(RelayKind.PARTNER_REQUEST, desks.partner)
    with pytest.raises(NotFound):
        invite_partner(desks.order(relay), by=desks.denis, address_of=str)
    there = desks.sent()
    with pytest.raises(RuleViolated, match="conseillers"):
        invite_partner(Order(there.uid, there.version, uuid4(), desks.order(there).at), by=desks.bruno, address_of=str)
