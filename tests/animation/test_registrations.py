"""Seats: as many as there are, in order, given back and passed on; no name is kept longer than it serves."""

import os
import threading
import time
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ensemblier.accounts.core.roles import Role
from ensemblier.animation.actions import registrations
from ensemblier.animation.actions.events import cancel_event, change_event, record_attendance
from ensemblier.animation.actions.registrations import (
    Guest,
    Opinion,
    give_opinion,
    register,
    send_event_reminders,
    withdraw,
)
from ensemblier.animation.core.kinds import SeatState
from ensemblier.animation.models import Evaluation, Event, Registration
from ensemblier.animation.queries.events import attendance_sheet, event_page
from ensemblier.kernel.actor import ANONYMOUS
from ensemblier.kernel.errors import BadInput, NotAllowed, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.accounts import make_actor
from tests.factories.animation import NOW, make_event, make_lea
from tests.factories.directory import make_organisation


def come(event: Event, number: int) -> SeatState:
    """Somebody without an account registers."""
    return register(event.uid, by=ANONYMOUS, at=NOW, guest=Guest(f"Personne {number}", f"p{number}@exemple.fr"))


@pytest.mark.django_db
def test_seats_then_the_list_then_no_more() -> None:
    event = make_event(make_lea(), capacity=2, waiting_capacity=1, opens_to_all=True)
    assert [come(event, n) for n in range(3)] == [SeatState.SEATED, SeatState.SEATED, SeatState.WAITING]
    with pytest.raises(RuleViolated, match="liste d’attente est pleine"):
        come(event, 4)
    event.refresh_from_db()
    assert (event.seats_taken, event.waiting) == (2, 1)


@pytest.mark.django_db
def test_the_same_address_has_one_seat_even_when_all_is_full() -> None:
    event = make_event(make_lea(), capacity=1, waiting_capacity=0, opens_to_all=True)
    assert [come(event, 1), come(event, 1)] == [SeatState.SEATED, SeatState.SEATED]
    assert Registration.objects.count() == 1


@pytest.mark.django_db
def test_a_seat_given_back_goes_to_the_first_who_waits_and_she_is_told() -> None:
    event = make_event(make_lea(), capacity=1, waiting_capacity=5, opens_to_all=True)
    for number in range(3):
        come(event, number)
    first = Registration.objects.get(email="p0@exemple.fr")
    assert withdraw(first.link_key, at=NOW) is SeatState.SEATED
    assert withdraw(first.link_key, at=NOW) is SeatState.WITHDRAWN
    states = dict(Registration.objects.order_by("id").values_list("email", "state"))
    assert states == {"p0@exemple.fr": "withdrawn", "p1@exemple.fr": "seated", "p2@exemple.fr": "waiting"}
    told = OutboxMessage.objects.filter(kind="event.promoted")
    assert list(told.order_by("id").values_list("to", flat=True)) == ["p1@exemple.fr"]
    event.refresh_from_db()
    assert (event.seats_taken, event.waiting) == (1, 1)


@pytest.mark.django_db
def test_more_seats_go_to_those_who_wait_and_fewer_than_taken_are_refused() -> None:
    lea = make_lea()
    event = make_event(lea, capacity=1, waiting_capacity=5, opens_to_all=True)
    for number in range(4):
        come(event, number)
    change_event(event.uid, {"capacity": 3}, by=lea, at=NOW, version=2)
    event.refresh_from_db()
    assert (event.seats_taken, event.waiting) == (3, 1)
    with pytest.raises(BadInput, match="3 places sont déjà prises"):
        change_event(event.uid, {"capacity": 2}, by=lea, at=NOW, version=event.version)


@pytest.mark.django_db
def test_partners_may_join_and_leave_after_the_announcement() -> None:
    lea, other = make_lea(), make_organisation("Mission locale")
    event = make_event(lea)
    assert change_event(event.uid, {"partners": [other.uid]}, by=lea, at=NOW, version=event.version) is True
    assert [name for _uid, name in event_page(event.uid, actor=lea, at=NOW).partners] == ["Mission locale"]
    with pytest.raises(StaleVersion):
        change_event(event.uid, {"partners": []}, by=lea, at=NOW, version=event.version)
    event.refresh_from_db()
    assert change_event(event.uid, {"partners": [other.uid]}, by=lea, at=NOW, version=event.version) is False
    assert change_event(event.uid, {"title": "Autre titre"}, by=lea, at=NOW, version=event.version) is True
    assert event.partners.count() == 1, "who does not speak of partners leaves them"


@pytest.mark.django_db
def test_the_database_itself_refuses_one_seat_too_many() -> None:
    event = make_event(make_lea(), capacity=2)
    with pytest.raises(IntegrityError, match="event_never_overbooked"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(seats_taken=3)


@pytest.mark.django_db
def test_a_refusal_costs_reads_and_no_lock() -> None:
    event = make_event(make_lea(), capacity=1, waiting_capacity=0, opens_to_all=True)
    come(event, 0)
    with CaptureQueriesContext(connection) as captured, pytest.raises(RuleViolated):
        come(event, 1)
    asked = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]
    assert len(asked) == 2
    assert not any("FOR UPDATE" in sql for sql in asked)


@pytest.mark.django_db
def test_who_may_register() -> None:
    lea = make_lea()
    event = make_event(lea)
    with pytest.raises(NotAllowed, match="réservée aux professionnels"):
        come(event, 1)
    chloe = make_actor("Chloé", make_organisation("France Travail Gap"), Role.ADVISER)
    assert register(event.uid, by=chloe, at=NOW) is SeatState.SEATED
    with pytest.raises(RuleViolated, match="closes"):
        register(event.uid, by=chloe, at=event.starts_at)
    with pytest.raises(NotAllowed, match="Identifiez-vous"):
        register(event.uid, by=ANONYMOUS, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["", "awa", "awa@", "a\r\nBcc: x@y.fr", "awa@exemple.fr\x00"])
def test_an_address_that_does_not_read_stores_nothing(email: str) -> None:
    event = make_event(make_lea(), opens_to_all=True)
    with pytest.raises(BadInput):
        register(event.uid, by=ANONYMOUS, at=NOW, guest=Guest("Awa", email))
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_reminders_go_once_and_only_to_those_who_have_a_seat() -> None:
    event = make_event(make_lea(), capacity=1, opens_to_all=True)
    come(event, 0), come(event, 1)  # noqa: B018 - two of them
    soon = event.starts_at - timedelta(hours=40)
    assert [send_event_reminders(soon), send_event_reminders(soon)] == [1, 0]
    assert OutboxMessage.objects.get(kind="event.reminder").to == "p0@exemple.fr"


@pytest.mark.django_db
def test_everybody_is_told_that_it_is_cancelled_with_a_file_that_says_so() -> None:
    lea = make_lea()
    event = make_event(lea, capacity=1, opens_to_all=True)
    come(event, 0), come(event, 1)  # noqa: B018 - two of them
    assert cancel_event(event.uid, by=lea, at=NOW) == 2
    message = OutboxMessage.objects.filter(kind="event.cancelled").order_by("id")[0]
    assert message.attachments[0]["media_type"] == "text/calendar; method=CANCEL"


@pytest.mark.django_db
def test_attendance_then_opinions_that_nobody_can_trace() -> None:
    lea = make_lea()
    event = make_event(lea, capacity=5, opens_to_all=True)
    for number in range(4):
        come(event, number)
    after = event.ends_at
    present = list(Registration.objects.order_by("id")[:3])
    with pytest.raises(RuleViolated, match="à partir du début"):
        record_attendance(event.uid, [row.uid for row in present], by=lea, at=NOW)
    assert record_attendance(event.uid, [row.uid for row in present], by=lea, at=after) == 3
    for row in present[:2]:
        give_opinion(row.link_key, Opinion(4, 3, 4, "les noms", ""), at=after)
    assert event_page(event.uid, actor=lea, at=after).marks.useful is None  # two answers would show somebody
    give_opinion(present[2].link_key, Opinion(1, 3, 4), at=after)
    assert event_page(event.uid, actor=lea, at=after).marks.useful == 3
    with pytest.raises(RuleViolated, match="déjà donné"):
        give_opinion(present[2].link_key, Opinion(4, 4, 4), at=after)
    assert {field.name for field in Evaluation._meta.concrete_fields} == {
        "id", "event", "useful", "met", "reuse", "kept", "missing", "given_on",
    }  # fmt: skip
    assert Counter(e.attended for e in attendance_sheet(event.uid, actor=lea).seated) == {True: 3, False: 1}


def race(event: Event, people: int) -> None:
    """As many threads as people, who register at the same instant."""
    gate = threading.Barrier(people)

    def one(number: int) -> None:
        gate.wait()
        try:
            come(event, number)
        except (RuleViolated, IntegrityError):
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def seats(event: Event) -> tuple[int, int, int, int]:
    """(seats counted, seats that there are, waiting counted, waiting that there are)."""
    event.refresh_from_db()
    rows = Registration.objects.filter(event=event)
    return (
        event.seats_taken, rows.filter(state="seated").count(), event.waiting, rows.filter(state="waiting").count()
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_for_seven_seats_and_five_waiting() -> None:
    event = make_event(make_lea(), capacity=7, waiting_capacity=5, opens_to_all=True)
    race(event, 30)
    assert seats(event) == (7, 7, 5, 5)


@pytest.mark.django_db(transaction=True)
def test_a_crowd_gets_every_seat_and_not_one_more() -> None:
    """ENSEMBLIER_SOAK=1: a hundred thousand people; else three hundred. Eight connections ask without a pause."""
    people, workers = 100_000 if os.environ.get("ENSEMBLIER_SOAK") else 300, 8
    event = make_event(make_lea(), capacity=100, waiting_capacity=50, opens_to_all=True)
    refused: Counter[str] = Counter()

    def ask(first: int) -> None:
        for number in range(first, people, workers):
            try:
                come(event, number)
            except RuleViolated:
                refused[threading.current_thread().name] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(workers)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{people} demandes en {time.monotonic() - began:.1f} s")
    assert seats(event) == (100, 100, 50, 50)
    assert refused.total() == people - 150
    assert OutboxMessage.objects.count() == 150


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_seats_are_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: count, then write. Whoever reads before the others have written sees free seats."""
    event = make_event(make_lea(), capacity=7, waiting_capacity=5, opens_to_all=True)
    counted = threading.Barrier(20)

    def naive(_event: Event, asked: Registration, at: object) -> SeatState:
        state = registrations.seat_for_event(Event.objects.get(pk=event.pk)) or SeatState.WITHDRAWN
        counted.wait(timeout=30)
        asked.event, asked.state, asked.created_at, asked.changed_at = event, state.value, NOW, NOW
        asked.uid = uuid4()
        asked.save(force_insert=True)
        return state

    monkeypatch.setattr(registrations, "_seated", naive)
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_: self)
    race(event, 20)
    assert seats(event)[1] == 20  # for seven
