"""« Qui appeler ? »: for signed-in professionals, from two letters, while typing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ensemblier.directory.models import ContactAbsence
from tests.factories.directory import make_contact
from tests.web.world import World, queries_of

pytestmark = pytest.mark.django_db


def test_it_requires_an_account(world: World) -> None:
    answer = world.client().get("/pro/?q=log")
    assert answer.status_code == 302
    assert "/connexion/?next=" in answer["Location"]


def test_two_letters_of_a_subject_and_of_a_town(world: World) -> None:
    text = world.client(world.chloe).get("/pro/?q=lo+ga").content.decode()
    assert "Nadia Martin" in text
    assert 'href="tel:+33492000001"' in text


def test_one_letter_is_not_a_search(world: World) -> None:
    text = world.client(world.chloe).get("/pro/?q=l").content.decode()
    assert "Nadia Martin" not in text
    assert "Personne ne correspond" not in text


def test_denis_who_acts_for_nobody_sees_counters_only(world: World) -> None:
    text = world.client(world.denis).get("/pro/?q=mission").content.decode()
    assert "Mission locale de Gap" in text
    assert "Nadia Martin" not in text


def test_an_absence_names_who_stands_in(world: World) -> None:
    today: date = timezone.localdate()
    other = make_contact(world.mission, "Paul Reynier", phone="+33492000002")
    ContactAbsence.objects.create(
        contact=world.contact, first_day=today, last_day=today + timedelta(days=3), replacement=other
    )
    text = world.client(world.chloe).get("/pro/?q=nadia").content.decode()
    assert "Absence jusqu’au" in text
    assert "appelez Paul Reynier" in text


def test_a_town_that_is_not_understood_is_said(world: World) -> None:
    text = world.client(world.chloe).get("/pro/?q=log&near=zzzqqqxxx").content.decode()
    assert "Aucune commune ne ressemble" in text


def test_queries_do_not_grow_with_the_rows(world: World) -> None:
    client = world.client(world.chloe)
    before = queries_of(client, "/pro/?q=log&near=gap")
    for number in range(9):
        make_contact(world.mission, f"Personne {number}", site=world.site)
    assert queries_of(client, "/pro/?q=log&near=gap") == before
