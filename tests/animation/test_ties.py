"""The question of the month, declared cooperation, circles that one leaves, letters, calendars, names that go."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.test import Client

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.animation.actions.community import answer, ask, bring_unanswered, certify, moderate, say_useful
from ensemblier.animation.actions.heads import open_head
from ensemblier.animation.actions.registrations import Guest, register
from ensemblier.animation.actions.ties import (
    Tie,
    answer_month,
    declare_tie,
    import_members,
    leave,
    renew_feed,
    subscribe,
    write_to_circle,
)
from ensemblier.animation.actions.upkeep import forget, send_digests
from ensemblier.animation.core.heads import HeadKind
from ensemblier.animation.core.kinds import Motive, TieForm
from ensemblier.animation.core.retention import SAYS
from ensemblier.animation.models import CircleMember, ContactReport, Question, Registration, SurveyTaken
from ensemblier.animation.queries.community import question_page, questions
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.carriers.smtp import mail_of
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import ZoneView
from tests.factories.accounts import make_actor
from tests.factories.animation import NOW, TODAY, ground, in_a_week, make_event, make_group, make_lea
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Actor:
    return make_lea()


@pytest.fixture
def chloe() -> Actor:
    return make_actor("Chloé", make_organisation("France Travail Gap"), Role.ADVISER)


def uid_of(actor: Actor) -> UUID:
    return Organisation.objects.get(pk=actor.organisation_id or 0).uid


def test_an_answer_of_the_month_is_a_count_and_nobody(lea: Actor, chloe: Actor) -> None:
    said = {(uid_of(lea), Motive.FINANCING)}
    assert [answer_month(said, by=chloe, on=TODAY), answer_month(said, by=chloe, on=TODAY)] == [True, False]
    colleague = make_actor("Inès", Organisation.objects.get(pk=chloe.organisation_id or 0), Role.ADVISER)
    answer_month(said, by=colleague, on=TODAY)
    assert ContactReport.objects.get().answers == 2
    columns = {field.name for field in ContactReport._meta.concrete_fields}
    assert columns == {"id", "organisation", "other", "month", "motive", "answers"}
    assert answer_month(set(), by=chloe, on=date(2026, 12, 3))
    with pytest.raises(BadInput):
        answer_month({(uid_of(chloe), Motive.OTHER)}, by=chloe, on=date(2027, 1, 3))


def test_a_past_cooperation_is_declared_by_the_organisation(lea: Actor, chloe: Actor) -> None:
    tie = Tie(uid_of(lea), TieForm.MEETINGS, date(2018, 1, 1), date(2023, 6, 1))
    declare_tie(tie, by=chloe, at=NOW, key=uuid4())
    with pytest.raises(NotFound):
        declare_tie(Tie(uid_of(chloe), TieForm.CALLS, date(2018, 1, 1)), by=chloe, at=NOW, key=uuid4())
    with pytest.raises(BadInput):
        declare_tie(Tie(uid_of(lea), TieForm.CALLS, date(2030, 1, 1)), by=chloe, at=NOW, key=uuid4())


def circle(lea: Actor) -> UUID:
    return open_head(HeadKind.CIRCLE, ground(), {"name": "Logement"}, by=lea, at=NOW, key=uuid4())


def test_who_leaves_a_circle_is_erased_and_no_import_brings_her_back(lea: Actor) -> None:
    uid = circle(lea)
    text = "awa@exemple.fr;Awa;CCAS\nBRUNO@exemple.fr, Bruno\n\npas une adresse\nawa@exemple.fr"
    done = import_members(uid, text, by=lea, at=NOW)
    assert (done.added, done.already, done.refused) == (2, 1, ((3, "pas une adresse"),))
    assert write_to_circle(uid, "Notre réunion", "<b>Bonjour</b>", by=lea, at=NOW, key=uuid4()) == 2
    body = OutboxMessage.objects.get(to="awa@exemple.fr").body
    member = CircleMember.objects.get(email="awa@exemple.fr")
    assert body.startswith("Bonjour\n") and f"/quitter/{member.uid}/" in body
    letter = mail_of(
        OutMessage("circle.letter", Channel.EMAIL, "awa@exemple.fr", "Notre réunion", body, uuid4()), "a@b.fr"
    )
    assert str(letter["List-Unsubscribe"]).endswith(f"/quitter/{member.uid}/>")
    assert [leave(member.uid, at=NOW), leave(member.uid, at=NOW)] == [True, True]
    member.refresh_from_db()
    assert (member.email, member.name, member.organisation_name) == ("", "", "")
    assert import_members(uid, "Awa@exemple.fr", by=lea, at=NOW).left == 1
    assert write_to_circle(uid, "Suite", "Bonjour", by=lea, at=NOW, key=uuid4()) == 1
    assert OutboxMessage.objects.filter(to="awa@exemple.fr", state="queued").count() == 0


def test_the_same_click_sends_one_letter_and_an_outsider_none(lea: Actor, chloe: Actor) -> None:
    uid, key = circle(lea), uuid4()
    import_members(uid, "awa@exemple.fr", by=lea, at=NOW)
    assert [write_to_circle(uid, "Un", "Deux", by=lea, at=NOW, key=key) for _ in range(2)] == [1, 0]
    with pytest.raises(NotAllowed):
        write_to_circle(uid, "Un", "Deux", by=chloe, at=NOW, key=uuid4())


def test_one_click_of_a_mail_program_is_enough() -> None:
    lea = make_lea()
    place = ZoneView(ZoneKind.DEPARTEMENT, "05", "Hautes-Alpes")
    uid = subscribe(place, by=lea, at=NOW)
    client = Client(enforce_csrf_checks=True)
    assert client.get(f"/quitter/{uid}/").status_code == 200
    posted = client.post(f"/quitter/{uid}/", "List-Unsubscribe=One-Click", content_type="text/plain")
    assert "C’est fait" in posted.content.decode()
    assert send_digests(NOW + timedelta(days=1)) == 0


def test_the_week_goes_once_and_not_when_nothing_happens(lea: Actor) -> None:
    subscribe(ZoneView(ZoneKind.DEPARTEMENT, "05", "Hautes-Alpes"), by=lea, at=NOW)
    make_event(lea)
    assert [send_digests(NOW), send_digests(NOW), send_digests(NOW + timedelta(days=8))] == [1, 0, 0]
    message = OutboxMessage.objects.get(kind="territory.digest")
    assert "Atelier du réseau" in message.body and message.subject == "La semaine du territoire"


def test_a_calendar_reads_the_same_bytes_until_something_changes(lea: Actor) -> None:
    event = make_event(lea, title="Atelier santé", **in_a_week())
    register(event.uid, by=lea, at=NOW)
    path = f"/agenda/abonnement/{renew_feed(by=lea)}.ics"
    first = Client().get(path)
    assert b"SUMMARY:Atelier\r\n" in first.content
    assert "santé" not in first.content.decode()
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    renew_feed(by=lea)
    assert Client().get(path).status_code == 404
    public = Client().get("/territoires/departement/05/agenda.ics")
    assert b"VEVENT" not in public.content  # a meeting of professionals


def test_the_name_of_a_guest_goes_thirty_days_after(lea: Actor) -> None:
    event = make_event(lea, opens_to_all=True)
    for name in ("awa", "fatou"):
        register(event.uid, by=ANONYMOUS, at=NOW, guest=Guest(name, f"{name}@exemple.fr"))
    assert forget(event.ends_at + timedelta(days=29)).guests == 0
    answer_month(set(), by=lea, on=TODAY)
    done = forget(event.ends_at + timedelta(days=31))
    assert (done.guests, done.marks) == (2, 0)
    assert set(Registration.objects.values_list("name", "email")) == {("", "")}
    assert forget(NOW + timedelta(days=500)).marks == 1
    assert not SurveyTaken.objects.exists()


def test_every_table_that_names_somebody_has_its_rule() -> None:
    named = set()
    for table in apps.get_app_config("animation").get_models():
        points = any(field.related_model is User for field in table._meta.concrete_fields)
        if points or {"email", "name", "email_key"} <= {field.name for field in table._meta.concrete_fields}:
            named.add(table._meta.db_table)
    assert named <= set(SAYS)


def test_a_question_its_answer_and_who_answers_for_it(lea: Actor, chloe: Actor) -> None:
    uid = ask("Qui paie une formation courte ?", "<i>Trois jours</i>", by=chloe, at=NOW, key=uuid4())
    said = answer(uid, "L’opérateur régional.", by=lea, at=NOW, key=uuid4())
    with pytest.raises(NotAllowed):
        say_useful(said, by=lea)
    assert [say_useful(said, by=chloe), say_useful(said, by=chloe)] == [True, False]
    assert Question.objects.get().state == "answered"
    with pytest.raises(NotAllowed):
        certify(said, "référente", by=chloe, on=TODAY)
    certify(said, "référente financement", by=lea, on=TODAY)
    page = question_page(uid, actor=chloe)
    assert page.answers[0].certified_as == "référente financement, Cité des métiers"
    assert (page.answers[0].useful, page.words) == (1, "Trois jours")
    with pytest.raises(NotAllowed):
        moderate(uid, "Un nom", by=chloe, is_answer=False)
    moderate(uid, "Un nom de personne", by=lea, is_answer=False)
    assert questions(actor=chloe) == ()
    with pytest.raises(NotFound):
        question_page(uid, actor=chloe)


def test_the_corner_of_a_group_is_for_its_members(lea: Actor, chloe: Actor) -> None:
    group = make_group(lea)
    uid = ask("Entre nous", "", by=lea, at=NOW, key=uuid4(), corner=group)
    assert question_page(uid, actor=lea).corner == "Ingénierie financière"
    with pytest.raises(NotFound):
        question_page(uid, actor=chloe)
    with pytest.raises(NotAllowed):
        ask("Entre vous", "", by=chloe, at=NOW, key=uuid4(), corner=group)
    with pytest.raises(NotAllowed):
        questions(actor=ANONYMOUS)


def test_after_three_days_a_question_goes_to_the_group_of_its_subject(lea: Actor, chloe: Actor) -> None:
    make_group(lea, name="Accueil numérique", mandate="Postes et lignes.")
    make_group(lea)
    uid = ask("Qui finance une formation courte ?", "Aide financière", by=chloe, at=NOW, key=uuid4())
    alone = ask("Horaires ?", "", by=chloe, at=NOW, key=uuid4())
    assert bring_unanswered(NOW + timedelta(days=2)) == 0
    assert [bring_unanswered(NOW + timedelta(days=3)) for _ in range(2)] == [1, 0]
    assert question_page(uid, actor=chloe).brought_to == "Ingénierie financière"
    assert question_page(alone, actor=chloe).brought_to == ""
