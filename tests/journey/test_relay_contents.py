"""What a relay carries and what follows it: a packet never changes, there is no dead end, nothing acts twice."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import ConsentDraft
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.proposals import confirm_error, give_sequel, report_error
from ensemblier.journey.actions.queue import QueueRequest, ask_guichet, claim_entry, sweep_ignored
from ensemblier.journey.actions.relay_messages import MessageDraft, write_message
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.packets import Envelope, fingerprint
from ensemblier.journey.core.proposals import Sequel
from ensemblier.journey.core.states import DeclineReason, RelayKind
from ensemblier.journey.models import (
    Consent,
    Person,
    QueueEntry,
    RefusedMove,
    Relay,
    RelayMessage,
    RelayPacket,
    RelaySequel,
)
from ensemblier.journey.queries.guichets import guichets_of
from ensemblier.journey.queries.inbox import inbox
from ensemblier.journey.queries.queue import queue
from ensemblier.journey.queries.relays import relay_page
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, StaleVersion
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation, make_permanence, make_site
from tests.factories.journey import (
    MONDAY,
    Desk,
    make_consent,
    make_desk_of_two,
    make_episode,
    make_sent,
    order_for,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def draft(desk: Desk, **more: Any) -> relays.RelayDraft:
    episode = make_episode(desk)
    fields: dict[str, Any] = {
        "episode_uid": episode.uid,
        "kind": RelayKind.REFERRAL,
        "summary": "Elle a un devis.",
        "envelope": Envelope("préparer une formation", "bassin de vie de Gap").stored,
        "words": {Category.IDENTITY: "", Category.PROJECT: "Devenir soudeuse."},
    }
    return relays.RelayDraft(**(fields | more))


def test_what_is_sent_is_what_was_read_whatever_the_file_becomes(desk: Desk) -> None:
    relay = relays.prepare_relay(draft(desk), by=desk.bruno, at=MONDAY)
    read = relay_page(relay.uid, by=desk.bruno, at=MONDAY).fingerprint
    Person.objects.filter(pk=relay.person_id).update(given_name="Autre")
    consent = make_consent(desk, relay.episode)
    choice = relays.Choice(desk.recipient, consent.uid, offered=(desk.recipient,), read=read)
    relays.send(order_for(relay, MONDAY), by=PersonHerself(relay.person_id), choice=choice)
    relays.acknowledge(order_for(relay, MONDAY), by=desk.chloe)
    page = relay_page(relay.uid, by=desk.chloe, at=MONDAY)
    assert [packet.text for packet in page.packets] == ["Awa", "Devenir soudeuse."]
    relay.refresh_from_db()
    assert relay.sent == relay.shown == read


def test_a_text_changed_since_it_was_read_is_not_sent(desk: Desk) -> None:
    wanted = draft(desk)
    relay = relays.prepare_relay(wanted, by=desk.bruno, at=MONDAY)
    read = relay_page(relay.uid, by=desk.bruno, at=MONDAY).fingerprint
    other = draft(desk, episode_uid=wanted.episode_uid, words={Category.IDENTITY: "", Category.PROJECT: "Tout autre."})
    relays.rewrite_draft(order_for(relay, MONDAY), other, read=read, by=desk.bruno)
    consent = make_consent(desk, relay.episode)
    choice = relays.Choice(desk.recipient, consent.uid, offered=(desk.recipient,), read=read)
    with pytest.raises(RuleViolated, match="texte"):
        relays.send(order_for(relay, MONDAY), by=PersonHerself(relay.person_id), choice=choice)
    with pytest.raises(StaleVersion):
        relays.rewrite_draft(order_for(relay, MONDAY), wanted, read=read, by=desk.bruno)
    with pytest.raises(StaleVersion):
        relays.propose(order_for(relay, MONDAY), by=desk.bruno, offered=[desk.recipient], read=read)


def test_paper_and_its_consent_are_kept_together_or_not_at_all(desk: Desk) -> None:
    relay = relays.prepare_relay(draft(desk), by=desk.bruno, at=MONDAY)
    consent = ConsentDraft(
        relay.person.uid, desk.recipient, frozenset({Category.IDENTITY, Category.PROJECT}), MONDAY + 90 * DAY, "1",
        proof="classeur 3",
    )  # fmt: skip
    choice = relays.Choice(desk.recipient, None, proof="classeur 3", offered=(desk.recipient,), read="0" * 64)
    with pytest.raises(RuleViolated, match="texte"):
        relays.send_on_paper(order_for(relay, MONDAY), by=desk.bruno, choice=choice, consent=consent)
    assert (Consent.objects.count(), RefusedMove.objects.count()) == (0, 1)


def test_an_envelope_that_names_the_person_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleViolated, match="enveloppe"):
        relays.prepare_relay(draft(desk, envelope={"need": "aider Awa"}), by=desk.bruno, at=MONDAY)
    with pytest.raises(BadInput):
        relays.prepare_relay(draft(desk, words={Category.IDENTITY: "", Category.HEALTH: " "}), by=desk.bruno, at=MONDAY)


def test_one_click_prepares_one_relay(desk: Desk) -> None:
    wanted = draft(desk, key=uuid4())
    first = relays.prepare_relay(wanted, by=desk.bruno, at=MONDAY)
    assert relays.prepare_relay(wanted, by=desk.bruno, at=MONDAY).pk == first.pk
    assert (Relay.objects.count(), RelayPacket.objects.count()) == (1, 2)


def test_what_the_person_leaves_out_leaves_the_relay(desk: Desk) -> None:
    relay = relays.prepare_relay(draft(desk), by=desk.bruno, at=MONDAY)
    only = frozenset({Category.IDENTITY})
    consent = make_consent(desk, relay.episode, categories=only)
    words = "Besoin : préparer une formation\nLieu : bassin de vie de Gap\n\nElle a un devis.\n\n"
    shorter = fingerprint(f"{words}{Category.IDENTITY.label}\nAwa")
    choice = relays.Choice(desk.recipient, consent.uid, offered=(desk.recipient,), read=shorter, categories=only)
    relays.propose(order_for(relay, MONDAY), by=desk.bruno, offered=[desk.recipient])
    relays.send(order_for(relay, MONDAY), by=PersonHerself(relay.person_id), choice=choice)
    assert list(RelayPacket.objects.values_list("category", flat=True)) == ["identity"]


def test_a_question_stands_in_the_thread_and_a_click_repeated_writes_once(desk: Desk) -> None:
    relay = make_sent(desk)
    relays.acknowledge(order_for(relay, MONDAY), by=desk.chloe)
    order = order_for(relay, MONDAY)
    for _ in range(2):
        relays.request_info(order, by=desk.chloe, question="Quel diplôme ?", is_for_person=True)
    relays.give_info(order_for(relay, MONDAY), by=PersonHerself(relay.person_id), answer="Un CAP.")
    assert list(RelayMessage.objects.order_by("pk").values_list("kind", "party", "is_for_person")) == [
        ("question", "recipient", True),
        ("answer", "person", True),
    ]


def test_nobody_writes_in_a_thread_that_is_not_open_to_them(desk: Desk) -> None:
    relay = make_sent(desk)
    words = MessageDraft("Bonjour")
    for stranger in (desk.denis, desk.chloe):  # Chloé has not taken it in hand
        with pytest.raises(NotFound):
            write_message(order_for(relay, MONDAY), by=stranger, draft=words)
    write_message(order_for(relay, MONDAY), by=desk.bruno, draft=words)
    relays.cancel(order_for(relay, MONDAY), by=desk.bruno)
    with pytest.raises(RuleViolated):
        write_message(order_for(relay, MONDAY), by=desk.bruno, draft=words)
    assert Relay.objects.get().state == "cancelled"


def test_an_end_that_the_source_ignores_comes_to_the_queue_once(desk: Desk) -> None:
    ignored, followed = make_sent(desk), make_sent(desk)
    for relay in (ignored, followed):
        way = "La session de mars"
        relays.decline(order_for(relay, MONDAY), by=desk.chloe, reason=DeclineReason.FULL, proposal=way)
    give_sequel(order_for(followed, MONDAY), by=desk.bruno, decision=Sequel.TOLD_PERSON)
    give_sequel(order_for(followed, MONDAY), by=desk.bruno, decision=Sequel.SOLVED)
    assert RelaySequel.objects.get().decision == "told_person"
    assert sweep_ignored(MONDAY + 3 * DAY) == 0  # Thursday: the third working day is not over
    assert sweep_ignored(MONDAY + 4 * DAY) == 1
    assert sweep_ignored(MONDAY + 5 * DAY) == 0
    entry = QueueEntry.objects.get()
    assert (entry.relay_id, entry.origin, entry.organisation_id) == (
        ignored.pk,
        "ignored",
        desk.bruno.organisation_id,
    )


def test_declined_without_another_way_is_queued_at_once_even_if_clicked_twice(desk: Desk) -> None:
    relay = make_sent(desk)
    order = order_for(relay, MONDAY)
    for _ in range(2):
        relays.decline(order, by=desk.chloe, reason=DeclineReason.FULL, proposal="none_known")
    assert QueueEntry.objects.get().origin == "declined"
    assert queue(actor=desk.chloe, at=MONDAY).rows == ()
    row = queue(actor=desk.bruno, at=MONDAY).rows[0]
    assert (row.file_uid, row.relay_uid) == (relay.person.uid, relay.uid)


def test_operators_of_a_guichet_share_one_queue_and_one_of_them_holds_a_request(desk: Desk) -> None:
    house = make_organisation("Maison des saisonniers", network="maison-des-saisonniers")
    site = make_site(house, name="Maison des saisonniers")
    for actor in (desk.bruno, desk.chloe):
        make_permanence(_organisation(actor), site)
    assert guichets_of(desk.bruno.organisation_id or 0, on=MONDAY.date())[0].name == "Maison des saisonniers"
    uid = ask_guichet(QueueRequest("Un logement", phone="0600000009"), by=desk.bruno, at=MONDAY)
    assert [row.phone for row in queue(actor=desk.chloe, at=MONDAY).rows] == [""]
    assert queue(actor=desk.denis, at=MONDAY).rows == ()
    claim_entry(Order(uid, 0, uuid4(), MONDAY), by=desk.chloe)
    with pytest.raises(StaleVersion):
        claim_entry(Order(uid, 0, uuid4(), MONDAY), by=desk.bruno)
    assert [row.phone for row in queue(actor=desk.chloe, at=MONDAY).rows] == ["0600000009"]
    with pytest.raises(NotFound):
        claim_entry(Order(uid, 1, uuid4(), MONDAY), by=desk.denis)
    # The lease is over: a colleague may take it from whoever forgot it.
    claim_entry(Order(uid, 1, uuid4(), MONDAY + 2 * DAY), by=desk.bruno)


def _organisation(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id or 0)


def test_an_error_takes_two_people(desk: Desk) -> None:
    relay = make_sent(desk)
    administrator = make_actor("Fatou", make_organisation("Plateforme"), Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        confirm_error(order_for(relay, MONDAY), by=administrator)
    with pytest.raises(NotFound):
        report_error(order_for(relay, MONDAY), by=desk.denis)
    report_error(order_for(relay, MONDAY), by=desk.bruno)
    assert confirm_error(order_for(relay, MONDAY), by=administrator).state == "entered_in_error"
    assert relay_page(relay.uid, by=desk.chloe, at=MONDAY).seen == "stub"


def test_the_inbox_asks_as_much_of_one_relay_as_of_many(desk: Desk) -> None:
    asked = []
    for count in (1, 12):
        for _ in range(count):
            make_sent(desk)
        with CaptureQueriesContext(connection) as seen:
            box = inbox(actor=desk.chloe, at=MONDAY)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 20, asked
    assert (box.unclaimed_count, len(box.unclaimed), box.late_count) == (13, 13, 0)
    assert all(not row.name for row in box.unclaimed)
    assert inbox(actor=desk.chloe, at=MONDAY + 30 * DAY).late_count == 13
