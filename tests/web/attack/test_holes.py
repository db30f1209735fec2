"""Ways in that an attacker found, each closed: a colleague without the relay in hand, a calendar kept after leaving…"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.models import Membership, User
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.appointments import open_feed
from ensemblier.journey.actions.links import accept_invitation, invite, unlink
from ensemblier.journey.actions.partners import invite_partner
from ensemblier.journey.actions.proposals import give_sequel, report_error
from ensemblier.journey.actions.relay_messages import MessageDraft, write_message
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.proposals import Sequel
from ensemblier.journey.models import Document, JournalEntry, Person, PersonLink, Relay, RelayMessage, SharedDocument
from ensemblier.journey.queries.portability import take_away
from ensemblier.kernel.errors import NotFound
from tests.factories.accounts import make_person_account
from tests.factories.plan import make_appointment, make_document, make_step, sign_both
from tests.web.attack.judging import one_lock
from tests.web.relays.conftest import Desks, make_desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> Desks:
    """Chloé and Farid advise at the recipient."""
    return make_desks()


def accepted(desks: Desks) -> Relay:
    """A relay that Chloé has in hand, with an appointment."""
    relay = desks.sent()
    relays.accept(desks.order(relay), by=desks.chloe, appointment_at=timezone.now() + timedelta(days=2))
    relay.refresh_from_db()
    return relay


def post(desks: Desks, relay: Relay, name: str, **sent: object) -> int:
    """What Farid, who reads the envelope only, gets for a gesture that he forges."""
    relay.refresh_from_db()
    fields = {"version": relay.version, "key": uuid4(), "acting_for": desks.farid.organisation_id, **sent}
    return desks.client(desks.farid).post(f"/relais/{relay.uid}/{name}/", fields).status_code


def test_a_colleague_opens_no_file_from_a_relay_that_somebody_else_holds(desks: Desks) -> None:
    relay = accepted(desks)
    held = timezone.localtime(relay.accepted_at or timezone.now()).strftime("%Y-%m-%dT%H:%M")
    before = Person.objects.count()
    assert post(desks, relay, "rencontrer", met_at=held) == 403
    assert post(desks, relay, "sans-suite", outcome="refused") in (400, 403)
    assert Person.objects.count() == before
    relay.refresh_from_db()
    assert (relay.state, relay.adviser_id) == ("accepted", desks.chloe.user_id)


def test_a_colleague_writes_nothing_in_a_thread_that_she_does_not_read(desks: Desks) -> None:
    relay = accepted(desks)
    assert post(desks, relay, "ecrire", text="Bonjour") == 404
    assert not RelayMessage.objects.exists()


def test_who_stands_in_goes_on_with_it_when_the_holder_has_left(desks: Desks) -> None:
    relay = accepted(desks)
    Membership.objects.filter(user_id=desks.chloe.user_id or 0).update(valid_to=timezone.localdate())
    assert post(desks, relay, "ecrire", text="Bonjour") == 302
    held = timezone.localtime(relay.accepted_at or timezone.now()).strftime("%Y-%m-%dT%H:%M")
    assert post(desks, relay, "rencontrer", met_at=held) == 302
    relay.refresh_from_db()
    assert (relay.state, relay.adviser_id) == ("in_progress", desks.farid.user_id)


def test_a_document_of_a_relay_is_for_who_has_it_in_hand(desks: Desks) -> None:
    uid = make_document(desks.episode.person, desks.bruno)
    relay = accepted(desks)
    document = Document.objects.get(uid=uid)
    SharedDocument.objects.create(person=desks.episode.person, document=document, relay=relay, at=timezone.now())
    address = f"/relais/{relay.uid}/documents/{uid}/"
    assert desks.client(desks.chloe).get(address).status_code == 200
    assert desks.client(desks.farid).get(address).status_code == 404


def test_a_calendar_stops_with_the_membership(desks: Desks) -> None:
    person = desks.episode.person
    make_appointment(person, desks.bruno, timezone.now() + timedelta(days=3), place="04 92 55 44 33")
    address = f"/agenda/{open_feed(by=desks.bruno, at=timezone.now())}/rendez-vous.ics"
    assert b"04 92 55 44 33" in Client().get(address).content
    user = User.objects.filter(pk=desks.bruno.user_id or 0)
    user.update(is_active=False)
    assert Client().get(address).status_code == 404
    user.update(is_active=True)
    assert Client().get(address).status_code == 200
    Membership.objects.filter(user_id=desks.bruno.user_id or 0).update(valid_to=timezone.localdate())
    assert Client().get(address).status_code == 404


def test_a_calendar_opened_from_a_space_stops_when_the_file_leaves_it(desks: Desks) -> None:
    account, now = make_person_account(), timezone.now()
    invitation = invite(desks.episode.person.uid, by=desks.bruno, at=now)
    herself = accept_invitation(invitation.token, invitation.code, account_id=account.id, at=now)
    address = f"/agenda/{open_feed(by=herself, at=now)}/rendez-vous.ics"
    assert Client().get(address).status_code == 200
    unlink(PersonLink.objects.get().uid, account_id=account.id, at=timezone.now())
    assert Client().get(address).status_code == 404


def test_a_person_with_a_signed_plan_takes_her_data(desks: Desks) -> None:
    person = desks.episode.person
    make_step(person, desks.bruno, "Visiter l’atelier de Gap")
    sign_both(person, desks.bruno)
    taken = take_away([PersonHerself(person.pk)], at=timezone.now())
    words = [str(value) for section in taken[0].readable for row in section.rows for _, value in row]
    assert any("Visiter l’atelier de Gap" in value for value in words)


def test_the_return_export_is_read_in_the_journal_of_each_person(desks: Desks) -> None:
    answer = desks.client(desks.bruno).get("/dossiers/importer/retour/")
    assert answer.status_code == 200 and "Awa" in answer.content.decode()
    lines = JournalEntry.objects.filter(act="export_file", person_id=desks.episode.person_id)
    assert [line.user_id for line in lines] == [desks.bruno.user_id]
    assert "Awa" not in desks.client(desks.edith).get("/dossiers/importer/retour/").content.decode()


def test_a_colleague_without_the_file_moves_nothing_of_its_relays(desks: Desks) -> None:
    """Each way is asked as the owner of the tables, whom no policy stops: the code alone refuses."""
    relay = desks.sent()
    order, by = desks.order(relay), desks.edith
    for attempt in (
        lambda: relays.cancel(order, by=by),
        lambda: write_message(order, by=by, draft=MessageDraft("Bonjour")),
        lambda: give_sequel(order, by=by, decision=Sequel.SOLVED),
        lambda: report_error(order, by=by),
        lambda: invite_partner(order, by=by, address_of=str),
    ):
        with one_lock(), pytest.raises(NotFound):
            attempt()
    relay.refresh_from_db()
    assert relay.state == "sent"


def test_a_forged_form_for_a_link_finds_no_relay(desks: Desks) -> None:
    relay = desks.sent()
    for by in (desks.edith, desks.denis):
        for sent in ({}, {"version": relay.version, "key": uuid4()}):
            fields = {"acting_for": by.organisation_id, **sent}
            assert desks.client(by).post(f"/relais/{relay.uid}/lien/", fields).status_code == 404
    fields = {"acting_for": desks.bruno.organisation_id}
    assert desks.client(desks.bruno).post(f"/relais/{relay.uid}/lien/", fields).status_code == 400
