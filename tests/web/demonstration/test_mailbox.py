"""The mail of the demonstration: fictitious addresses only, and only while the demonstration is there."""

from uuid import uuid4

import pytest
from django.test import Client

from ensemblier.directory.queries.demonstration import SOURCE_CODE
from ensemblier.kernel.orm.outbox import Channel, OutMessage, enqueue
from tests.factories.directory import make_organisation, make_source
from tests.web.conftest import CheckPage, OpenPage

PAGE = "/demonstration/courrier/"


def write(to: str, body: str, channel: Channel = Channel.EMAIL) -> None:
    subject = "" if channel is Channel.SMS else "Un message vous attend"
    enqueue(OutMessage("t", channel, to, subject, body, uuid4()))


def load() -> None:
    make_organisation("Structure fictive", source=make_source(code=SOURCE_CODE))


@pytest.mark.django_db
def test_it_does_not_exist_without_the_demonstration() -> None:
    assert Client().get(PAGE).status_code == 404


@pytest.mark.django_db
def test_it_shows_fictitious_mail_only_and_nobody_keeps_it() -> None:
    load()
    write("awa@example.org", "Votre code : 123456")
    write("awa@exemple.fr", "Un secret de quelqu’un")
    answer = Client().get(PAGE)
    assert answer["Cache-Control"] == "no-store"
    assert "Votre code : 123456" in answer.content.decode()
    assert "Un secret" not in answer.content.decode()


@pytest.mark.django_db
def test_one_address_is_read_alone() -> None:
    load()
    write("awa@example.org", "Pour Awa")
    write("bruno@example.org", "Pour Bruno")
    said = Client().get(PAGE, {"a": "bruno@example.org"}).content.decode()
    assert "Pour Bruno" in said
    assert "Pour Awa" not in said


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser(open_page: OpenPage, check_page: CheckPage) -> None:
    load()
    page = open_page(PAGE)
    check_page(page, "courrier-vide")
    link = "http://127.0.0.1:8000/mon-espace/entrer/abcdefghijklmnopqrstuvwxyz0123456789/"
    write("awa@example.org", f"Bonjour,\n\nUn message vous attend dans votre espace.\n\n{link}")
    write("06 39 98 00 01", "Ensemblier : votre code est 123456.", Channel.SMS)
    page.reload()
    check_page(page, "courrier")
    assert page.get_by_role("link", name="http://127.0.0.1:8000").count() == 1
