"""A relay moves: who is told, in the same transaction, at which address, and what never leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from ensemblier.accounts.models import Membership, SignedLink, User
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import withdraw_relay
from ensemblier.journey.actions.notices import NOBODY, address_notices
from ensemblier.journey.core.machine import NONE_KNOWN
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.persons import PreferredContact
from ensemblier.journey.core.states import DeclineReason, RelayKind
from ensemblier.journey.models import Person, Relay, WebhookSubscription
from ensemblier.kernel.errors import DomainError
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.accounts import make_member, make_user
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_draft, make_episode, make_sent, order_for

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SOON = MONDAY + timedelta(days=3)


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def reach(relay: Relay, **fields: object) -> None:
    """What Awa's file says of how to reach her."""
    Person.objects.filter(pk=relay.person_id).update(**fields)


def told(relay: Relay) -> set[tuple[str, str]]:
    """(kind, to) of every notice of the relay, systems apart."""
    rows = OutboxMessage.objects.filter(subject_uid=relay.uid, channel="notice").exclude(to="systems")
    return set(rows.values_list("kind", "to"))


def letters() -> dict[str, OutboxMessage]:
    """What is to be carried, by address."""
    return {row.to: row for row in OutboxMessage.objects.exclude(channel="notice")}


def clear() -> None:
    """As if all that was written so far had left."""
    OutboxMessage.objects.all().delete()


def test_each_move_writes_who_is_told_and_nothing_of_anybody(desk: Desk) -> None:
    relay = make_sent(desk)
    relays.accept(order_for(relay, MONDAY + HOUR), by=desk.chloe, appointment_at=SOON)
    assert told(relay) == {
        *(("relay.send.person", "person"), ("relay.send.recipient", "recipient"), ("relay.send.source", "source")),
        *(("relay.accept.person", "person"), ("relay.accept.source", "source")),
    }
    assert set(OutboxMessage.objects.values_list("subject", flat=True)) == {""}


def test_each_version_has_one_set_and_a_refusal_none(desk: Desk) -> None:
    relay = make_sent(desk)
    with pytest.raises(DomainError):
        relays.accept(order_for(relay, MONDAY + HOUR), by=desk.denis, appointment_at=SOON)
    key = uuid4()
    for _ in range(3):
        relays.acknowledge(order_for(relay, MONDAY + HOUR, key), by=desk.chloe)
    systems = OutboxMessage.objects.filter(subject_uid=relay.uid, to="systems")
    relay.refresh_from_db()
    assert systems.count() == relay.version == relay.events.count() == 2


def test_a_move_undone_tells_nobody(desk: Desk) -> None:
    relay = make_sent(desk)
    before = OutboxMessage.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
        raise RuntimeError
    assert OutboxMessage.objects.count() == before


def test_addresses_are_those_of_the_moment(desk: Desk) -> None:
    relay = make_sent(desk)
    reach(relay, email="awa@exemple.fr")
    assert address_notices(MONDAY) == {"addressed": 4, "nobody": 0}
    found = letters()
    assert {to: row.subject for to, row in found.items()} == {
        "awa@exemple.fr": "Un message vous attend",
        "bruno@exemple.fr": "Du nouveau sur un relais",
        "chloe@exemple.fr": "Un relais attend votre réponse",
    }
    assert f"{django_settings.PUBLIC_URL}/mon-espace/relais/{relay.uid}/" in found["awa@exemple.fr"].body
    assert f"{django_settings.PUBLIC_URL}/relais/{relay.uid}/" in found["chloe@exemple.fr"].body
    for row in found.values():
        assert "Awa" not in row.body
        assert "soudeuse" not in row.body
        assert "Mission locale" not in row.body
    assert address_notices(MONDAY) == {"addressed": 0, "nobody": 0}


def test_a_person_whom_nothing_reaches_is_a_gap_that_is_listed(desk: Desk) -> None:
    relay = make_sent(desk)
    assert address_notices(MONDAY)["nobody"] == 1
    gap = OutboxMessage.objects.get(state="parked")
    assert (gap.kind, gap.last_error, gap.subject_uid) == ("relay.send.person", NOBODY, relay.uid)


@pytest.mark.parametrize(
    ("fields", "channel", "to"),
    [
        ({"email": "awa@exemple.fr", "phone": "0612345678"}, "email", "awa@exemple.fr"),
        ({"email": "awa@exemple.fr", "phone": "0612345678", "preferred_contact": "sms"}, "sms", "0612345678"),
        ({"email": "awa@exemple.fr", "phone": "0492000000", "preferred_contact": "sms"}, "email", "awa@exemple.fr"),
        ({"phone": "+33612345678"}, "sms", "+33612345678"),
        ({"email": "awa@exemple.fr", "preferred_contact": "adviser"}, "email", "bruno@exemple.fr"),
    ],
)
def test_she_is_reached_as_she_prefers(desk: Desk, fields: dict[str, str], channel: str, to: str) -> None:
    relay = make_sent(desk)
    reach(relay, **fields)
    address_notices(MONDAY)
    row = OutboxMessage.objects.exclude(channel="notice").get(kind="relay.send.person")
    assert (row.channel, row.to) == (channel, to)


def test_a_message_holds_a_link_that_stops_the_sharing(desk: Desk) -> None:
    relay = make_sent(desk)
    reach(relay, email="awa@exemple.fr", born="1999-04-02")
    address_notices(MONDAY)
    assert f"{django_settings.PUBLIC_URL}/arreter/" in letters()["awa@exemple.fr"].body
    assert SignedLink.objects.get().subject_uid == relay.consent.uid  # type: ignore[union-attr]


def test_what_waits_for_the_recipient_never_leaves_after_a_withdrawal(desk: Desk) -> None:
    relay = make_sent(desk)
    address_notices(MONDAY)
    assert letters()["chloe@exemple.fr"].state == "queued"
    withdraw_relay(order_for(relay, MONDAY + HOUR), by=PersonHerself(relay.person_id))
    assert letters()["chloe@exemple.fr"].state == "cancelled"
    address_notices(MONDAY + HOUR)
    said = OutboxMessage.objects.get(kind="relay.withdraw.recipient", channel="email")
    assert said.to == "chloe@exemple.fr"
    assert "fin au partage" in said.body


def test_a_relay_that_never_left_is_told_to_nobody_outside(desk: Desk) -> None:
    relay = make_draft(desk, make_episode(desk), RelayKind.REFERRAL)
    relays.propose(order_for(relay, MONDAY), by=desk.bruno, offered=[desk.recipient])
    relays.cancel(order_for(relay, MONDAY + HOUR), by=desk.bruno)
    assert told(relay) == {("relay.propose.person", "person"), ("relay.cancel.person", "person")}


def test_who_has_left_is_replaced_by_the_desk(desk: Desk) -> None:
    relay = make_sent(desk)
    relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
    clear()
    decline = order_for(relay, MONDAY + 2 * HOUR)
    relays.decline(decline, by=desk.chloe, reason=DeclineReason.TOO_FAR, proposal=NONE_KNOWN)
    Membership.objects.filter(user=relay.source_adviser_id).update(valid_to="2026-11-01")
    User.objects.filter(pk=relay.source_adviser_id).update(is_active=False)
    fatou = make_user("Fatou")
    make_member(fatou, relay.source)
    address_notices(MONDAY + 2 * HOUR)
    assert "fatou@exemple.fr" in letters()
    assert "bruno@exemple.fr" not in letters()


def leave_no_account(relay: Relay) -> None:
    """The recipient is a partner of the directory: an address, nobody with an account."""
    Membership.objects.filter(organisation=relay.recipient).delete()
    Organisation.objects.filter(pk=relay.recipient_id or 0).update(email="accueil@ccas.exemple.fr")


def test_a_desk_without_account_is_told_what_to_do_and_given_no_page_that_would_not_open(desk: Desk) -> None:
    relay = make_sent(desk)
    leave_no_account(relay)
    address_notices(MONDAY)
    said = letters()["accueil@ccas.exemple.fr"].body
    assert "/relais/" not in said
    assert "Vous n’avez pas de compte ici" in said
    assert "envoyez le lien" in letters()["bruno@exemple.fr"].body


def test_the_page_stays_for_a_desk_with_accounts(desk: Desk) -> None:
    """The fault that the test above would catch: the same letter, to those who can open it."""
    relay = make_sent(desk)
    address_notices(MONDAY)
    assert f"/relais/{relay.uid}/" in letters()["chloe@exemple.fr"].body
    assert "envoyez le lien" not in letters()["bruno@exemple.fr"].body


def test_systems_are_called_with_identifiers_and_states_only(desk: Desk) -> None:
    relay = make_sent(desk)
    for organisation, url in (
        (desk.recipient, "https://si.exemple.fr/a"),
        (desk.denis.organisation_id, "https://x.fr"),
    ):
        WebhookSubscription.objects.create(organisation_id=organisation or 0, url=url, created_at=MONDAY)
    address_notices(MONDAY)
    [call] = OutboxMessage.objects.filter(channel="webhook")
    assert call.to.startswith("https://si.exemple.fr/a#")
    assert call.body == f'{{"relay": "{relay.uid}", "state": "sent", "version": {relay.version}}}'


def test_preferences_have_a_way(desk: Desk) -> None:
    for preferred in PreferredContact:
        clear()
        relay = make_sent(desk, RelayKind.REFERRAL)
        reach(relay, email="awa@exemple.fr", phone="0612345678", preferred_contact=preferred.value)
        assert address_notices(MONDAY)["nobody"] == 0
