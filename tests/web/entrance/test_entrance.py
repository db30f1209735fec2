"""Signing in, with two proofs; one's own account; invitations; a person's link. Through the pages, as one clicks."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pyotp
import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.actions.factors import add_totp
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import (
    KnownDevice,
    Membership,
    PersonAccount,
    RecoveryCode,
    Session,
    SignedLink,
    User,
)
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.accounts import PASSWORD, make_member, make_person_account, make_user, sign_in_person
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BRUNO = {"username": "bruno@exemple.fr", "password": PASSWORD}


def code(shift: int = 0) -> str:
    """What the application shows, `shift` periods from now."""
    return pyotp.TOTP(SECRET).at(timezone.now() + timedelta(seconds=30 * shift))


def with_application(user: User) -> None:
    """An application of codes, added two minutes ago."""
    before = timezone.now() - timedelta(minutes=2)
    add_totp(user.pk, secret=SECRET, code=pyotp.TOTP(SECRET).at(before), name="", at=before)


def is_in(client: Client) -> bool:
    """Whether the browser has a professional's session."""
    return client.get("/compte/").status_code == 200


def test_the_password_alone_opens_nothing_and_the_code_opens(client: Client) -> None:
    with_application(make_user("Bruno"))
    first = client.post("/connexion/", {**BRUNO, "next": "/pro/rappels/"})
    assert first["Location"] == "/connexion/seconde-preuve/"
    assert not is_in(client) and client.get("/connexion/premiere-fois/")["Location"] == "/connexion/"
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert "pas le bon" in client.post("/connexion/seconde-preuve/", {"code": "000000"}).content.decode()
    done = client.post("/connexion/seconde-preuve/", {"code": code()})
    assert done["Location"] == "/pro/rappels/" and is_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before, "un nouveau numéro de session"
    assert Session.objects.filter(session_key=before).count() == 0
    device = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert device["httponly"] and device["samesite"] == "Lax" and KnownDevice.objects.count() == 1
    assert device.value not in str(KnownDevice.objects.values())


def test_the_half_open_door_closes_after_ten_minutes(client: Client) -> None:
    with_application(make_user("Bruno"))
    client.post("/connexion/", BRUNO)
    session = client.session
    session["half_signed_in"] |= {"at": (timezone.now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert client.post("/connexion/seconde-preuve/", {"code": code()})["Location"] == "/connexion/"
    assert not is_in(client)


def test_nobody_real_enters_before_adding_a_second_proof(client: Client) -> None:
    make_user("Bruno")
    assert client.post("/connexion/", BRUNO)["Location"] == "/connexion/premiere-fois/"
    page = client.get("/connexion/premiere-fois/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret and not is_in(client)
    assert client.post("/connexion/premiere-fois/", {"code": "000000"}).status_code == 400
    shown = client.post("/connexion/premiere-fois/", {"code": pyotp.TOTP(secret[1].replace(" ", "")).now()})
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", shown.content.decode())
    assert len(codes) == 10 and RecoveryCode.objects.count() == 10 and shown["Cache-Control"] == "no-store"
    assert is_in(client)
    other = Client()
    other.post("/connexion/", BRUNO)
    assert other.post("/connexion/seconde-preuve/", {"code": codes[3]}).status_code == 302 and is_in(other)


def test_a_demonstration_account_enters_with_its_password_and_says_why(client: Client) -> None:
    make_user("Bruno", is_demonstration=True)
    assert client.post("/connexion/", BRUNO)["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert "le mot de passe suffit" in client.get("/compte/").content.decode()


def test_one_lists_and_ends_one_s_other_sessions_and_nobody_else_s(client: Client) -> None:
    bruno, chloe, elsewhere, hers = make_user("Bruno"), make_user("Chloé"), Client(), Client()
    client.force_login(bruno)
    elsewhere.force_login(bruno)
    hers.force_login(chloe)
    page = client.get("/compte/").content.decode()
    numbers = re.findall(r'name="session" value="(\w+)"', page)
    assert len(numbers) == 1 and page.count("Ouverte le") == 2
    assert not any(key in page for key in Session.objects.values_list("session_key", flat=True))
    hers.post("/compte/sessions/", {"session": numbers[0]})
    assert is_in(elsewhere), "Chloé ne ferme pas une session de Bruno"
    client.post("/compte/sessions/", {"session": numbers[0]})
    assert not is_in(elsewhere) and is_in(client)
    elsewhere.force_login(bruno)
    client.post("/compte/sessions/")
    assert not is_in(elsewhere) and is_in(client) and is_in(hers)


def test_rights_taken_away_are_gone_at_the_next_request(client: Client) -> None:
    mission, bruno = make_organisation(), make_user("Bruno")
    make_member(bruno, mission, Role.COORDINATOR)
    client.force_login(bruno)
    assert client.get("/pro/accords/nouveau/").status_code == 200
    Membership.objects.update(valid_to=timezone.localdate(), valid_from=timezone.localdate() - timedelta(days=3))
    assert client.get("/pro/accords/nouveau/").status_code == 403
    User.objects.update(is_active=False)
    assert client.get("/pro/")["Location"].startswith("/connexion/")


def letter_link() -> str:
    """The address in the last letter."""
    body = OutboxMessage.objects.latest("pk").body
    found = re.search(r"http://testserver(\S+)", body)
    assert found
    return urlsplit(found[1]).path


def shown_code(page: str) -> str:
    """The six digits on the page."""
    found = re.search(r"<strong>(\d{3}).?(\d{3})</strong>", page)
    assert found
    return found[1] + found[2]


def test_a_person_enters_by_a_link_and_the_code_on_her_screen(client: Client) -> None:
    page = client.post("/mon-espace/connexion/", {"email": "Awa@Exemple.fr"}).content.decode()
    digits, link = shown_code(page), letter_link()
    letter = OutboxMessage.objects.latest("pk")
    assert digits not in letter.body and letter.to == "awa@exemple.fr"
    phone = Client()
    before = list(SignedLink.objects.values()), Session.objects.count()
    for _ in range(3):
        assert phone.get(link).status_code == 200
    assert (list(SignedLink.objects.values()), Session.objects.count()) == before, "lire le lien ne change rien"
    assert phone.post(link, {"proof": "000000"}).status_code == 400
    assert phone.post(link, {"proof": digits}).status_code == 302
    assert Session.objects.filter(person_account__email="awa@exemple.fr").count() == 1
    assert phone.post(link, {"proof": digits}).status_code == 400, "une seule fois"
    assert phone.post("/mon-espace/quitter/").status_code == 302 and not Session.objects.exists()


def test_known_and_unknown_addresses_get_the_same_page() -> None:
    make_person_account("awa@exemple.fr")
    pages = [Client().post("/mon-espace/connexion/", {"email": f"{who}@exemple.fr"}) for who in ("awa", "inconnue")]
    blank = [re.sub(r"\d{3}.?\d{3}|awa|inconnue", "", page.content.decode()) for page in pages]
    assert blank[0] == blank[1] and {page.status_code for page in pages} == {200}
    assert PersonAccount.objects.filter(proved_at__isnull=True).count() == 1


def test_five_letters_an_hour_to_one_address() -> None:
    for _ in range(8):
        Client().post("/mon-espace/connexion/", {"email": "awa@exemple.fr"})
    assert OutboxMessage.objects.count() == 5


def test_leaving_one_s_own_space_leaves_the_professional_s_session(client: Client) -> None:
    client.force_login(make_user("Bruno"))
    sign_in_person(client, make_person_account())
    client.post("/mon-espace/quitter/")
    assert is_in(client) and Session.objects.count() == 1


def test_nobody_is_sent_elsewhere_after_signing_in(client: Client) -> None:
    make_user("Bruno", is_demonstration=True)
    answer = client.post("/connexion/", {**BRUNO, "next": "https://ailleurs.example/"})
    assert answer["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert "ailleurs" not in client.get("/mon-espace/connexion/?next=https://ailleurs.example/").content.decode()
