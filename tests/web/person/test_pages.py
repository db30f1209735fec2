"""The pages of the space: what they say, what they change, whose they are; and what the organisation does for them."""

import json
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.test import Client

from ensemblier.accounts.adapters.sessions import SessionStore
from ensemblier.accounts.models import User
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.links_sent import make_choice_link, make_stop_link
from ensemblier.journey.core.states import Outcome
from ensemblier.journey.models import Consent, Person, PersonLink, Relay, RelayOpinion, RightsRequest
from tests.factories.accounts import make_person_account, sign_in_person
from tests.factories.journey import order_for
from tests.factories.person_space import Space, make_proposed, make_sent_by_awa
from tests.tagged import text_of_tagged

PATHS = (
    *("", "personnes/", "relais/", "partages/", "qui-a-regarde/", "qui-a-regarde/?tout=1", "demandes/"),
    *("donnees/", "donnees/lire/", "donnees.json", "dossiers/", "accords/", "decisions/"),
)


def pro(space: Space, name: str) -> Client:
    """The browser of Bruno, Chloé or Denis."""
    client = Client()
    actor = {"bruno": space.desk.bruno, "chloe": space.desk.chloe, "denis": space.desk.denis}[name]
    client.force_login(User.objects.get(pk=actor.user_id or 0))
    return client


def test_every_page_opens_and_is_kept_by_no_browser(space: Space) -> None:
    make_proposed(space)
    for path in PATHS:
        page = space.client().get(f"/mon-espace/{path}")
        assert page.status_code == 200, path
        assert page["Cache-Control"] == "no-store", path


def test_no_address_and_no_title_names_a_structure_a_need_or_her(space: Space) -> None:
    make_proposed(space)
    for path in PATHS[:7]:
        text = space.client().get(f"/mon-espace/{path}").content.decode()
        title = text[text.index("<title>") : text.index("</title>")].lower()
        links = " ".join(part.split('"')[0] for part in text.split('href="')[1:]).lower()
        for word in ("awa", "diallo", "mission", "formation", "gap"):
            assert word not in title
            assert word not in links


def test_an_account_without_a_file_is_told_how_to_link_one(space: Space) -> None:
    PersonLink.objects.all().delete()
    text = space.client().get("/mon-espace/").content.decode()
    assert "Aucun dossier relié" in text
    assert "Diallo" not in text


def test_nothing_is_ticked_beforehand_and_the_text_stands_beside_each_line(space: Space) -> None:
    relay = make_proposed(space)
    text = space.client().get(f"/mon-espace/relais/{relay.uid}/decider/?porte=1").content.decode()
    assert "checked" not in text
    assert "Un essai de deux semaines fait en octobre." in text
    assert "J’accepte que France Travail Gap envoie" in text
    easy = space.client().get(f"/mon-espace/relais/{relay.uid}/decider/?porte=1&facile=1").content.decode()
    assert "Vous n’avez rien à expliquer." in easy


def test_none_of_these_is_one_of_the_doors_and_costs_nothing(space: Space) -> None:
    relay = make_proposed(space)
    client = space.client()
    stop = client.get(f"/mon-espace/relais/{relay.uid}/decider/?porte=aucune")
    assert stop["Location"].endswith(f"/mon-espace/relais/{relay.uid}/arreter/")
    assert client.get(stop["Location"]).status_code == 200
    relay.refresh_from_db()
    assert relay.state == "awaiting_person", "reading the page changes nothing"
    client.post(stop["Location"], {"version": relay.version, "key": str(uuid4())})
    relay.refresh_from_db()
    assert relay.state == "withdrawn"
    assert Consent.objects.count() == 0


def test_a_page_that_is_no_longer_true_keeps_her_ticks_and_sends_nothing(space: Space) -> None:
    relay = make_proposed(space)
    sent = {"porte": "1", "key": str(uuid4()), "version": str(relay.version - 1), "share_identity": "on"}
    answer = space.client().post(f"/mon-espace/relais/{relay.uid}/decider/", sent)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Rien n’est parti" in text
    assert 'name="share_identity" checked' in text
    assert Consent.objects.count() == 0


def test_one_click_stops_a_sharing(space: Space) -> None:
    make_sent_by_awa(space)
    consent = Consent.objects.get()
    client = space.client()
    client.get(f"/mon-espace/partages/{consent.uid}/arreter/")
    assert Consent.objects.get().revoked_at is None
    client.post(f"/mon-espace/partages/{consent.uid}/arreter/")
    assert Consent.objects.get().revoked_at is not None
    assert "Arrêté par vous" in client.get("/mon-espace/partages/").content.decode()


def test_a_link_in_a_message_stops_a_sharing_by_a_click_and_never_by_reading(space: Space) -> None:
    make_sent_by_awa(space)
    token = make_stop_link(Consent.objects.get().uid, at=space.at)
    anybody = Client()
    page = anybody.get(f"/arreter/{token}/")
    assert page.status_code == 200
    assert "Mission locale" not in page.content.decode(), "the page of a link names nobody"
    assert Consent.objects.get().revoked_at is None
    assert "C’est arrêté" in anybody.post(f"/arreter/{token}/").content.decode()
    assert Consent.objects.get().revoked_at is not None
    assert anybody.post("/arreter/inconnu/").status_code == 404


def test_without_an_account_she_chooses_by_a_link_and_her_year_of_birth(space: Space) -> None:
    relay = make_proposed(space)
    token = make_choice_link(relay.uid, birth_year=2004, at=space.at)
    client = Client()
    here = f"/mon-choix/relais/{relay.uid}/"
    assert client.get(here).status_code == 404, "no link, no page"
    assert "Mission" not in client.get(f"/mon-choix/{token}/").content.decode()
    assert client.post(f"/mon-choix/{token}/", {"proof": "1999"}).status_code == 400
    known_to_somebody = SessionStore()
    known_to_somebody["anything"] = 1
    known_to_somebody.save()
    client.cookies[settings.PERSON_COOKIE_NAME] = str(known_to_somebody.session_key)
    assert client.post(f"/mon-choix/{token}/", {"proof": "2004"})["Location"] == here
    assert client.cookies[settings.PERSON_COOKIE_NAME].value != known_to_somebody.session_key
    other_browser = Client()
    other_browser.cookies[settings.PERSON_COOKIE_NAME] = str(known_to_somebody.session_key)
    assert other_browser.get(here).status_code == 404, "who set the session before the proof sees nothing"
    assert "Mission locale de Gap" in client.get(here).content.decode()
    sent = {"porte": "1", "key": str(uuid4()), "version": str(relay.version), "share_identity": "on"}
    assert client.post(f"{here}decider/", sent)["Location"] == here
    relay.refresh_from_db()
    assert (relay.state, relay.choice_channel) == ("sent", "signed_link")
    other = make_proposed(space)
    assert client.get(f"/mon-choix/relais/{other.uid}/").status_code == 404, "the link opens one relay"
    client.post(f"{here}arreter/", {"version": relay.version, "key": str(uuid4())})
    relay.refresh_from_db()
    assert relay.state == "withdrawn"


def test_the_two_questions_come_at_the_end(space: Space) -> None:
    relay = make_sent_by_awa(space)
    hour = timedelta(hours=1)
    order = order_for(relay, space.at + hour)
    relays.accept(order, by=space.desk.chloe, appointment_at=space.at + timedelta(days=9))
    met = space.at + 2 * hour
    relays.meet(order_for(relay, met), by=space.desk.chloe, met_at=met)
    relays.complete(order_for(relay, met + hour), by=space.desk.chloe, outcome=Outcome.ANSWERED)
    client = space.client()
    assert "Deux questions, si vous voulez" in client.get("/mon-espace/").content.decode()
    assert client.post(f"/mon-espace/relais/{relay.uid}/avis/", {"found": "yes"}).status_code == 400
    client.post(f"/mon-espace/relais/{relay.uid}/avis/", {"found": "yes", "went": "well"})
    assert RelayOpinion.objects.get().found == "yes"
    assert "Deux questions" not in client.get("/mon-espace/").content.decode()


def test_she_contests_and_the_organisation_answers(space: Space) -> None:
    link = PersonLink.objects.get().uid
    asked = {"kind": "correction", "file": str(link), "words": "Mon nom s’écrit Diallo.", "key": str(uuid4())}
    client = space.client()
    assert client.post("/mon-espace/demandes/", asked).status_code == 302
    client.post("/mon-espace/demandes/", asked)
    request = RightsRequest.objects.get()
    bruno, acting = pro(space, "bruno"), {"acting_for": space.desk.bruno.organisation_id}
    assert "Mon nom s’écrit Diallo." in bruno.get("/demandes/").content.decode()
    assert "Mon nom" not in pro(space, "chloe").get("/demandes/").content.decode()
    empty = bruno.post("/demandes/", {"request": request.uid, "answer": "", **acting})
    assert empty.status_code == 400
    bruno.post("/demandes/", {"request": request.uid, "answer": "C’est corrigé.", **acting})
    assert "C’est corrigé." in client.get("/mon-espace/demandes/").content.decode()


def test_an_adviser_invites_and_only_she_links(space: Space) -> None:
    PersonLink.objects.all().delete()
    bruno, acting = pro(space, "bruno"), {"acting_for": space.desk.bruno.organisation_id}
    text = bruno.post(f"/dossiers/{space.episode.person.uid}/inviter/", acting).content.decode()
    token = text.split("/mon-espace/dossiers/relier/")[1].split("/")[0]
    code = text.split('<p class="e-num"><strong>')[1].split("<")[0]
    address = f"/mon-espace/dossiers/relier/{token}/"
    assert bruno.post(address, {"code": code})["Location"].startswith("/mon-espace/connexion/")
    client = space.client()
    assert client.post(address, {"code": "111111" if code != "111111" else "222222"}).status_code == 400
    assert client.post(address, {"code": code})["Location"] == "/mon-espace/"
    assert "Bonjour Awa" in client.get("/mon-espace/").content.decode()
    assert client.get(address).status_code == 404


def test_she_takes_everything_away_and_brings_it_to_another_adviser(space: Space) -> None:
    make_sent_by_awa(space)
    text = space.client().get("/mon-espace/donnees.json").content.decode()
    paper = space.client().get("/mon-espace/donnees.pdf")
    assert "Diallo" in text_of_tagged(paper.content)
    assert json.loads(text)["schema"] == "ensemblier.person"
    chloe, acting = pro(space, "chloe"), {"acting_for": str(space.desk.chloe.organisation_id)}
    before = Person.objects.count()
    looked = chloe.post("/dossiers/reprendre/", {"text": text, **acting}).content.decode()
    assert "Awa Diallo" in looked
    assert Person.objects.count() == before
    opened = chloe.post("/dossiers/reprendre/", {"text": text, "file": "0", **acting})
    assert opened["Location"].startswith("/dossiers/")
    assert Person.objects.count() == before + 1
    assert chloe.post("/dossiers/reprendre/", {"text": "x", **acting}).status_code == 400


def test_somebody_else_in_her_own_space_finds_nothing_of_awa(space: Space) -> None:
    relay = make_proposed(space)
    other = Client()
    sign_in_person(other, make_person_account("denis@exemple.fr"))
    for path in PATHS:
        assert "Diallo" not in other.get(f"/mon-espace/{path}").content.decode()
    for path in (f"relais/{relay.uid}/", f"relais/{relay.uid}/decider/?porte=1", f"relais/{relay.uid}/arreter/"):
        assert other.get(f"/mon-espace/{path}").status_code == 404
    assert other.post(f"/mon-espace/relais/{relay.uid}/arreter/").status_code == 404
    assert Relay.objects.get(pk=relay.pk).state == "awaiting_person"
