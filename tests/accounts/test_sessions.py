"""Sessions end after 30 minutes without use and 12 hours in all; a professional's and a person's never meet."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from ensemblier.accounts.adapters.sessions import SessionStore
from ensemblier.accounts.core.sessions import ABSOLUTE, IDLE, ends_at
from ensemblier.accounts.models import PersonAccount, Session
from ensemblier.web.access import Who, page, person_of
from ensemblier.web.sessions import Sessions, device_of
from tests.factories.accounts import make_person_account, make_user, sign_in_person

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("used_after", "ends_after"), [(0, 30), (60, 90), (11 * 60, 11 * 60 + 30), (11 * 60 + 45, 12 * 60), (720, 720)]
)
def test_the_end_moves_with_use_and_never_beyond_twelve_hours(used_after: int, ends_after: int) -> None:
    assert ends_at(START, START + timedelta(minutes=used_after)) == START + timedelta(minutes=ends_after)


def test_a_session_nobody_uses_ends_and_one_in_use_lasts(client: Client) -> None:
    client.force_login(make_user("Bruno"))
    row = Session.objects.get()
    assert row.user is not None and row.expire_date - row.last_seen_at == IDLE
    used = timezone.now() - timedelta(minutes=20)
    Session.objects.update(last_seen_at=used, expire_date=used + IDLE)
    assert client.get("/pro/").status_code == 200
    row.refresh_from_db()
    assert row.last_seen_at > used and row.expire_date - row.last_seen_at == IDLE, "la visite l'a prolongée"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/pro/").headers["Location"].startswith("/connexion/")


def test_twelve_hours_after_signing_in_no_use_prolongs_a_session(client: Client) -> None:
    client.force_login(make_user("Bruno"))
    store = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    started = timezone.now() - ABSOLUTE + timedelta(minutes=10)
    store["signed_in_at"] = started.isoformat()
    store.save()
    Session.objects.update(last_seen_at=timezone.now() - timedelta(minutes=5))
    assert client.get("/pro/").status_code == 200
    assert Session.objects.get().expire_date == started + ABSOLUTE


def test_signing_in_changes_the_number_of_the_session(client: Client) -> None:
    session = client.session
    session["before"] = "somebody else's"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    bruno = make_user("Bruno")
    client.force_login(bruno)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def herself(request: HttpRequest) -> HttpResponse:
    account = person_of(request)
    return HttpResponse("" if account is None else str(account.uid))


def test_a_person_enters_her_space_and_no_professional_does(client: Client, rf: RequestFactory) -> None:
    awa = make_person_account()
    sign_in_person(client, awa)
    door = page(reads=True, who=Who.PERSON)(herself)

    def ask(cookies: dict[str, str]) -> HttpResponse:
        request = rf.get("/mon-espace/")
        request.COOKIES.update(cookies)
        request.session = SessionStore()
        answer = Sessions(door)(request)  # type: ignore[arg-type]
        assert isinstance(answer, HttpResponse)
        return answer

    her_key = client.cookies[settings.PERSON_COOKIE_NAME].value
    assert ask({settings.PERSON_COOKIE_NAME: her_key}).content.decode() == str(awa.uid)
    client.force_login(make_user("Bruno"))
    his_key = client.cookies[settings.SESSION_COOKIE_NAME].value
    for cookies in ({}, {settings.SESSION_COOKIE_NAME: her_key}, {settings.PERSON_COOKIE_NAME: his_key}):
        assert ask(cookies).status_code == 302, "la session de l'un n'ouvre jamais l'espace de l'autre"
    PersonAccount.objects.update(is_active=False)
    assert ask({settings.PERSON_COOKIE_NAME: her_key}).status_code == 302, "un compte fermé n'entre plus"


def test_a_person_s_session_opens_no_professional_page(client: Client) -> None:
    sign_in_person(client, make_person_account())
    key = client.cookies[settings.PERSON_COOKIE_NAME].value
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/pro/").headers["Location"].startswith("/connexion/")


def test_the_database_refuses_a_session_of_two_people() -> None:
    awa, bruno = make_person_account(), make_user("Bruno")
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(
            session_key="x", session_data="", expire_date=now, started_at=now, last_seen_at=now,
            user=bruno, person_account_id=awa.id,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("curl", ""),
    ],
)
def test_a_device_is_named_in_words(rf: RequestFactory, agent: str, words: str) -> None:
    assert device_of(rf.get("/", HTTP_USER_AGENT=agent)) == words
