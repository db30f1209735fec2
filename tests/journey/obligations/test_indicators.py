"""The socle: one line an episode, under each operator's names; small numbers hidden; told before six months."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.indicator_alerts import tell_late
from ensemblier.journey.actions.indicators import export_indicators, late_operators
from ensemblier.journey.adapters.socle_files import socle_on
from ensemblier.journey.core.indicators import age_band, months_without, published
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Episode, EpisodeLevel, IndicatorTransmission, LevelOneContact, Person
from ensemblier.journey.queries.indicators import indicators
from ensemblier.journey.sql.scope import acting
from ensemblier.journey.sql.socle import socle_facts, socle_months
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.accounts import make_actor
from tests.factories.journey import MONDAY, make_desk_of_two, make_draft, make_episode, make_sent

SOCLE = socle_on(date(2026, 11, 1))
DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.django_db
def test_one_line_for_each_episode_whatever_hangs_on_it() -> None:
    desk = make_desk_of_two()
    relay = make_sent(desk, RelayKind.REFERRAL)
    episode = Episode.objects.get(pk=relay.episode_id)
    for _ in range(3):
        make_draft(desk, episode, RelayKind.REFERRAL)
    for level in ("welcome_2019", "support_2019"):
        EpisodeLevel.objects.create(episode=episode, level=level, entered_on=MONDAY.date())
    Person.objects.filter(pk=episode.person_id).update(born="1999-04-02", given_name="Awa", family_name="Diop")
    make_episode(desk)
    make_episode(desk, at=MONDAY - timedelta(days=40))
    source = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    done = export_indicators(source.uid, date(2026, 11, 1), at=DECEMBER)
    rows = lines(done.content)
    assert (done.lines, len(rows)) == (2, 2)
    first = next(row for row in rows if row["age"])
    assert (first["level"], first["age"], first["relays_sent"], first["plan_signed"]) == ("2", "26 à 44", "1", "non")
    assert "Diop" not in done.content.decode("utf-8-sig")
    sent = IndicatorTransmission.objects.get()
    assert (sent.lines, sent.version) == (2, "socle-2025-2")


@pytest.mark.django_db
def test_a_month_that_goes_on_is_not_sent() -> None:
    desk = make_desk_of_two()
    source = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    with pytest.raises(BadInput):
        export_indicators(source.uid, date(2026, 11, 1), at=MONDAY)
    with pytest.raises(NotFound):
        export_indicators(source.uid, date(2019, 11, 1), at=MONDAY)


@pytest.mark.django_db
def test_an_operator_is_told_a_month_before_the_limit() -> None:
    desk = make_desk_of_two()
    make_episode(desk)
    assert late_operators(date(2027, 4, 22)) == []
    [late] = late_operators(date(2027, 4, 23))
    assert (late.name, late.months, late.limit) == ("France Travail Gap", 5, 6)
    source = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    export_indicators(source.uid, date(2026, 11, 1), at=datetime(2027, 4, 23, 9, tzinfo=UTC))
    assert late_operators(date(2027, 4, 23)) == []


def test_each_operator_reads_its_own_names() -> None:
    assert SOCLE.names("mission_locale")["purpose"] == "axe"
    assert SOCLE.names("apec")["purpose"] == "purpose"


@pytest.mark.parametrize(
    ("born", "expected"), [(None, ""), (date(2001, 11, 24), "moins de 26"), (date(2000, 11, 23), "26 à 44")]
)
def test_an_age_is_a_band(born: date | None, expected: str) -> None:
    assert age_band(born, date(2026, 11, 23)) == expected


def rows(**counts: int) -> list[dict[str, str]]:
    return [{"level": level} for level, number in counts.items() for _ in range(number)]


def test_no_small_number_is_published_nor_can_be_deduced() -> None:
    said = dict(published(rows(a=43, b=4, c=18), ["level"], SOCLE))
    assert said == {("a",): "45", ("b",): "moins de 11", ("c",): "masqué"}
    assert dict(published(rows(a=43, b=12), ["level"], SOCLE)) == {("a",): "45", ("b",): "10"}
    assert dict(published(rows(a=3), ["level"], SOCLE)) == {("a",): "moins de 11"}


@pytest.mark.parametrize(
    ("since", "on", "expected"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 15), date(2026, 6, 15), 5),
        (date(2026, 1, 16), date(2026, 6, 15), 4),
    ],
)
def test_whole_months(since: date, on: date, expected: int) -> None:
    assert months_without(None, since, on) == expected


@pytest.mark.django_db
def test_the_page_counts_exports_and_says_when_it_is_late(client: Client) -> None:
    desk = make_desk_of_two()
    organisation = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    begun = datetime(2026, 1, 12, 9, tzinfo=UTC)
    for _ in range(6):
        make_episode(desk, at=begun)
    lead = make_actor("Léa", organisation, Role.TEAM_LEAD)
    manager = make_actor("Max", organisation, Role.ACCOUNT_MANAGER)
    with pytest.raises(NotAllowed):
        indicators(actor=desk.bruno, on=DECEMBER.date())
    seen = indicators(actor=lead, on=DECEMBER.date())
    january = next(line for line in seen.months if line.month == date(2026, 1, 1))
    assert (january.episodes, january.sent_at, seen.is_late, seen.months_without) == (6, None, True, 11)
    assert tell_late(DECEMBER) == 2 and tell_late(DECEMBER) == 2
    letters = OutboxMessage.objects.filter(kind="indicators.late")
    assert sorted(letters.values_list("to", flat=True)) == ["lea@exemple.fr", "max@exemple.fr"], "une fois par mois"
    with pytest.raises(NotAllowed):
        export_indicators(organisation.uid, date(2026, 1, 1), at=DECEMBER, by=manager)
    with pytest.raises(NotFound):
        export_indicators(Organisation.objects.get(pk=desk.recipient).uid, date(2026, 1, 1), at=DECEMBER, by=lead)
    LevelOneContact.objects.create(
        organisation=organisation, user_id=desk.bruno.user_id or 0, at=begun, channel="phone", answer="informed"
    )
    system = export_indicators(organisation.uid, date(2026, 1, 1), at=DECEMBER)
    mine = export_indicators(organisation.uid, date(2026, 1, 1), at=DECEMBER, by=lead)
    assert mine.content == system.content and mine.lines == 7, "les contacts sans dossier comptent aussi"
    assert not indicators(actor=manager, on=DECEMBER.date()).is_late
    assert indicators(actor=manager, on=DECEMBER.date()).table is None, "qui administre ne lit que des comptes"
    client.force_login(User.objects.get(pk=lead.user_id or 0))
    page = client.get("/indicateurs/").content.decode()
    assert "Socle d’indicateurs" in page and "Préparer" in page
    form = {"month": "2026-01", "acting_for": str(lead.organisation_id)}
    answer = client.post("/indicateurs/", form)
    assert answer["Content-Type"].startswith("text/csv") and answer.content == mine.content
    assert client.post("/indicateurs/", form | {"month": "x"}).status_code == 400


@pytest.mark.django_db
def test_the_functions_of_the_database_ask_who_counts() -> None:
    desk = make_desk_of_two()
    make_episode(desk)
    number = desk.bruno.organisation_id or 0
    everything = (number, datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
    for by in (desk.bruno, desk.chloe):
        with acting(by):
            assert socle_facts(*everything) == [] and socle_months(number, everything[1]) == []
    lead = make_actor("Léa", Organisation.objects.get(pk=number), Role.TEAM_LEAD)
    with acting(lead):
        assert len(socle_facts(*everything)) == 1
        assert socle_facts(desk.recipient, *everything[1:]) == []
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('journey_socle_facts(bigint,timestamptz,timestamptz)'::regprocedure)")
        cursor.execute(str(cursor.fetchone()[0]).replace("journey_is('team_lead')", "true"))
    with acting(desk.bruno):
        assert len(socle_facts(*everything)) == 1, "la faute semée est vue"
