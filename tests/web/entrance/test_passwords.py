"""A forgotten password: the same answer for every address, a link and a code, once; and a person's open sessions."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.actions import passwords
from ensemblier.accounts.models import Session, SignedLink, User
from ensemblier.kernel.orm.models import AuditRow, OutboxMessage
from tests.factories.accounts import PASSWORD, make_person_account, make_user, sign_in_person
from tests.web.entrance.test_entrance import code as shown_by_application
from tests.web.entrance.test_entrance import with_application

pytestmark = pytest.mark.django_db

ASK, NEW = "/connexion/mot-de-passe/", "une tout autre phrase, encore plus longue"


def ask(email: str, client: Client | None = None) -> tuple[str, str]:
    """The code on the screen, and the page without it and without the address."""
    page = (client or Client()).post(ASK, {"email": email}).content.decode()
    found = re.search(r"<strong>(\d{3} \d{3})</strong>", page)
    assert found, page
    return found[1], re.sub(r'csrf\w*" value="[^"]+"', "", page.replace(found[1], "").replace(email, ""))


def link() -> str:
    """The path of the last letter's link."""
    body = OutboxMessage.objects.order_by("-id")[0].body
    found = re.search(r"http://testserver(\S+)", body)
    assert found, body
    return found[1]


def test_the_screen_says_the_same_for_a_known_an_unknown_and_a_closed_address() -> None:
    make_user("Bruno")
    make_user("Chloé", is_active=False)
    pages = {ask(email)[1] for email in ("bruno@exemple.fr", "personne@exemple.fr", "chloe@exemple.fr")}
    assert len(pages) == 1, "la page ne dit pas si l’adresse a un compte"
    assert [row.to for row in OutboxMessage.objects.all()] == ["bruno@exemple.fr"]
    letter = OutboxMessage.objects.get()
    assert "Bruno" not in letter.subject + letter.body and not re.search(r"\d{3} ?\d{3}", letter.body.split("http")[0])


def test_link_and_code_change_it_once_end_every_session_and_the_second_proof_is_still_asked(client: Client) -> None:
    bruno, elsewhere = make_user("Bruno"), Client()
    with_application(bruno)
    elsewhere.force_login(bruno)
    code, _page = ask("bruno@exemple.fr")
    path = link()
    assert client.get(path).status_code == 200 and SignedLink.objects.get().used_at is None, "lire ne change rien"
    weak = client.post(path, {"proof": code, "password": "court"})
    assert weak.status_code == 400 and SignedLink.objects.get().used_at is None, "le lien reste bon"
    assert client.post(path, {"proof": "000000", "password": NEW}).status_code == 400
    done = client.post(path, {"proof": code, "password": NEW})
    assert done["Location"] == "/connexion/seconde-preuve/", "un lien n’ouvre rien sans la seconde preuve"
    assert elsewhere.get("/compte/").status_code == 302 and not Session.objects.filter(user=bruno).exists()
    assert client.get("/compte/").status_code == 302
    assert client.post("/connexion/seconde-preuve/", {"code": shown_by_application()}).status_code == 302
    assert client.get("/compte/").status_code == 200
    bruno.refresh_from_db()
    assert bruno.check_password(NEW) and not bruno.check_password(PASSWORD)
    assert client.post(path, {"proof": code, "password": PASSWORD}).status_code == 400, "une seule fois"
    assert AuditRow.objects.filter(verb="change_password", actor_id=bruno.pk).count() == 1


def test_a_link_ends_after_half_an_hour_and_when_another_one_is_asked(client: Client) -> None:
    make_user("Bruno")
    code, _page = ask("bruno@exemple.fr")
    first = link()
    second_code, _page = ask("Bruno@Exemple.fr")
    assert client.post(first, {"proof": code, "password": NEW}).status_code == 400, "remplacé par le suivant"
    SignedLink.objects.filter(closed_at=None).update(expires_at=timezone.now() - timedelta(seconds=1))
    late = client.post(link(), {"proof": second_code, "password": NEW})
    assert late.status_code == 400 and "ne s’ouvre plus" in late.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_the_old_sessions_would_live_on_if_the_action_forgot_them(client: Client) -> None:
    bruno, elsewhere = make_user("Bruno"), Client()
    elsewhere.force_login(bruno)
    code, _page = ask("bruno@exemple.fr")
    with mock.patch.object(passwords, "Session"):
        client.post(link(), {"proof": code, "password": NEW})
    assert Session.objects.filter(user=bruno).exists(), "la faute semée est vue"


def test_letters_are_counted_and_an_account_without_password_is_told_how_it_opens() -> None:
    make_user("Bruno").delete()
    User.objects.create_user("bruno@exemple.fr", None, name="Bruno")
    for _ in range(7):
        ask("bruno@exemple.fr")
    letters = list(OutboxMessage.objects.all().order_by("id"))
    assert len(letters) == 5 and not SignedLink.objects.exists()
    assert all("identité professionnelle" in letter.body and "http" not in letter.body for letter in letters)


def test_a_person_sees_where_her_space_is_open_and_closes_it_there_and_nowhere_else(client: Client) -> None:
    awa, denis = make_person_account(), make_person_account("denis@exemple.fr")
    phone, his, pro = Client(), Client(), Client()
    for browser, account in ((client, awa), (phone, awa), (his, denis)):
        sign_in_person(browser, account)
    pro.force_login(make_user("Bruno"))
    page = client.get("/mon-espace/ouvert/").content.decode()
    numbers = re.findall(r'name="session" value="(\w+)"', page)
    assert len(numbers) == 1 and page.count("Ouverte le") == 2
    assert not any(key in page for key in Session.objects.values_list("session_key", flat=True))
    his.post("/mon-espace/ouvert/fermer/", {"session": numbers[0]})
    pro.post("/compte/sessions/", {"session": numbers[0]})
    assert phone.get("/mon-espace/").status_code == 200, "ni Denis ni un professionnel ne ferme sa session"
    assert client.post("/mon-espace/ouvert/fermer/", {"session": numbers[0]}).status_code == 302
    assert phone.get("/mon-espace/").status_code == 302 and client.get("/mon-espace/").status_code == 200
    sign_in_person(phone, awa)
    client.post("/mon-espace/ouvert/fermer/")
    assert phone.get("/mon-espace/").status_code == 302
    assert his.get("/mon-espace/").status_code == 200 and pro.get("/compte/").status_code == 200
