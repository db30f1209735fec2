"""What is published to be observed: these columns and no other, nobody in them, row-level security whole."""

import hashlib
import hmac
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from ensemblier.journey.actions import relays
from ensemblier.journey.models import Appointment, Person
from tests.factories.accounts import make_user
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_sent, order_for

pytestmark = pytest.mark.django_db
CANARY = "Zyxomma"
# Written by hand: a column more is a decision, taken here first.
COLUMNS = {
    "relay_v1": "relay carrier source_organisation recipient_organisation step party from_state to_state delay_days "
    "month zone kind motive outcome formality",
    "orientation_v1": "carrier organisation month zone channel answer",
    "appointment_v1": "carrier organisation month zone meeting state",
    "follow_up_v1": "holder_organisation member_organisation role since_month until_month zone",
    "episode_v1": "episode carrier holder_organisation lead_organisation lead_rank since_month until_month "
    "closed_month level by_relay zone",
    "status_change_v1": "organisation from_status to_status month zone",
    "membership_v1": "carrier organisation role since_month until_month year",
    # of the animation of a territory: organisations, months, kinds, counts
    "event_attendance_v1": "organiser_organisation attending_organisation kind audience month zone present",
    "group_v1": "working_group organisation role since_month until_month",
    "commitment_v1": "organisation working_group progress due_month ended_month was_late",
    "contact_survey_v1": "organisation other_organisation month motive answers",
    "declared_v1": "organisation other_organisation form since_month until_month",
    "cell_v1": "cell kind organisation part since_month until_month",
    "problem_v1": "problem template organisation is_pilot since_month until_month",
    "convention_v1": "convention organisation axes has_agreement since_month until_month",
    "funding_v1": "cell problem organisation euros since_month until_month",
}
MONTHS = {"month", "since_month", "until_month", "closed_month", "due_month", "ended_month"}
SMALL_NUMBERS = {"delay_days", "lead_rank", "year", "present", "answers", "euros"}


def asked(question: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)  # type: ignore[arg-type]
        return list(cursor.fetchall())


def become(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # before 18, what is deferred runs as the last role
        cursor.execute(f"set local role {role}")


@pytest.fixture
def desk() -> Desk:
    """A transfer that has met, a person whose every word is a canary, an appointment."""
    desk = make_desk_of_two()
    relay = make_sent(desk)
    relays.accept(
        order_for(relay, MONDAY + timedelta(days=1)), by=desk.chloe, appointment_at=MONDAY + timedelta(days=2)
    )
    relays.meet(order_for(relay, MONDAY + timedelta(days=3)), by=desk.chloe, met_at=MONDAY + timedelta(days=2))
    Person.objects.update(given_name=CANARY, family_name=CANARY, email=f"{CANARY}@exemple.fr", phone="0666666666")
    Appointment.objects.create(
        person_id=relay.person_id,
        organisation_id=desk.bruno.organisation_id or 0,
        adviser_id=desk.bruno.user_id or 0,
        starts_at=MONDAY,
        ends_at=MONDAY + timedelta(hours=1),
        meeting="phone",
        about=CANARY,
        third_party=CANARY,
        place=CANARY,
        state="confirmed",
        proposed_by="adviser",
    )
    return desk


def test_the_columns_are_those_decided() -> None:
    found = asked(
        "select table_name, string_agg(column_name, ' ' order by ordinal_position) from information_schema.columns "
        "where table_schema = 'trace' and table_name <> 'yearly_key' group by 1"
    )
    assert {str(name): str(columns) for name, columns in found} == COLUMNS


def test_nobody_is_in_them(desk: Desk) -> None:
    uids = {str(uid) for uid in Person.objects.values_list("uid", flat=True)}
    become("trace_reader")
    rows = 0
    for view, columns in COLUMNS.items():
        for row in asked(f"select * from trace.{view}"):
            rows += 1
            for column, value in zip(columns.split(), row, strict=True):
                assert CANARY not in str(value) and str(value) not in uids, (view, column)
                assert not isinstance(value, date) or (column in MONTHS and value.day == 1), (view, column)
                assert type(value) is not int or column in SMALL_NUMBERS, (view, column)
    assert rows >= 8


def test_their_owner_may_read_no_word_about_a_person(desk: Desk) -> None:
    """Not by an oversight of a view: the database refuses these columns to the owner of the views."""
    for column in ("given_name", "family_name", "born", "phone", "email", "uid"):
        assert asked("select has_column_privilege('trace_owner', 'journey_person', %s, 'select')", column) == [(False,)]
    for table in ("journey_need", "journey_note", "journey_consent", "journey_document", "journey_journalentry"):
        assert asked("select has_any_column_privilege('trace_owner', %s, 'select')", table) == [(False,)]


def test_their_reader_reads_nothing_else(desk: Desk) -> None:
    become("trace_reader")
    assert asked("select count(*) from trace.relay_v1")[0][0] == 3
    for table in ("journey_relay", "journey_person", "trace.yearly_key", "accounts_user"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked(f"select * from {table}")


def test_without_its_policy_a_view_is_empty(desk: Desk) -> None:
    """Row-level security holds for the owner of the views too: it reads by a policy, never beside."""
    with connection.cursor() as cursor:
        cursor.execute("drop policy trace_owner_select on journey_relay")
    become("trace_reader")
    assert asked("select count(*) from trace.relay_v1") == [(0,)]


def test_a_key_holds_for_a_year_and_is_an_hmac(desk: Desk) -> None:
    inner = bytes(asked("select inner_pad from trace.yearly_key where year = 2026")[0][0])  # type: ignore[call-overload]
    key = bytes(byte ^ 0x36 for byte in inner)
    expected = hmac.new(key, f"carrier {desk.bruno.user_id}".encode(), hashlib.sha256).hexdigest()[:32]
    assert asked("select carrier from trace.appointment_v1") == [(expected,)]
    assert asked("select count(distinct inner_pad) from trace.yearly_key") == [(41,)]


def test_the_delay_the_step_and_the_parties_are_told(desk: Desk) -> None:
    make_user("Élise")
    steps = asked("select step, delay_days, month, kind, formality from trace.relay_v1 order by delay_days, step desc")
    month = date(2026, 11, 1)
    assert steps == [
        ("send", 0, month, "transfer", "account"),
        ("accept", 1, month, "transfer", "account"),
        ("meet", 2, month, "transfer", "account"),
    ]
