"""A complement: inside the consent, sent as it was previewed, once; read by the recipient and by the person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.complements import ComplementDraft, give_complement, look_at_complement
from ensemblier.journey.actions.consents import withdraw_relay
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.packets import fingerprint
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Relay, RelayPacket
from ensemblier.journey.queries.relays import relay_page
from ensemblier.journey.queries.rights_relays import my_relay
from ensemblier.kernel.errors import BadInput, DomainError, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_sent, order_for

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ADDED = {Category.PROJECT: "Un essai de deux semaines a confirmé le projet."}


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


@pytest.fixture
def relay(desk: Desk) -> Relay:
    """Chloé asked Bruno for a precision."""
    relay = make_sent(desk, RelayKind.REFERRAL)
    relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
    relays.request_info(order_for(relay, MONDAY + 2 * HOUR), by=desk.chloe, question="Où en est le projet ?")
    return relay


def give(desk: Desk, relay: Relay, draft: ComplementDraft, **fields: object) -> object:
    """Preview, then send as Bruno read it."""
    order = order_for(relay, MONDAY + 3 * HOUR)
    read = look_at_complement(relay.uid, draft, by=desk.bruno, at=order.at).fingerprint
    return give_complement(order, draft, by=desk.bruno, **{"read": read} | fields)  # type: ignore[arg-type]


def test_what_was_previewed_is_what_both_read_and_when(desk: Desk, relay: Relay) -> None:
    give(desk, relay, ComplementDraft(ADDED, answer="Voici."))
    after = MONDAY + 4 * HOUR
    read = relay_page(relay.uid, by=desk.chloe, at=after)
    assert [(one.at, [p.text for p in one.packets]) for one in read.added] == [
        (MONDAY + 3 * HOUR, [ADDED[Category.PROJECT]])
    ]
    assert read.messages[-1].text == "Voici."
    hers = my_relay([PersonHerself(relay.person_id)], relay.uid, at=after)
    assert [(p.text, p.added_at) for p in hers.parts if p.is_complement] == [
        (ADDED[Category.PROJECT], MONDAY + 3 * HOUR)
    ]
    kept = RelayPacket.objects.get(relay=relay, since_version__gt=0)
    assert kept.fingerprint == fingerprint(f"{Category.PROJECT.label}\n{ADDED[Category.PROJECT]}")


def test_the_person_is_told_that_something_was_added(desk: Desk, relay: Relay) -> None:
    give(desk, relay, ComplementDraft(ADDED))
    told = OutboxMessage.objects.filter(subject_uid=relay.uid, kind__startswith="relay.give_info")
    assert set(told.values_list("to", flat=True)) == {"person", "recipient", "systems"}


def test_the_same_click_adds_once(desk: Desk, relay: Relay) -> None:
    draft, order = ComplementDraft(ADDED), order_for(relay, MONDAY + 3 * HOUR)
    read = look_at_complement(relay.uid, draft, by=desk.bruno, at=order.at).fingerprint
    assert len({give_complement(order, draft, by=desk.bruno, read=read) for _ in range(3)}) == 1
    assert RelayPacket.objects.filter(relay=relay, since_version__gt=0).count() == 1


@pytest.mark.parametrize("category", [Category.HEALTH, Category.SITUATION, Category.CONSTRAINTS])
def test_nothing_outside_the_consent_is_added(desk: Desk, relay: Relay, category: Category) -> None:
    draft = ComplementDraft({category: "CANARI"})
    with pytest.raises(RuleViolated, match="n’a pas accepté"):
        look_at_complement(relay.uid, draft, by=desk.bruno, at=MONDAY + 3 * HOUR)
    with pytest.raises(DomainError):
        give_complement(order_for(relay, MONDAY + 3 * HOUR), draft, by=desk.bruno, read="")
    assert not RelayPacket.objects.filter(text="CANARI").exists()
    relay.refresh_from_db()
    assert relay.state == "info_requested"


def test_the_machine_too_refuses_what_the_consent_does_not_cover(
    desk: Desk, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seeded fault: the look at the consent is gone from the action; the move is refused by the machine."""
    monkeypatch.setattr("ensemblier.journey.actions.complements.beyond", lambda *_: [])
    with pytest.raises(RuleViolated):
        give(desk, relay, ComplementDraft({Category.HEALTH: "CANARI"}))
    assert not RelayPacket.objects.filter(text="CANARI").exists()


def test_what_was_not_read_is_not_sent(desk: Desk, relay: Relay) -> None:
    other = ComplementDraft({Category.PROJECT: "Un autre texte."})
    read = look_at_complement(relay.uid, other, by=desk.bruno, at=MONDAY).fingerprint
    with pytest.raises(StaleVersion):
        give(desk, relay, ComplementDraft(ADDED), read=read)
    relay.refresh_from_db()
    assert (relay.state, relay.packets.filter(since_version__gt=0).count()) == ("info_requested", 0)


def test_who_is_not_the_source_adds_nothing(desk: Desk, relay: Relay) -> None:
    for by in (desk.chloe, desk.denis):
        with pytest.raises(NotFound):
            look_at_complement(relay.uid, ComplementDraft(ADDED), by=by, at=MONDAY)
        with pytest.raises(DomainError):
            give_complement(order_for(relay, MONDAY + 3 * HOUR), ComplementDraft(ADDED), by=by, read="")
    assert not RelayPacket.objects.filter(since_version__gt=0).exists()


@pytest.mark.parametrize(("words", "error"), [({}, RuleViolated), ({Category.PROJECT: "  "}, BadInput)])
def test_nothing_ticked_or_nothing_written_is_said(
    desk: Desk, relay: Relay, words: dict[Category, str], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        look_at_complement(relay.uid, ComplementDraft(words), by=desk.bruno, at=MONDAY)


def test_a_sharing_that_stopped_takes_the_complement_with_it(desk: Desk, relay: Relay) -> None:
    give(desk, relay, ComplementDraft(ADDED))
    withdraw_relay(order_for(relay, MONDAY + 4 * HOUR), by=PersonHerself(relay.person_id))
    assert relay_page(relay.uid, by=desk.chloe, at=MONDAY + 5 * HOUR).added == ()
    with pytest.raises(DomainError):
        give(desk, relay, ComplementDraft(ADDED))


def test_a_complement_without_its_fingerprint_cannot_be_stored(relay: Relay) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RelayPacket.objects.create(relay=relay, category="project", text=str(uuid4()), since_version=3)
