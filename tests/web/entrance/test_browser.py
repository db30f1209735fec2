"""The entrance as it is seen: pictures at two widths, axe, a passkey of Chromium, and nothing left behind Back."""

from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from ensemblier.accounts.actions.invitations import Invited, invite
from ensemblier.accounts.actions.staff import record_member_absence
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Passkey, User
from ensemblier.accounts.queries.members import actor_for
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.kernel.period import Period
from tests.factories.accounts import PASSWORD, make_member, make_user
from tests.factories.directory import make_organisation
from tests.web.conftest import CheckPage, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_localhost(page: Page) -> None:
    """Passkeys want a name, not a number, for a site without https."""
    page.goto(page.url.replace("127.0.0.1", "localhost"))


def sign_in(page: Page, **fields: Any) -> None:
    """The form, filled in."""
    page.fill("[name=username]", "bruno@exemple.fr")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def test_the_first_sign_in_adds_an_application_then_asks_for_it(open_page: OpenPage, check_page: CheckPage) -> None:
    make_user("Bruno")
    page = open_page("/connexion/")
    check_page(page, "connexion")
    sign_in(page)
    page.locator("summary", has_text="viser l’image").click()
    check_page(page, "premiere-preuve")
    secret = page.locator("details code").inner_text().replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Enregistrer l’application").click()
    page.wait_for_selector("h1:has-text('codes de secours')")
    check_page(page, "codes-de-secours")
    recovery = page.locator("main li code").first.inner_text()
    page.goto("/compte/")
    check_page(page, "mon-compte")
    page.context.clear_cookies()
    page.goto("/connexion/?next=/compte/")
    sign_in(page)
    check_page(page, "seconde-preuve")
    page.fill("[name=code]", recovery)
    page.click("main button[type=submit]")
    page.wait_for_url("**/compte/")
    assert "9 codes de secours" in page.inner_text("main")


def test_a_passkey_of_the_browser_is_made_and_opens_the_account(open_page: OpenPage, check_page: CheckPage) -> None:
    make_user("Bruno")
    page = open_page("/connexion/")
    at_localhost(page)
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True,
                     "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip
    sign_in(page)
    page.get_by_role("button", name="Enregistrer une clé").click()
    page.wait_for_selector("h1:has-text('codes de secours')")
    assert Passkey.objects.count() == 1
    page.context.clear_cookies()
    page.goto("/connexion/?next=/compte/")
    at_localhost(page)
    sign_in(page)
    check_page(page, "seconde-preuve-cle")
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.wait_for_url("**/compte/")
    assert "Clé d’accès" in page.inner_text("main") and Passkey.objects.get().last_used_at is not None


def test_back_after_signing_out_shows_nothing(open_page: OpenPage) -> None:
    make_user("Bruno", is_demonstration=True)
    page = open_page("/connexion/?next=/compte/")
    sign_in(page)
    page.wait_for_url("**/compte/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(lambda url: "/compte/" not in url)
    page.go_back()
    page.wait_for_load_state()
    assert "Où vous êtes connecté" not in page.content() and "/connexion/" in page.url


def test_a_person_enters_with_a_link_and_a_code(open_page: OpenPage, check_page: CheckPage) -> None:
    page = open_page("/mon-espace/connexion/")
    check_page(page, "mon-espace-connexion")
    page.fill("[name=email]", "awa@exemple.fr")
    page.click("main button[type=submit]")
    page.wait_for_selector(".e-bigcode")
    check_page(page, "mon-espace-code")
    digits = page.inner_text(".e-bigcode")
    from ensemblier.kernel.orm.models import OutboxMessage

    link = next(word for word in OutboxMessage.objects.get().body.split() if word.startswith("http"))
    page.goto(link)
    check_page(page, "mon-espace-entrer")
    page.fill("[name=proof]", digits)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/entrer/" not in url)
    assert any(cookie["name"] == settings.PERSON_COOKIE_NAME for cookie in page.context.cookies())
    page.goto(link)
    assert "ne s’ouvre plus" in page.inner_text("h1")
    check_page(page, "mon-espace-lien-ferme")


def test_the_people_of_a_structure(open_page: OpenPage, check_page: CheckPage) -> None:
    mission, lea, bruno = make_organisation(), make_user("Léa"), make_user("Bruno")
    make_member(lea, mission, Role.ACCOUNT_MANAGER, Role.TEAM_LEAD, Role.COORDINATOR, with_convention=False)
    make_member(bruno, mission, Role.ADVISER, with_convention=False)
    today = timezone.localdate()
    actor = actor_for(lea.pk, mission.uid, on=today, label="Léa")
    who = Invited("ines@exemple.fr", "Inès Roux", frozenset({Role.ADVISER}))
    invite(who, actor=actor, address_of=lambda token: token, at=timezone.now())
    record_member_absence(
        bruno.pk, period=Period(today, today.replace(year=today.year + 1)), substitute_id=None, actor=actor
    )
    client = Client()
    client.force_login(User.objects.get(pk=lea.pk))
    page = open_page("/connexion/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    for name, path in {
        "equipe": "/equipe/",
        "convention": "/pro/convention/",
        "inviter": "/equipe/inviter/",
        "absence": f"/equipe/{bruno.pk}/absence/",
        "roles": f"/equipe/{bruno.pk}/roles/",
        "depart": f"/equipe/{bruno.pk}/depart/",
        "bienvenue": "/bienvenue/",
        "systemes": "/equipe/systemes/",
        "jeton": "/equipe/systemes/jeton/",
        "appel": "/equipe/systemes/appel/",
        "indicateurs": "/indicateurs/",
    }.items():
        page.goto(path)
        check_page(page, f"equipe-{name}")
    page.goto("/equipe/systemes/jeton/")
    page.fill("[name=name]", "Outil de la structure")
    page.get_by_role("button", name="Faire le jeton").click()
    check_page(page, "equipe-jeton-une-fois")


def test_a_forgotten_password_as_it_is_seen(open_page: OpenPage, check_page: CheckPage) -> None:
    make_user("Bruno")
    page = open_page("/connexion/")
    page.get_by_role("link", name="Mot de passe oublié ?").click()
    check_page(page, "mot-de-passe-oublie")
    page.fill("[name=email]", "bruno@exemple.fr")
    page.get_by_role("button", name="Recevoir un lien").click()
    check_page(page, "mot-de-passe-code")
    code = page.locator(".e-bigcode").inner_text()
    body = OutboxMessage.objects.get().body
    page.goto(next(word for word in body.split() if word.startswith("http")))
    check_page(page, "mot-de-passe-nouveau")
    page.fill("[name=proof]", code)
    page.fill("[name=password]", "une tout autre phrase, encore plus longue")
    page.get_by_role("button", name="Changer le mot de passe").click()
    page.wait_for_url("**/connexion/premiere-fois/")
