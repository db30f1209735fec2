"""Being called back: a number and nothing else, seen by those who must call, gone with the call."""

from datetime import date

import pytest
from django.test import Client

from ensemblier.accounts.models import User
from ensemblier.directory.models import CallbackRequest
from tests.factories.accounts import PASSWORD, make_member, make_user
from tests.factories.directory import make_networks, make_organisation, make_site
from tests.factories.territory import GAP, make_commune
from tests.web.conftest import CheckPage, OpenPage

ASKED = {"tel": "06 39 98 00 12", "qui": "mission_locale", "moment": "le matin", "commune_code": "05061"}


@pytest.fixture
def people(db: None) -> None:
    """Bruno acts for the Mission locale, Chloé for France Travail; both have an account."""
    make_networks()
    make_commune(GAP)
    for name, structure, network in (
        ("Bruno", "Mission jeunes 05", "mission-locale"),
        ("Chloé", "France Travail Gap", "france-travail"),
    ):
        organisation = make_organisation(structure, network=network)
        make_site(organisation, GAP)
        make_member(make_user(name, is_demonstration=True), organisation, valid_from=date(2020, 1, 1))


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@exemple.fr"))
    return client


@pytest.mark.django_db
def test_only_the_door_that_was_chosen_sees_the_number_and_the_call_deletes_it(client: Client, people: None) -> None:
    assert client.post("/rappel/", ASKED).headers["Location"] == "/rappel/demande/"
    row = CallbackRequest.objects.get()
    assert "06" in signed_in("bruno").get("/pro/rappels/").content.decode()
    assert "39\u00a098" not in signed_in("chloe").get("/pro/rappels/").content.decode()

    chloe, bruno = signed_in("chloe"), signed_in("bruno")
    acting = {"acting_for": _acting(chloe)}
    assert chloe.post(f"/pro/rappels/{row.uid}/", acting).status_code == 403
    assert CallbackRequest.objects.exists()
    bruno.post(f"/pro/rappels/{row.uid}/", {"acting_for": _acting(bruno)})
    assert not CallbackRequest.objects.exists()


def _acting(client: Client) -> str:
    """What the hidden field of the pages of this person says."""
    from ensemblier.accounts.queries.members import actor_for

    user = int(client.session["_auth_user_id"])
    return str(actor_for(user, on=date(2026, 11, 22)).organisation_id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    (
        ({"tel": ""}, "Écrivez le numéro"),
        ({"tel": "bonjour"}, "n’est pas un numéro de téléphone"),
        ({"qui": ""}, "Choisissez qui doit vous rappeler"),
        ({"qui": "fongecif"}, "Choisissez qui doit vous rappeler"),
        ({"qui": "apec@pas-un-uid"}, "Choisissez qui doit vous rappeler"),
        ({"commune_code": ""}, "Écrivez le nom de votre commune"),
        ({"commune_code": "", "commune": "zzzzqx"}, "Nous ne trouvons pas cette commune"),
    ),
)
def test_a_wrong_request_is_explained_and_nothing_is_stored(
    client: Client, people: None, change: dict[str, str], words: str
) -> None:
    response = client.post("/rappel/", ASKED | change)
    body = response.content.decode()
    assert response.status_code == 400
    assert words in body
    assert 'value="le matin"' in body
    assert not CallbackRequest.objects.exists()


@pytest.mark.django_db
def test_the_commune_is_typed_on_the_page_and_kept_when_it_is_wrong(client: Client, people: None) -> None:
    typed = {"tel": "06 39 98 00 12", "qui": "mission_locale", "moment": "", "commune_code": "", "commune_for": ""}
    wrong = client.post("/rappel/", typed | {"commune": "Gap-sur-rien"}).content.decode()
    assert 'value="Gap-sur-rien"' in wrong
    assert client.post("/rappel/", typed | {"commune": "gap"}).status_code == 302
    assert CallbackRequest.objects.get().commune_id == "05061"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_form_is_accessible(open_page: OpenPage, check_page: CheckPage, people: None) -> None:
    check_page(open_page("/rappel/"), "rappel")


@pytest.mark.django_db
def test_the_queue_is_for_accounts_only(client: Client) -> None:
    assert client.get("/pro/rappels/").headers["Location"].startswith("/connexion/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_queue_is_accessible(open_page: OpenPage, check_page: CheckPage, people: None) -> None:
    Client().post("/rappel/", ASKED)
    page = open_page("/pro/rappels/")
    page.fill("[name=username]", "bruno@exemple.fr")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    assert page.locator("h1").inner_text() == "Une personne attend votre appel"
    check_page(page, "rappels")
