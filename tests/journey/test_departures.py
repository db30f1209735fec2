"""Somebody leaves: everything she leads passes to a colleague who is named, and nobody reads a file by it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.accounts.queries.members import actor_for
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.departures import Handover, hand_everything_over
from ensemblier.journey.core.departures import Held
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.models import Access, Appointment, Episode, GroupMember, Lead, QueueEntry
from ensemblier.journey.queries.departures import count_held, count_led
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotAllowed, RuleViolated
from tests.factories.accounts import make_member, make_user
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_draft, make_episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Bruno leads three accompaniments."""
    made = make_desk_of_two()
    for _ in range(3):
        make_episode(made)
    return made


def colleague(desk: Desk, name: str, *roles: Role) -> Actor:
    """Somebody else of Bruno's organisation."""
    organisation = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    make_member(make_user(name), organisation, *roles)
    return actor_for(User.objects.get(name=name).pk, organisation.uid, on=MONDAY.date(), label=name)


def leaders() -> list[int]:
    """Who leads each open accompaniment, as the database has it."""
    with acting(SYSTEM):
        return list(Lead.objects.filter(until=STILL_OPEN).order_by("episode_id").values_list("adviser_id", flat=True))


def test_everything_passes_to_the_colleague_and_each_file_has_one_lead(desk: Desk) -> None:
    ines, lea = colleague(desk, "Inès"), colleague(desk, "Léa", Role.ACCOUNT_MANAGER)
    assert desk.bruno.user_id and ines.user_id
    assert count_led(desk.bruno.user_id, by=lea) == 3
    later = MONDAY + timedelta(days=1)
    assert hand_everything_over(Handover(desk.bruno.user_id, ines.user_id), by=lea, at=later) == 3
    assert leaders() == [ines.user_id] * 3
    assert count_led(desk.bruno.user_id, by=lea) == 0
    with acting(SYSTEM):
        assert not Access.objects.filter(user_id=desk.bruno.user_id, ended_at=None).exists()
        assert Access.objects.filter(user_id=ines.user_id, reason="lead", ended_at=None).count() == 3
        assert not Access.objects.filter(user_id=lea.user_id or 0).exists(), "qui administre n'ouvre aucun dossier"
    assert hand_everything_over(Handover(desk.bruno.user_id, ines.user_id), by=lea, at=later) == 0


def test_who_may_not_hand_over_and_to_whom_not(desk: Desk) -> None:
    ines, lea = colleague(desk, "Inès"), colleague(desk, "Léa", Role.ACCOUNT_MANAGER)
    coordinator = colleague(desk, "Omar", Role.COORDINATOR)
    assert desk.bruno.user_id and ines.user_id and desk.chloe.user_id and coordinator.user_id
    for by in (ines, desk.chloe, coordinator):
        with pytest.raises(NotAllowed):
            count_led(desk.bruno.user_id, by=by)
        with pytest.raises(NotAllowed):
            hand_everything_over(Handover(desk.bruno.user_id, ines.user_id), by=by, at=MONDAY + timedelta(days=1))
    for to in (desk.chloe.user_id, coordinator.user_id, desk.bruno.user_id):
        with pytest.raises(RuleViolated):
            hand_everything_over(Handover(desk.bruno.user_id, to), by=lea, at=MONDAY + timedelta(days=1))
    assert leaders() == [desk.bruno.user_id] * 3


def test_the_page_hands_everything_over_under_the_account_of_pages() -> None:
    desk = make_desk_of_two()
    for _ in range(3):
        make_episode(desk, at=timezone.now() - timedelta(days=1))
    ines, lea = colleague(desk, "Inès"), colleague(desk, "Léa", Role.ACCOUNT_MANAGER)
    client = Client()
    client.force_login(User.objects.get(pk=lea.user_id or 0))
    page = f"/equipe/{desk.bruno.user_id}/depart/"
    assert "3" in client.get(page).content.decode()
    said = {"colleague": ines.user_id, "last_day": timezone.localdate().isoformat(), "acting_for": lea.organisation_id}
    answer = client.post(page, said)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/equipe/"), answer.content.decode()[:2000]
    assert leaders() == [ines.user_id] * 3


def test_a_lead_that_has_just_changed_is_a_sentence(desk: Desk) -> None:
    ines, lea = colleague(desk, "Inès"), colleague(desk, "Léa", Role.ACCOUNT_MANAGER)
    handover = Handover(desk.bruno.user_id or 0, ines.user_id or 0)
    with pytest.raises(RuleViolated, match="vient de changer"):
        hand_everything_over(handover, by=lea, at=MONDAY)
    assert leaders() == [desk.bruno.user_id] * 3


def test_relays_meetings_claims_groups_and_files_pass_too(desk: Desk) -> None:
    ines, lea = colleague(desk, "Inès"), colleague(desk, "Léa", Role.ACCOUNT_MANAGER)
    leaver, heir = desk.bruno.user_id or 0, ines.user_id or 0
    with acting(SYSTEM):
        episode = Episode.objects.order_by("pk")[0]
    relay = make_draft(desk, episode)
    now = timezone.now()
    with acting(SYSTEM):
        person, org = episode.person, desk.bruno.organisation_id or 0
        Appointment.objects.create(
            uid=uuid4(), person=person, adviser_id=leaver, organisation_id=org, starts_at=MONDAY + timedelta(days=9),
            ends_at=MONDAY + timedelta(days=9, hours=1), meeting="phone", state="confirmed", proposed_by="adviser",
        )  # fmt: skip
        GroupMember.objects.create(
            uid=uuid4(), person=person, user_id=leaver, organisation_id=org, role="colleague", purpose="Suivi",
            since=now.date(),
        )  # fmt: skip
        QueueEntry.objects.create(
            organisation_id=org, open_to=[org], origin="request", need="x", created_at=now, due_on=now.date(),
            claimed_by_id=leaver, claimed_for_id=org, lease_until=now.date(), phone="0492000000",
        )  # fmt: skip
    held = count_held(leaver, by=lea)
    assert held == {Held.LEAD: 3, Held.RELAY: 1, Held.APPOINTMENT: 1, Held.CLAIM: 1, Held.GROUP: 1, Held.FILE: 3}
    with pytest.raises(NotAllowed):
        count_held(leaver, by=desk.chloe)
    hand_everything_over(Handover(leaver, heir), by=lea, at=MONDAY + timedelta(days=1))
    assert count_held(leaver, by=lea) == {}
    relay.refresh_from_db()
    with acting(SYSTEM):
        assert relay.source_adviser_id == heir
        assert Appointment.objects.get().adviser_id == GroupMember.objects.get().user_id == heir
        assert QueueEntry.objects.get().claimed_by_id == heir


def test_a_kind_that_the_function_forgot_would_be_counted(desk: Desk) -> None:
    ines, lea = colleague(desk, "Inès"), colleague(desk, "Léa", Role.ACCOUNT_MANAGER)
    make_draft(desk, Episode.objects.order_by("pk")[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "create or replace function journey_hand_over_rest(leaver bigint, colleague bigint, at timestamptz) "
            "returns void language sql as 'select'"
        )
    handover = Handover(desk.bruno.user_id or 0, ines.user_id or 0)
    hand_everything_over(handover, by=lea, at=MONDAY + timedelta(days=1))
    assert count_held(desk.bruno.user_id or 0, by=lea) == {Held.RELAY: 1}, "la faute semée est vue"
