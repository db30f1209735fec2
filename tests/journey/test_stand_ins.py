"""Absence with a substitute: files open by themselves for the days given, the person reads who and why, all closes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ensemblier.accounts.actions.staff import end_member_absence, record_member_absence
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.accounts.queries.members import actor_for
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.addresses import addresses_of
from ensemblier.journey.actions.stand_ins import follow_absence, keep_stand_ins
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.notices import Audience
from ensemblier.journey.models import Access, JournalEntry, Person
from ensemblier.journey.queries.files import file_head
from ensemblier.journey.queries.inbox import inbox
from ensemblier.journey.queries.rights_people import my_people
from ensemblier.journey.sql import stand_ins
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.period import Period
from tests.factories.accounts import make_member, make_user
from tests.factories.journey import Desk, make_desk_of_two, make_draft, make_episode

pytestmark = pytest.mark.django_db


def colleague(desk: Desk, name: str, *roles: Role) -> Actor:
    """Somebody else of Bruno's organisation."""
    organisation = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    make_member(make_user(name), organisation, *roles)
    return actor_for(User.objects.get(name=name).pk, organisation.uid, on=timezone.localdate(), label=name)


def opens(actor: Actor, person: Person) -> bool:
    """Whether the actor opens the file now."""
    try:
        return file_head(actor=actor, uid=person.uid, on=timezone.localdate()).uid == person.uid
    except NotFound:
        return False


def test_from_the_first_day_to_the_last_the_substitute_opens_every_file_and_nobody_else_does() -> None:
    desk = make_desk_of_two()
    persons = [make_episode(desk).person for _ in range(3)]
    relay = make_draft(desk, make_episode(desk))
    ines, omar = colleague(desk, "Inès"), colleague(desk, "Omar")
    today, now = timezone.localdate(), timezone.now()
    assert desk.bruno.user_id and ines.user_id
    week = Period(today + timedelta(days=1), today + timedelta(days=8))
    uid = record_member_absence(desk.bruno.user_id, period=week, substitute_id=ines.user_id, actor=desk.bruno)
    assert follow_absence(uid, by=desk.bruno, at=now) == 0 and keep_stand_ins(now).opened == 0, "demain seulement"
    assert not opens(ines, persons[0])
    tomorrow = now + timedelta(days=1)
    assert keep_stand_ins(tomorrow).opened == len(persons) + 1
    assert keep_stand_ins(tomorrow).opened == 0, "deux fois ne change rien"
    with acting(SYSTEM):
        rows = list(Access.objects.filter(user_id=ines.user_id).order_by("pk"))
        lines = JournalEntry.objects.filter(act="stand_in")
        assert {line.person_id for line in lines} == {row.person_id for row in rows}
    assert {row.reason for row in rows} == {"substitute"} and all("Remplace Bruno" in row.why for row in rows)
    assert {timezone.localdate(row.until) for row in rows if row.until} == {week.end}
    with connection.cursor() as cursor:  # the database's own instant is today: the access begins now
        cursor.execute("update journey_access set since = now() where user_id = %s", [ines.user_id])
    assert all(opens(ines, person) for person in persons)
    assert not any(opens(other, persons[0]) for other in (omar, desk.chloe, desk.denis))
    hers = my_people([PersonHerself(persons[0].pk)], at=tomorrow)
    shown = next(one for one in hers if one.name == "Inès")
    assert shown.stands_in_until is not None and "absence" in shown.why
    heard = {address.to for address in addresses_of(relay, Audience.SOURCE, tomorrow)}
    assert heard == {"bruno@exemple.fr", "inès@exemple.fr"}
    assert keep_stand_ins(now + timedelta(days=9)).closed == len(rows)
    assert not any(opens(ines, person) for person in persons)


def test_back_early_everything_closes_at_once() -> None:
    desk = make_desk_of_two()
    person = make_episode(desk).person
    make_draft(desk, make_episode(desk))
    ines = colleague(desk, "Inès")
    today, now = timezone.localdate(), timezone.now()
    assert desk.bruno.user_id and ines.user_id
    week = Period(today, today + timedelta(days=8))
    uid = record_member_absence(desk.bruno.user_id, period=week, substitute_id=ines.user_id, actor=desk.bruno)
    assert follow_absence(uid, by=desk.bruno, at=now) == 2 and opens(ines, person)
    mine = inbox(actor=ines, at=now)
    assert len(mine.answers) == 1, "ce que Bruno doit finir est à Inès pendant ces jours"
    end_member_absence(uid, on=today, actor=desk.bruno)
    follow_absence(uid, by=desk.bruno, at=now)
    assert not opens(ines, person) and not inbox(actor=ines, at=now).answers


def test_only_who_may_write_the_absence_makes_it_open_and_the_function_itself_says_no() -> None:
    desk = make_desk_of_two()
    person = make_episode(desk).person
    ines, omar = colleague(desk, "Inès"), colleague(desk, "Omar")
    today, now = timezone.localdate(), timezone.now()
    assert desk.bruno.user_id and ines.user_id
    period = Period(today, today + timedelta(days=2))
    uid = record_member_absence(desk.bruno.user_id, period=period, substitute_id=ines.user_id, actor=desk.bruno)
    for by in (omar, ines, desk.chloe):
        with pytest.raises(Exception, match="only herself"), acting(by):
            stand_ins.stand_in(uid, now, "x")
    assert not opens(ines, person)
    manager = colleague(desk, "Léa", Role.ACCOUNT_MANAGER)
    assert follow_absence(uid, by=manager, at=now) == 1 and opens(ines, person) and not opens(manager, person)


def test_a_function_that_forgot_the_dates_would_be_seen() -> None:
    desk = make_desk_of_two()
    person = make_episode(desk).person
    ines = colleague(desk, "Inès")
    today, now = timezone.localdate(), timezone.now()
    assert desk.bruno.user_id and ines.user_id
    later = Period(today + timedelta(days=5), today + timedelta(days=8))
    uid = record_member_absence(desk.bruno.user_id, period=later, substitute_id=ines.user_id, actor=desk.bruno)
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('journey_stand_in(uuid, timestamptz, text)'::regprocedure)")
        text = str(cursor.fetchone()[0])
        dates = "and journey_paris_day(at) between b.first_day and b.last_day"
        assert dates in text
        cursor.execute(text.replace(dates, ""))
    with acting(SYSTEM):
        stand_ins.stand_in(uid, now, "faute semée")
    assert opens(ines, person), "la faute semée est vue : le dossier s’ouvre avant le premier jour"
