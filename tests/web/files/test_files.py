"""The list, the opening and the first tab of a file: who gets them, what they say, what never stands in an address."""

import re
from uuid import uuid4

from django.http import HttpResponseBase

from ensemblier.journey.models import Person
from tests.web.files.conftest import Files


def test_bruno_reads_the_request_before_any_code(files: Files) -> None:
    page = files.client(files.bruno).get(files.path)
    text = page.content.decode()
    assert page.status_code == 200
    assert text.index("devenir soudeuse") < text.index("Téléphone")
    assert "Vous êtes référent" in text
    assert page["Cache-Control"] == "no-store"


def test_the_title_and_the_address_hold_no_name(files: Files) -> None:
    text = files.client(files.bruno).get(files.path).content.decode()
    title = re.search(r"<title>(.*?)</title>", text)
    assert title is not None
    assert "Awa" not in title.group(1)
    assert not re.search(r'(?:href|action)="[^"]*(?:awa|diallo)', text, re.I)


def test_a_file_that_is_not_theirs_answers_like_one_that_does_not_exist(files: Files) -> None:
    for actor in (files.edith, files.chloe):
        client = files.client(actor)
        theirs, unknown = client.get(files.path), client.get(f"/dossiers/{uuid4()}/")
        assert (theirs.status_code, unknown.status_code) == (404, 404)
        assert body(theirs) == body(unknown)
    assert files.client(files.denis).get(files.path).status_code == 403
    assert files.client().get(files.path).status_code == 302


def body(response: HttpResponseBase) -> str:
    """The page without what was asked: the identifier of its address, the token of its forms."""
    text = str(response.content, "utf-8")  # type: ignore[attr-defined]
    return re.sub(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_the_list_is_searched_without_accents_and_by_beginnings(files: Files) -> None:
    client = files.client(files.bruno)
    Person.objects.filter(pk=files.person.pk).update(given_name="Éloïse", family_name="Lefèvre-Müller")
    for text, answers in [("eloise", True), ("LEFEV", True), ("mull", True), ("loise", False), ("zoe", False)]:
        assert ("Éloïse" in client.post("/dossiers/", {"q": text}).content.decode()) is answers, text
    assert "Éloïse" not in files.client(files.chloe).post("/dossiers/", {"q": "eloise"}).content.decode()


def test_the_list_filters_by_state_and_lead(files: Files) -> None:
    client = files.client(files.bruno)
    for sent, answers in [({"mine": "1"}, True), ({"state": "open"}, True), ({"state": "closed"}, False)]:
        assert ("Awa" in client.post("/dossiers/", sent).content.decode()) is answers, sent
    assert "Awa" not in client.post("/dossiers/", {"status": "jobseeker"}).content.decode()


def test_a_page_of_the_list_follows_the_other(files: Files) -> None:
    client = files.client(files.bruno)
    for number in range(25):
        client.post("/dossiers/nouveau/", {"given_name": f"Zoé {chr(65 + number)}", "acting_for": acting(files)})
    first = client.get("/dossiers/").content.decode()
    cursor = re.search(r'name="cursor" value="([^"]+)"', first)
    assert cursor is not None
    second = client.post("/dossiers/", {"cursor": cursor.group(1)}).content.decode()
    seen = re.findall(r'<strong><a href="(/dossiers/[^"]+)"', first + second)
    assert (len(seen), len(set(seen))) == (26, 26)
    assert client.post("/dossiers/", {"cursor": "xyz"}).status_code == 400


def acting(files: Files) -> str:
    return str(files.bruno.organisation_id)


def test_nothing_is_asked_to_open_a_file(files: Files) -> None:
    response = files.client(files.bruno).post("/dossiers/nouveau/", {"acting_for": acting(files)}, follow=True)
    assert "Personne sans nom" in response.content.decode()


def test_a_click_twice_opens_one_file(files: Files) -> None:
    client, sent = files.client(files.bruno), {"given_name": "Awa", "acting_for": acting(files), "key": str(uuid4())}
    first, second = (client.post("/dossiers/nouveau/", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Person.objects.count() == 2


def test_what_was_typed_is_kept_when_a_name_holds_digits(files: Files) -> None:
    sent = {"given_name": "Awa", "family_name": "2850699", "request": "Changer de métier", "acting_for": acting(files)}
    response = files.client(files.bruno).post("/dossiers/nouveau/", sent)
    assert response.status_code == 400
    assert "Changer de métier" in response.content.decode()
    assert Person.objects.count() == 1
