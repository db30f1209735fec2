"""The answer page remembers places, never people; and never shows what a change has made wrong."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.models import RegionalDesk, Site
from ensemblier.territory.models import Commune, TravelTime
from ensemblier.web.templatetags import pieces
from tests.factories.directory import (
    make_desk,
    make_networks,
    make_offer,
    make_organisation,
    make_permanence,
    make_site,
)
from tests.factories.routing import make_agreement
from tests.factories.territory import ARGENTIERE, BRIANCON, GAP, make_commune

YOUNG = {"commune": "Gap", "commune_for": "Gap", "commune_code": "05061", "situation": ["jobseeker"], "age": "16_25"}
WATCHED = "select tgrelid::regclass::text from pg_trigger where tgname = 'kernel_changed'"
READ = """
select relname from pg_stat_xact_user_tables
where coalesce(seq_scan, 0) + coalesce(idx_scan, 0) > 0 and schemaname = 'public'
"""


@pytest.fixture
def places(transactional_db: None) -> Iterator[None]:
    """Gap, with a counter, a permanence in somebody else's place and a number."""
    make_networks()
    for place in (GAP, BRIANCON, ARGENTIERE):
        make_commune(place)
    work = make_site(make_organisation("France Travail Gap", network="france-travail"))
    make_offer(work)
    make_site(make_organisation("Mission jeunes 05", network="mission-locale"), BRIANCON)
    make_permanence(make_organisation("Apec des Alpes", network="apec"), work)
    make_desk(phone="0465710000", name="Opérateur régional du Sud")
    yield


def page_of(client: Client, **more: object) -> str:
    """The answer, every space a plain one."""
    response = client.post("/reponse/", {**YOUNG, **more})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def another_name() -> None:
    Site.objects.filter(organisation__name="Mission jeunes 05").update(name="Maison des jeunes")


def another_number() -> None:
    RegionalDesk.objects.update(phone="0499999999")


def nearer_counter() -> None:
    make_site(make_organisation("Mission de Gap", network="mission-locale"), name="Maison des jeunes")


def imported_time() -> None:
    TravelTime.objects.create(origin_id=GAP.code, destination_id=BRIANCON.code, minutes=77)


def moved_commune() -> None:
    Commune.objects.filter(code=GAP.code).update(name="Gap-la-Neuve")


def new_agreement() -> None:
    make_agreement([make_organisation("Cité des métiers"), make_organisation("Cellule des Alpes")])


CHANGES: dict[Callable[[], None], str] = {
    another_name: "Maison des jeunes",
    another_number: "04 99 99 99 99",
    nearer_counter: "Maison des jeunes",
    imported_time: "1 h 17",
    moved_commune: "Gap-la-Neuve",
    new_agreement: "Un accord de votre territoire s’applique",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_shows_at_once(client: Client, places: None, change: Callable[[], None]) -> None:
    trainee = {"situation": ["jobseeker", "paid_trainee"]}
    page_of(client, **trainee)
    assert CHANGES[change] not in page_of(client, **trainee)
    change()
    assert CHANGES[change] in page_of(client, **trainee)


def test_a_closed_counter_is_gone_at_once(client: Client, places: None) -> None:
    assert "France Travail Gap" in page_of(client)
    Site.objects.filter(organisation__name="France Travail Gap").update(valid_to=date(2020, 1, 1))
    assert "France Travail Gap" not in page_of(client)


def test_without_the_trigger_the_page_would_be_stale(client: Client, places: None) -> None:
    """The seeded fault: what makes the tests above pass is the trigger, and they would see its absence."""
    page_of(client)
    with connection.cursor() as cursor:
        cursor.execute("alter table directory_site disable trigger kernel_changed")
        try:
            another_name()
            assert "Maison des jeunes" not in page_of(client)
        finally:
            cursor.execute("alter table directory_site enable trigger kernel_changed")


def test_every_table_that_an_answer_reads_is_watched(client: Client, places: None) -> None:
    make_agreement([make_organisation("Cité des métiers"), make_organisation("Cellule des Alpes")])
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()")  # what was read before is no longer counted
    with transaction.atomic(), connection.cursor() as cursor:
        page_of(client)
        cursor.execute(READ)
        read = {row[0] for row in cursor.fetchall()}
        cursor.execute(WATCHED)
        watched = {row[0] for row in cursor.fetchall()}
    assert {"directory_site", "directory_permanence", "territory_commune", "routing_agreement"} <= read
    assert sorted(read - watched - {"kernel_edition"}) == []


def test_one_query_serves_a_place_already_asked_for(client: Client, places: None) -> None:
    first = page_of(client)
    with CaptureQueriesContext(connection) as queries:
        again = page_of(client, mots="Bonjour", but="training")
        same = page_of(client)
    assert [query["sql"] for query in queries] == ["select part, id from public.kernel_edition"] * 2
    assert same == first != again


def test_what_is_remembered_reads_as_what_is_read_anew(client: Client, places: None) -> None:
    for words in ("", "Changer de métier ?"):
        remembered = page_of(client, mots=words)
        with transaction.atomic():
            assert page_of(client, mots=words) == remembered


def test_nothing_that_a_person_wrote_is_kept(client: Client, places: None, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    kept = pieces._written.__wrapped__

    def seen(name: str, values: tuple[tuple[str, object], ...], language: str) -> str:
        html = kept(name, values, language)
        written.append(f"{values} {html}")
        return html

    monkeypatch.setattr(pieces, "_written", seen)
    page = page_of(client, mots="serpolet et marjolaine", souhait=str(Operator.APEC))
    assert page.count("serpolet") > 5  # in the quotation, and in each form that posts the answers again
    assert len(written) > 8
    assert [text for text in written if "serpolet" in text or 'value="jobseeker"' in text] == []


def test_who_writes_the_mark_of_the_answers_reads_it_as_words(client: Client, places: None) -> None:
    page = page_of(client, mots="<!--again-->")
    assert "« &lt;!--again--&gt; »" in page
    assert "<!--again-->" not in page
