"""« Ma journée »: what waits, in words first; the same number of queries whatever waits."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.models import User
from ensemblier.journey.core.day import DayCount
from ensemblier.journey.models import Appointment, Person, PlanStep
from ensemblier.web.day.views import sentence
from tests.factories.journey import Desk, make_desk_of_two, make_sent
from tests.sql_shape import sql_of

pytestmark = pytest.mark.django_db


def client_of(user_id: int | None) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user_id or 0))
    return client


def add(desk: Desk, person: Person, number: int) -> None:
    """A step for today and a meeting in an hour, of Bruno's."""
    now = timezone.now()
    PlanStep.objects.create(
        person=person,
        title=f"Étape {number}",
        kind="other",
        doer="adviser",
        due_on=timezone.localdate(now),
        state="to_do",
        place=number,
    )
    start = now + timedelta(hours=number)
    Appointment.objects.create(
        person=person,
        adviser_id=desk.bruno.user_id or 0,
        organisation_id=desk.bruno.organisation_id or 0,
        starts_at=start,
        ends_at=start + timedelta(minutes=45),
        meeting="phone",
        state="confirmed",
        proposed_by="adviser",
    )


def test_the_sentence_says_what_matters() -> None:
    assert sentence(DayCount(0, 0, 0, 0, 0, 0)) == "Rien n’attend de réponse aujourd’hui."
    said = sentence(DayCount(2, 1, 0, 3, 1, 0))
    assert said.startswith("2 relais attendent une réponse, dont 1 en retard")
    assert "vous avez 3 rendez-vous" in said
    assert "1 étape est à finir d’ici demain" in said


def test_each_side_sees_its_own_turn() -> None:
    desk = make_desk_of_two()
    relay = make_sent(desk)
    arriving = client_of(desk.chloe.user_id).get("/ma-journee/").content.decode()
    assert "1 relais attend une réponse" in arriving
    assert "Awa" not in arriving, "the name stays hidden until the relay is taken in hand"
    leaving = client_of(desk.bruno.user_id).get("/ma-journee/").content.decode()
    assert "Vos relais partis" in leaving
    assert "Awa" in leaving
    assert client_of(desk.denis.user_id).get("/ma-journee/").content.decode().count("Awa") == 0
    assert relay.state == "sent"


def test_the_sql_does_not_grow_with_the_day() -> None:
    desk = make_desk_of_two()
    person = make_sent(desk).person
    client = client_of(desk.bruno.user_id)

    def read() -> None:
        assert client.get("/ma-journee/").status_code == 200

    add(desk, person, 1)
    read()
    few = shape(read)
    for number in range(2, 12):
        add(desk, person, number)
    assert shape(read) == few
    assert len(few) <= 40


def shape(read: Callable[[], None]) -> list[str]:
    """The statements, whatever the savepoints of the test are called."""
    return [re.sub(r'SAVEPOINT "?\w+"?', "SAVEPOINT", sql) for sql in sql_of(read)]
