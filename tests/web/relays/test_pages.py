"""The relays through their pages: who sees what, what a gesture does, what a stale page keeps."""

from uuid import uuid4

import pytest
from django.utils import timezone

from ensemblier.journey.actions import relays
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import JournalEntry, Person, QueueEntry, Relay, RelayMessage
from ensemblier.kernel.actor import Actor
from tests.web.relays.conftest import NAME, PHONE, Desks

pytestmark = pytest.mark.django_db


def post(desks: Desks, actor: Actor, relay: Relay, name: str, **fields: object):  # type: ignore[no-untyped-def]
    relay.refresh_from_db()
    sent = {"acting_for": actor.organisation_id, "version": relay.version, "key": uuid4(), **fields}
    return desks.client(actor).post(f"/relais/{relay.uid}/{name}/", sent)


def text_of(desks: Desks, actor: Actor, path: str) -> str:
    response = desks.client(actor).get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return str(response.content.decode())


def test_the_first_screen_is_prefilled_and_nothing_is_ticked(desks: Desks) -> None:
    text = text_of(desks, desks.bruno, f"/dossiers/{desks.episode.person.uid}/relais/nouveau/")
    assert "Mission locale de Gap" in text
    assert "Aucune de celles-ci" in text
    assert "Je voudrais devenir soudeuse." in text
    assert "En recherche d’emploi depuis le 02/11/2026" in text
    assert " checked" not in text
    assert "c’est votre structure" in text.replace("&#x27;", "’")


def test_before_it_is_taken_nobody_of_the_desk_reads_the_name(desks: Desks) -> None:
    relay = desks.sent()
    for path in ("/relais/", f"/relais/{relay.uid}/"):
        text = text_of(desks, desks.chloe, path)
        assert NAME not in text and "Diallo" not in text and "soudeuse" not in text and PHONE[-4:] not in text
        assert "Préparer une formation" in text or "préparer une formation" in text
    assert post(desks, desks.chloe, relay, "prendre").status_code == 302
    assert NAME in text_of(desks, desks.chloe, f"/relais/{relay.uid}/")
    for path in ("/relais/", f"/relais/{relay.uid}/"):
        assert NAME not in text_of(desks, desks.farid, path)
        assert "Chloé" in text_of(desks, desks.farid, path)


def test_a_stranger_and_a_colleague_without_the_file_see_no_relay(desks: Desks) -> None:
    relay = desks.sent()
    for actor in (desks.denis, desks.edith):
        assert desks.client(actor).get(f"/relais/{relay.uid}/").status_code == 404
        assert post(desks, actor, relay, "annuler").status_code == 404
    assert desks.client(None).get(f"/relais/{relay.uid}/").status_code == 302


def test_a_question_its_answer_and_no_third_one(desks: Desks) -> None:
    relay = desks.sent()
    post(desks, desks.chloe, relay, "prendre")
    for turn in range(2):
        assert post(desks, desks.chloe, relay, "demander", question=f"Quel diplôme ? {turn}").status_code == 302
        assert "À vous" not in text_of(desks, desks.bruno, f"/relais/{relay.uid}/")
        assert post(desks, desks.bruno, relay, "repondre", answer="Un CAP.").status_code == 302
    assert "Poser une question" not in text_of(desks, desks.chloe, f"/relais/{relay.uid}/")
    assert post(desks, desks.chloe, relay, "demander", question="Encore ?").status_code == 400
    assert RelayMessage.objects.filter(relay=relay).count() == 4


def test_declined_without_another_way_goes_to_the_queue_of_the_source(desks: Desks) -> None:
    relay = desks.sent()
    refused = post(desks, desks.chloe, relay, "decliner", reason="full")
    assert refused.status_code == 400
    assert "sans piste connue" in refused.content.decode()
    assert post(desks, desks.chloe, relay, "decliner", reason="full", sans_piste="1").status_code == 302
    entry = QueueEntry.objects.get(relay=relay)
    assert (entry.origin, entry.organisation_id) == ("declined", desks.bruno.organisation_id)
    text = text_of(desks, desks.bruno, f"/relais/{relay.uid}/")
    assert "plus de place avant longtemps" in text.lower() or "Plus de place avant longtemps" in text
    assert NAME not in text_of(desks, desks.chloe, f"/relais/{relay.uid}/")


def test_the_meeting_opens_the_recipients_own_file_from_the_packet(desks: Desks) -> None:
    relay = desks.sent(RelayKind.TRANSFER)
    post(desks, desks.chloe, relay, "prendre")
    assert post(desks, desks.chloe, relay, "accepter", appointment_at="2027-01-11T09:30").status_code == 302
    held = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    assert post(desks, desks.chloe, relay, "rencontrer", met_at=held, is_tripartite="on").status_code == 302
    own = Person.objects.get(brought_by=relay)
    assert (own.given_name, own.phone, own.organisation_id) == ("Awa", PHONE, desks.mission.pk)
    relay.refresh_from_db()
    assert relay.is_tripartite
    # The former adviser keeps the status, not the file.
    assert desks.client(desks.bruno).get(f"/dossiers/{desks.episode.person.uid}/").status_code == 404
    status = text_of(desks, desks.bruno, f"/relais/{relay.uid}/")
    assert "Premier rendez-vous" in status and "Diallo" not in status
    assert desks.client(desks.chloe).get(f"/dossiers/{own.uid}/").status_code == 200


def test_a_stale_page_keeps_what_was_typed(desks: Desks) -> None:
    relay = desks.sent()
    post(desks, desks.chloe, relay, "prendre")
    old = Relay.objects.get(pk=relay.pk).version
    relays.release(desks.order(relay), by=desks.chloe)
    answer = desks.client(desks.chloe).post(
        f"/relais/{relay.uid}/demander/",
        {"acting_for": desks.mission.pk, "version": old, "key": uuid4(), "question": "Quel diplôme exactement ?"},
    )
    assert answer.status_code == 409
    assert "Quel diplôme exactement ?" in answer.content.decode()


def test_each_reading_is_journaled(desks: Desks) -> None:
    relay = desks.sent()
    before = JournalEntry.objects.filter(act="read_relay").count()
    text_of(desks, desks.chloe, f"/relais/{relay.uid}/")
    assert JournalEntry.objects.filter(act="read_relay").count() == before + 1


def test_the_queue_is_common_and_a_request_leaves_with_an_answer(desks: Desks) -> None:
    sent = {"acting_for": desks.bruno.organisation_id, "key": uuid4(), "need": "Un logement pour la saison"}
    phone = {"phone": "0600000009", "call_when": "le soir", "commune": "Gap"}
    assert desks.client(desks.bruno).post("/guichet/demande/", sent | phone).status_code == 302
    entry = QueueEntry.objects.get()
    for reader in (desks.edith, desks.bruno):
        assert "06 00 00 00 09" not in text_of(desks, reader, "/guichet/").replace("\xa0", " ")
    assert "logement" not in text_of(desks, desks.denis, "/guichet/")
    gesture = {"acting_for": desks.bruno.organisation_id, "version": 0, "key": uuid4()}
    assert desks.client(desks.edith).post(f"/guichet/{entry.uid}/prendre/", gesture).status_code == 302
    assert "06 00 00 00 09" in text_of(desks, desks.edith, "/guichet/").replace("\xa0", " ")
    late = desks.client(desks.bruno).post(f"/guichet/{entry.uid}/prendre/", gesture | {"key": uuid4()})
    assert late.status_code == 409
    done = gesture | {"version": 1, "key": uuid4(), "answer": "door", "words": "Maison des saisonniers, 9 h."}
    assert desks.client(desks.edith).post(f"/guichet/{entry.uid}/repondre/", done).status_code == 302
    entry.refresh_from_db()
    assert (entry.answer, entry.phone, entry.answered_at is not None) == ("door", "", True)
