"""From five answers to the doors: in a browser, without script, by keyboard; nothing kept, nothing in an address."""

import re
import shutil
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from ensemblier.directory.core.states import PositionKind
from tests.factories.directory import make_desk, make_networks, make_offer, make_organisation, make_site
from tests.factories.territory import ARGENTIERE, BRIANCON, GAP, SAINT_DENIS_REUNION, Place, make_commune
from tests.tagged import text_of_tagged
from tests.web.conftest import PHONE, ROOT, SCREENS, CheckPage, OpenPage, tab_stops

YOUNG = {"commune": "Gap", "situation": ["jobseeker"], "age": "16_25", "points": ["out_of_school"]}
SAINT_DENIS_93 = Place("38377", "Saint-Denis", ("38999",), 900, 45.1, 5.6, ("200040715", "Grenoble-Alpes"))
"""A second commune of the same name, so that the form must ask."""


@pytest.fixture
def places(db: None) -> None:
    """Gap with a counter of three operators, one at an estimated place with unknown hours, and the regional number."""
    make_networks()
    for place in (GAP, BRIANCON, ARGENTIERE, SAINT_DENIS_REUNION, SAINT_DENIS_93):
        make_commune(place)
    make_offer(make_site(make_organisation("France Travail Gap", network="france-travail")))
    make_offer(make_site(make_organisation("Mission jeunes 05", network="mission-locale"), BRIANCON, phone=""))
    vague = {"hours_osm": "", "position": PositionKind.COMMUNE_CENTRE.value}
    make_offer(make_site(make_organisation("Cap emploi 05", network="cap-emploi"), ARGENTIERE, **vague))
    make_desk(phone="0465710000", name="Opérateur régional du Sud")


def fill(page: Page, commune: str = "Gap") -> None:
    """Answers of a young jobseeker, with words of her own."""
    page.fill("#id_commune", commune)
    for words in ("Je cherche un emploi", "De 16 à 25 ans", "J’ai arrêté l’école ou mes études"):
        page.get_by_label(words, exact=True).check()
    page.fill("#mots", "Changer de métier ?")


def send(page: Page) -> None:
    page.get_by_role("button", name="Voir qui peut m’accompagner").click()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_answer_is_accessible(open_page: OpenPage, check_page: CheckPage, places: None) -> None:
    page = open_page("/")
    fill(page)
    send(page)
    assert page.url.endswith("/reponse/")
    assert page.locator("h1").inner_text() == "Deux portes sont les vôtres"
    check_page(page, "reponse")
    picture = ROOT / "docs" / "img" / "answer.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / "haut.png", clip={"x": 0, "y": 0, "width": 1280, "height": 800})
    if not picture.exists():
        shutil.copy(SCREENS / "haut.png", picture)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_whole_way_works_without_script_on_a_phone(open_page: OpenPage, places: None) -> None:
    page = open_page("/", width=PHONE, script=False)
    fill(page, "Saint-Denis")
    send(page)
    assert page.get_by_text("Plusieurs communes peuvent être la vôtre").count() == 2  # in the summary and at the field
    page.get_by_label("La Réunion").check()
    send(page)
    assert page.locator(".e-tag", has_text="Saint-Denis (97400)").count() == 1
    page.locator("button", has_text="Oui").first.click()  # a question that changes the result, posted again
    assert page.url.endswith("/reponse/")
    page.get_by_role("button", name="Changer mes réponses").click()
    assert page.locator("#id_commune").input_value() == "Saint-Denis"
    assert page.get_by_label("Je cherche un emploi").is_checked()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_alone_goes_from_the_question_to_a_telephone_link(open_page: OpenPage, places: None) -> None:
    page = open_page("/")
    page.focus("#id_commune")
    page.keyboard.type("Gap")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first box: "Je cherche un emploi"
    page.keyboard.press("Enter")
    page.wait_for_url("**/reponse/")
    stops = tab_stops(page)
    assert any(stop.startswith("Appeler le 04") for stop in stops)
    assert [stop for stop in stops if stop.startswith("SANS FOCUS")] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_suggestions_are_posted_and_choose_the_commune(open_page: OpenPage, places: None) -> None:
    page = open_page("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.locator("#id_commune").press_sequentially("Sain", delay=20)
    page.wait_for_selector("#communes option", state="attached")
    page.fill("#id_commune", page.locator("#communes option").first.get_attribute("value") or "")
    assert page.locator("#commune_code").input_value() in ("97411", "38377")
    assert all(line.startswith("POST") for line in asked if "suggestions" in line)
    assert "sain" not in " ".join(asked).casefold().replace("/static/", "")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_widget_answers_from_another_site_without_a_cookie(
    open_page: OpenPage, places: None, live_server: Any
) -> None:
    page = open_page("/hors-ligne/")
    partner = live_server.url.replace("localhost", "127.0.0.1") + "/partenaire/"  # another site for the browser
    frame_of = f'<iframe src="{live_server.url}/widget/" width="700" height="1900" title="Questions"></iframe>'
    page.route(partner, lambda route: route.fulfill(body=frame_of, content_type="text/html"))
    page.goto(partner)
    frame = page.frame_locator("iframe")
    frame.locator("#id_commune").fill("Gap")
    frame.get_by_label("Je cherche un emploi").check()
    frame.get_by_role("button", name="Voir qui peut m’accompagner").click()
    page.wait_for_url("**/reponse/")
    assert "porte" in page.locator("h1").inner_text()
    assert page.context.cookies() == []


@pytest.mark.django_db
def test_nothing_is_kept_and_no_address_says_anything(client: Client, places: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.post("/reponse/", YOUNG)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    written = [row["sql"] for row in queries if re.search(r"\b(insert into|update|delete from)\b", row["sql"], re.I)]
    assert written == []
    assert client.get("/reponse/").headers["Location"] == "/"


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_counters(client: Client, places: None) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post("/reponse/", YOUNG)
        return len(queries)

    few = asked()
    again = make_organisation("France Travail encore", network="france-travail")
    for number in range(30):
        make_offer(make_site(again, name=f"Agence {number}"))
    assert asked() == few
    assert few <= 12


@pytest.mark.django_db
def test_what_is_not_known_is_said(client: Client, places: None) -> None:
    body = client.post("/reponse/", YOUNG | {"points": ["disabled"]}).content.decode()
    assert "Horaires non connus. Appelez avant de vous déplacer." in body
    assert "centre de la commune" in body
    assert "temps estimé" in body
    assert "Délai non connu." in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "words"),
    (
        ({"commune": ""}, "Écrivez le nom de votre commune"),
        ({"commune": "Zzxqv"}, "Nous ne trouvons pas cette commune"),
        ({"situation": []}, "Cochez au moins une case"),
        ({"points": ["aucune", "cadre"]}, "Gardez l’une ou l’autre"),
        ({"age": "<script>"}, "à revoir"),
        ({"commune": "x" * 5000}, "à revoir"),
        ({"commune_code": "99999", "commune_for": "Gap"}, "à revoir"),
    ),
)
def test_a_wrong_answer_is_explained_and_nothing_typed_is_lost(
    client: Client, places: None, answers: dict[str, Any], words: str
) -> None:
    response = client.post("/reponse/", YOUNG | {"mots": "mes mots"} | answers)
    body = response.content.decode()
    assert response.status_code == 400
    assert words in body
    assert ">mes mots</textarea>" in body
    assert "Tout ce que vous avez écrit est gardé." in body


@pytest.mark.django_db
def test_words_of_a_person_are_never_markup(client: Client, places: None) -> None:
    body = client.post("/reponse/", YOUNG | {"mots": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body


@pytest.mark.django_db
def test_a_law_that_closes_a_door_is_shown_with_its_text(client: Client, places: None) -> None:
    leaving = {"commune": "Gap", "situation": ["employee_private"], "age": "30_plus", "but": "resign_for_project"}
    body = client.post("/reponse/", leaving).content.decode()
    assert "la loi l’écarte pour ce projet" in body
    assert "L5422-1-1" in body
    assert "Ne démissionnez pas avant ce rendez-vous" in body


@pytest.mark.django_db
def test_a_wish_is_kept_and_the_language_follows(client: Client, places: None) -> None:
    response = client.post("/reponse/", YOUNG | {"souhait": "mission_locale", "langue": "en"})
    body = response.content.decode()
    assert '<html lang="en">' in body
    assert 'name="souhait" value="mission_locale"' in body
    assert response.cookies["django_language"].value == "en"


@pytest.mark.django_db
def test_paper_is_an_accessible_pdf_of_the_same_answer(client: Client, places: None) -> None:
    response = client.post("/reponse/imprimer/", YOUNG | {"mots": "mes mots"})
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    words = text_of_tagged(response.content)
    assert "Deux portes sont les vôtres" in words
    assert "mes mots" in words
    assert client.post("/reponse/imprimer/", {}).status_code == 400
