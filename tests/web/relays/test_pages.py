"""The relays through their pages: who sees what, what a gesture does, what a stale page keeps."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import withdraw_relay
from ensemblier.journey.actions.documents import DocumentDraft, add_document
from ensemblier.journey.core.documents import DocumentKind
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import JournalEntry, Person, QueueEntry, Relay, RelayMessage, RelayPacket
from ensemblier.kernel.actor import Actor
from tests.web.relays.conftest import NAME, PHONE, Desks

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


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


def asked(desks: Desks) -> Relay:
    """Chloé asked a question about a relay that shares the project."""
    relay = desks.sent()
    post(desks, desks.chloe, relay, "prendre")
    post(desks, desks.chloe, relay, "demander", question="Un essai a-t-il été fait ?")
    relay.refresh_from_db()
    return relay


def test_an_answer_with_something_of_the_file_is_read_again_before_it_leaves(desks: Desks) -> None:
    relay = asked(desks)
    path, client = f"/relais/{relay.uid}/completer/", desks.client(desks.bruno)
    first = text_of(desks, desks.bruno, path)
    assert "share_project" in first and "share_identity" in first
    assert "share_health" not in first and "share_situation" not in first, "only what she agreed to"
    sent: dict[str, object] = {"acting_for": desks.bruno.organisation_id, "version": relay.version, "key": uuid4()}
    sent |= {"share_project": "on", "words_project": "Deux semaines d’essai.", "answer": "Oui."}
    read = client.post(path, sent)
    assert "Rien n’est encore parti" in read.content.decode()
    assert RelayMessage.objects.filter(relay=relay).count() == 1
    found = re.search(r'name="read" value="(\w{64})"', read.content.decode())
    assert found
    assert client.post(path, sent | {"envoyer": "1", "read": "0" * 64}).status_code == 409
    assert client.post(path, sent | {"envoyer": "1", "read": found[1]}).status_code == 302
    for actor in (desks.chloe, desks.bruno):
        text = text_of(desks, actor, f"/relais/{relay.uid}/")
        assert ("Deux semaines d’essai." in text) == (actor is desks.chloe)
    assert client.get(path).status_code == 302, "nothing is asked any more"


def test_a_complement_outside_the_agreement_is_refused_and_nothing_leaves(desks: Desks) -> None:
    relay = asked(desks)
    sent = {"acting_for": desks.bruno.organisation_id, "version": relay.version, "key": uuid4()}
    forged = sent | {"share_health": "on", "words_health": "CANARI", "envoyer": "1", "read": "0" * 64}
    assert desks.client(desks.bruno).post(f"/relais/{relay.uid}/completer/", forged).status_code == 400
    assert not RelayPacket.objects.filter(text="CANARI").exists()
    for stranger in (desks.denis, desks.edith):
        assert desks.client(stranger).post(f"/relais/{relay.uid}/completer/", forged).status_code == 404
    assert desks.client(desks.chloe).get(f"/relais/{relay.uid}/completer/").status_code == 302


def test_a_document_is_downloaded_by_who_has_the_relay_in_hand_and_by_nobody_else(desks: Desks) -> None:
    draft = DocumentDraft(DocumentKind.OTHER, "Devis.pdf", PDF, False)
    document = add_document(desks.episode.person.uid, draft, by=desks.bruno, at=timezone.now())
    relay = desks.sent(documents=(document,))
    post(desks, desks.chloe, relay, "prendre")
    path = f"/relais/{relay.uid}/documents/{document}/"
    assert path in text_of(desks, desks.chloe, f"/relais/{relay.uid}/")
    assert desks.client(desks.chloe).get(path).content == PDF
    for other in (desks.farid, desks.denis, desks.edith):
        assert desks.client(other).get(path).status_code == 404
    withdraw_relay(desks.order(relay), by=PersonHerself(relay.person_id))
    assert desks.client(desks.chloe).get(path).status_code == 404
