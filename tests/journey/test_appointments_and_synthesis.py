"""Meetings said by the right side, one reminder each, calendars that name nobody; a synthesis that both sign."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from ensemblier.accounts.models import User
from ensemblier.journey.actions.appointments import (
    AppointmentDraft,
    open_feed,
    say,
    send_appointment_reminders,
    shift,
    stop_feed,
)
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.actions.signatures import Pen
from ensemblier.journey.actions.synthesis import propose_synthesis, sign_synthesis, write_synthesis
from ensemblier.journey.core.appointments import AppointmentMove, AppointmentState, Meeting
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.synthesis import Section
from ensemblier.journey.models import Appointment, CalendarFeed, Person, Synthesis
from ensemblier.journey.queries.appointments import feed, invitation, list_appointments
from ensemblier.journey.queries.due import due_appointments
from ensemblier.journey.queries.synthesis import list_syntheses, starting_texts
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_episode
from tests.factories.plan import make_appointment, make_plan, make_synthesis

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SENSITIVE = ("Awa", "Bruno", "France Travail", "logement", "santé")


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


@pytest.fixture
def awa(desk: Desk) -> Person:
    person = make_episode(desk).person
    Person.objects.filter(pk=person.pk).update(email="awa@exemple.fr")
    person.refresh_from_db()
    return person


def test_proposed_confirmed_and_held(desk: Desk, awa: Person) -> None:
    uid, herself = make_appointment(awa, desk.bruno), PersonHerself(awa.pk)
    with pytest.raises(RuleViolated, match="C’est à l’autre"):
        say(awa.uid, uid, AppointmentMove.CONFIRM, Edit(desk.bruno, MONDAY))
    say(awa.uid, uid, AppointmentMove.CONFIRM, Edit(herself, MONDAY))
    with pytest.raises(RuleViolated):
        say(awa.uid, uid, AppointmentMove.HOLD, Edit(desk.bruno, MONDAY, 1))
    say(awa.uid, uid, AppointmentMove.MISS, Edit(desk.bruno, MONDAY + 2 * DAY, 1))
    say(awa.uid, uid, AppointmentMove.HOLD, Edit(desk.bruno, MONDAY + 2 * DAY, 2))
    assert Appointment.objects.get().state == AppointmentState.HELD
    with pytest.raises(StaleVersion):
        say(awa.uid, uid, AppointmentMove.MISS, Edit(desk.bruno, MONDAY + 2 * DAY, 1))


def test_the_person_proposes_and_another_hour_is_to_be_confirmed_again(desk: Desk, awa: Person) -> None:
    herself = PersonHerself(awa.pk)
    uid = make_appointment(awa, herself)
    row = Appointment.objects.get()
    assert (row.adviser_id, row.organisation_id) == (desk.bruno.user_id, desk.bruno.organisation_id)
    say(awa.uid, uid, AppointmentMove.CONFIRM, Edit(desk.bruno, MONDAY))
    later = AppointmentDraft(MONDAY + 3 * DAY, MONDAY + 3 * DAY + timedelta(hours=1), Meeting.VIDEO)
    shift(awa.uid, uid, later, Edit(herself, MONDAY, 1))
    (view,) = list_appointments(awa.uid, by=desk.bruno, at=MONDAY)
    assert (view.state, view.may[0]) == (AppointmentState.PROPOSED, AppointmentMove.CONFIRM)


def test_nobody_else_sees_or_says_anything(desk: Desk, awa: Person) -> None:
    other, uid = make_episode(desk).person, make_appointment(awa, desk.bruno)
    for file, by in ((awa.uid, desk.chloe), (awa.uid, PersonHerself(other.pk)), (other.uid, desk.bruno)):
        with pytest.raises(NotFound):
            say(file, uid, AppointmentMove.CANCEL, Edit(by, MONDAY))
        with pytest.raises(NotFound):
            invitation(file, uid, by=by, at=MONDAY)
    assert due_appointments(actor=desk.chloe, at=MONDAY) == ()
    assert [d.uid for d in due_appointments(actor=desk.bruno, at=MONDAY)] == [uid]


def test_a_place_is_needed_to_meet_somewhere(desk: Desk, awa: Person) -> None:
    with pytest.raises(BadInput) as refused:
        make_appointment(awa, desk.bruno, meeting=Meeting.SITE, place=" ")
    assert refused.value.field == "place"


def test_one_reminder_each_and_messages_that_name_nobody(desk: Desk, awa: Person) -> None:
    uid = make_appointment(awa, desk.bruno, about="le logement", third_party="Chloé")
    assert send_appointment_reminders(MONDAY - 2 * DAY) == 0
    assert [send_appointment_reminders(MONDAY) for _ in range(2)] == [1, 0]
    say(awa.uid, uid, AppointmentMove.CANCEL, Edit(desk.bruno, MONDAY))
    sent = list(OutboxMessage.objects.order_by("pk"))
    assert [m.kind for m in sent] == ["appointment.proposed", "appointment.reminder", "appointment.cancelled"]
    assert [m.state for m in sent[:2]] == ["cancelled", "cancelled"]  # what had not left is not worth leaving
    for message in sent:
        said = message.subject + message.body
        assert not [word for word in (*SENSITIVE, "Chloé") if word in said]
        assert [piece["name"] for piece in message.attachments] == ["rendez-vous.ics"]


def test_the_adviser_is_told_of_what_the_person_does_and_she_is_not(desk: Desk, awa: Person) -> None:
    herself = PersonHerself(awa.pk)
    uid = make_appointment(awa, herself, about="le logement", third_party="Chloé")
    say(awa.uid, uid, AppointmentMove.CONFIRM, Edit(desk.bruno, MONDAY))
    say(awa.uid, uid, AppointmentMove.CANCEL, Edit(herself, MONDAY, 1))
    sent = [(m.kind, m.to == "bruno@exemple.fr") for m in OutboxMessage.objects.order_by("pk")]
    assert sent == [
        *(("appointment.proposed.adviser", True), ("appointment.confirmed", False)),
        ("appointment.cancelled.adviser", True),
    ]
    for message in OutboxMessage.objects.filter(to="bruno@exemple.fr"):
        said = message.subject + message.body
        assert not [word for word in (*SENSITIVE, "Chloé") if word in said]
        assert f"/dossiers/{awa.uid}/rendez-vous/" in message.body


def test_an_adviser_who_left_is_written_to_no_more(desk: Desk, awa: Person) -> None:
    User.objects.filter(pk=desk.bruno.user_id or 0).update(is_active=False)
    make_appointment(awa, PersonHerself(awa.pk))
    assert not OutboxMessage.objects.exists()


def test_a_calendar_reads_days_hours_and_places_only(desk: Desk, awa: Person) -> None:
    make_appointment(awa, desk.bruno, about="le logement")
    make_appointment(awa, desk.bruno, MONDAY + 5 * DAY)
    token, hers = open_feed(by=desk.bruno, at=MONDAY), open_feed(by=PersonHerself(awa.pk), at=MONDAY)
    for address in (token, hers):
        events = Calendar.from_ical(feed(address, at=MONDAY)).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == ["Rendez-vous", "Rendez-vous"]
        assert not [word for word in SENSITIVE if word in feed(address, at=MONDAY).decode()]
    assert not CalendarFeed.objects.filter(token_hash__contains=token).exists()
    newer = open_feed(by=desk.bruno, at=MONDAY)
    stop_feed(by=PersonHerself(awa.pk), at=MONDAY)
    for dead in (token, hers, "x"):
        with pytest.raises(NotFound):
            feed(dead, at=MONDAY)
    assert feed(newer, at=MONDAY)


def test_a_change_moves_the_event_in_the_calendar(desk: Desk, awa: Person) -> None:
    uid = make_appointment(awa, desk.bruno)
    before = Calendar.from_ical(invitation(awa.uid, uid, by=desk.bruno, at=MONDAY)).walk("VEVENT")[0]
    say(awa.uid, uid, AppointmentMove.CONFIRM, Edit(PersonHerself(awa.pk), MONDAY))
    after = Calendar.from_ical(invitation(awa.uid, uid, by=desk.bruno, at=MONDAY)).walk("VEVENT")[0]
    assert before["uid"] == after["uid"]
    assert int(str(after["sequence"])) == int(str(before["sequence"])) + 1
    assert (str(before["status"]), str(after["status"])) == ("TENTATIVE", "CONFIRMED")


def test_a_synthesis_starts_from_the_request_and_the_plan(desk: Desk, awa: Person) -> None:
    make_plan(awa, desk.bruno)
    texts = starting_texts(awa.uid, by=desk.bruno, at=MONDAY)
    assert texts[Section.REQUEST] == "Devenir soudeuse"
    assert texts[Section.DONE] == "Faire l’immersion chez un transporteur"
    assert "Envoyer le dossier à la Région (avant le 24/11/2026)" in texts[Section.NEXT]


def test_what_both_sign_is_what_was_written_and_never_changes(desk: Desk, awa: Person) -> None:
    herself, uid = PersonHerself(awa.pk), make_synthesis(awa, desk.bruno)
    assert list_syntheses(awa.uid, by=herself, at=MONDAY) == ()
    with pytest.raises(StaleVersion):
        propose_synthesis(awa.uid, uid, Pen("Bruno"), Edit(desk.bruno, MONDAY, 7))
    propose_synthesis(awa.uid, uid, Pen("Bruno"), Edit(desk.bruno, MONDAY))
    (view,) = list_syntheses(awa.uid, by=herself, at=MONDAY)
    with pytest.raises(StaleVersion):
        sign_synthesis(awa.uid, uid, "0" * 64, Pen("Awa"), by=herself, at=MONDAY)
    sign_synthesis(awa.uid, uid, view.text_hash, Pen("Awa"), by=herself, at=MONDAY)
    assert list_syntheses(awa.uid, by=herself, at=MONDAY)[0].is_agreed
    again = write_synthesis(awa.uid, {Section.REQUEST: "Autre chose"}, Edit(desk.bruno, MONDAY))
    assert again != uid
    assert list(Synthesis.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Synthesis.objects.get(uid=uid).texts["request"] == "Devenir soudeuse, sans partir d’ici."


def test_a_text_altered_after_the_proposal_is_not_signed(desk: Desk, awa: Person) -> None:
    """A fault that we seed: somebody changes the row behind the page."""
    uid = make_synthesis(awa, desk.bruno)
    propose_synthesis(awa.uid, uid, Pen("Bruno"), Edit(desk.bruno, MONDAY))
    shown = Synthesis.objects.get().text_hash
    Synthesis.objects.update(texts={"request": "Autre chose"})
    with pytest.raises(StaleVersion):
        sign_synthesis(awa.uid, uid, shown, Pen("Awa"), by=PersonHerself(awa.pk), at=MONDAY)


def test_the_adviser_writes_and_strangers_find_nothing(desk: Desk, awa: Person) -> None:
    with pytest.raises(NotAllowed):
        write_synthesis(awa.uid, {Section.REQUEST: "x"}, Edit(PersonHerself(awa.pk), MONDAY))
    with pytest.raises(NotFound):
        write_synthesis(awa.uid, {Section.REQUEST: "x"}, Edit(desk.chloe, MONDAY))
    with pytest.raises(BadInput):
        write_synthesis(awa.uid, {}, Edit(desk.bruno, MONDAY))
    uid = make_synthesis(awa, desk.bruno)
    write_synthesis(awa.uid, {Section.REQUEST: "Un"}, Edit(desk.bruno, MONDAY))
    with pytest.raises(StaleVersion):
        write_synthesis(awa.uid, {Section.REQUEST: "Deux"}, Edit(desk.bruno, MONDAY))
    with pytest.raises(NotFound):
        propose_synthesis(awa.uid, uid, Pen("x"), Edit(desk.denis, MONDAY))
