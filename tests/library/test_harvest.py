"""Harvesting: a real provider with pages, dates and deletions; and servers that loop, lie, flood or hide entities."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, DomainError, NotAllowed, SourceUnavailable
from ensemblier.library.actions.harvest import harvest
from ensemblier.library.actions.intake import Taken
from ensemblier.library.adapters import oai
from ensemblier.library.core.harvests import Asked
from ensemblier.library.core.kinds import Licence
from ensemblier.library.models import HarvestedSource, Resource
from ensemblier.library.queries.citations import CitationForm, citation
from ensemblier.library.queries.resources import resource
from ensemblier.library.queries.search import search_library
from tests.factories.library import TODAY
from tests.library.repositories import STUDY, STUDY_DC, STUDY_TEI, Answer, Provider, provided, serving, simple

pytestmark = pytest.mark.django_db
OLD, NEW = datetime(2020, 7, 9, tzinfo=UTC), datetime.now(UTC)


def take(url: str, prefix: str = "oai_dc", **asked: str) -> Taken:
    return harvest(Asked(url, prefix, **asked), "HAL", actor=SYSTEM, on=TODAY, pause=0.01)


def many(count: int) -> dict[str, tuple[str, datetime]]:
    return {f"oai:x:{n}": (simple(f"Notice numéro {n}"), OLD) for n in range(count)}


@pytest.mark.parametrize("prefix", ["oai_dc", "xml-tei"])
def test_the_founding_study_is_harvested_with_its_citation_and_licence(prefix: str) -> None:
    with provided(Provider(records={STUDY: (STUDY_DC, OLD)}, tei={STUDY: STUDY_TEI})) as url:
        assert take(url, prefix).new == 1
    row = Resource.objects.get()
    view = resource(row.uid, actor=ANONYMOUS, on=TODAY)
    assert view.licence is Licence.CC_BY_ND
    assert "Aucune copie adaptée" in view.licence.words
    assert (view.row.series, view.row.number, view.pages) == ("Céreq Bref", "383", "1-4")
    assert view.row.authors[:2] == ("Alexandra d'Agostino", "Liza Baghioni")
    assert view.row.issued is not None
    assert view.row.issued.iso == "2019-11"
    assert view.link == "https://shs.hal.science/halshs-02894754"
    text = citation(view, CitationForm.TEXT, permalink="x").text
    assert "Céreq Bref, 2019, 383, pp. 1-4." in text
    assert "https://shs.hal.science/halshs-02894754" in text
    assert search_library("cooperer pour mieu orienter", actor=ANONYMOUS, on=TODAY).hits[0].row.uid == row.uid


def test_pages_follow_one_another_and_twice_changes_nothing() -> None:
    with provided(Provider(records=many(10))) as url:
        assert take(url).new == 10
        again = take(url, since="2014-01-01")
    assert (again.new, again.changed, again.same) == (0, 0, 10)


def test_only_what_changed_is_asked_again() -> None:
    provider = Provider(records=many(4))
    with provided(provider) as url:
        take(url)
        provider.records["oai:x:1"] = (simple("Notice nouvelle"), NEW)
        done = take(url)
    assert (done.new, done.changed, done.withdrawn, done.same) == (0, 1, 0, 0)
    assert HarvestedSource.objects.get().harvested_to == NEW.date().isoformat()


def test_only_the_platform_harvests() -> None:
    with pytest.raises(NotAllowed):
        harvest(Asked("http://127.0.0.1:9/"), "x", actor=Actor(user_id=1), on=TODAY)


HEAD = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-22T09:00:00Z</responseDate>'


def listed(records: str, token: str = "") -> bytes:
    return f"{HEAD}<ListRecords>{records}<resumptionToken>{token}</resumptionToken></ListRecords></OAI-PMH>".encode()


def record(identifier: str, metadata: str = "") -> str:
    return (
        f"<record><header><identifier>{identifier}</identifier><datestamp>2020-01-01</datestamp></header>"
        f"<metadata>{metadata or simple('Une notice')}</metadata></record>"
    )


def flood() -> Iterator[bytes]:
    """A gigabyte, in one record."""
    yield f"{HEAD}<ListRecords><record><header><identifier>".encode()
    for _block in range(16_000):
        yield b"a" * 65_536


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">&b;</OAI-PMH>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'

HOSTILE: dict[str, tuple[Answer, str]] = {
    "loops": (lambda _asked: (200, {}, listed(record("a"), "again")), "tourne en rond"),
    "never progresses": (lambda _asked: (200, {}, listed("", "next")), "tourne en rond"),
    "entities": (lambda _asked: (200, {}, BILLION), "entités"),
    "outside entity": (lambda _asked: (200, {}, OUTSIDE), "entités"),
    "bad xml": (lambda _asked: (200, {}, b"<OAI-PMH><ListRecords>"), "XML lisible"),
    "a page": (lambda _asked: (200, {}, b"<html><body>Bienvenue</body></html>"), "ne répond pas en OAI-PMH"),
    "nothing": (lambda _asked: (200, {}, b""), "XML lisible"),
    "no list": (lambda _asked: (200, {}, f"{HEAD}</OAI-PMH>".encode()), "liste demandée"),
    "a flood": (lambda _asked: (200, {}, flood()), "démesurée"),
    "private": (lambda _asked: (302, {"Location": "http://10.0.0.1/oai"}, b""), "adresse privée"),
    "refused": (lambda _asked: (403, {}, b""), "403"),
    "down": (lambda _asked: (503, {"Retry-After": "0"}, b""), "503"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_is_left_with_a_sentence(name: str) -> None:
    answer, words = HOSTILE[name]
    with serving(answer) as url, pytest.raises(SourceUnavailable, match=words):
        take(url)
    assert HarvestedSource.objects.get().harvested_to == ""


def test_a_wrong_token_stops_and_keeps_what_was_read() -> None:
    def answer(asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if "resumptionToken" in asked:
            return 200, {}, f'{HEAD}<error code="badResumptionToken">no</error></OAI-PMH>'.encode()
        return 200, {}, listed(record("a"), "t1")

    with serving(answer) as url, pytest.raises(SourceUnavailable, match="page suivante"):
        take(url)
    assert Resource.objects.count() == 1
    assert HarvestedSource.objects.get().harvested_to == ""


def test_pages_without_end_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oai, "MAX_PAGES", 5)
    numbers = iter(range(1000))
    endless = serving(lambda _asked: (200, {}, listed(record("a"), f"t{next(numbers)}")))
    with endless as url, pytest.raises(SourceUnavailable, match="toujours une page de plus"):
        take(url)


def test_what_the_source_deletes_is_withdrawn_and_comes_back_with_it() -> None:
    gone = "<record><header status='deleted'><identifier>a</identifier><datestamp>x</datestamp></header></record>"
    answers = iter([listed(record("a")), listed(gone), listed(record("a"))])
    with serving(lambda _asked: (200, {}, next(answers))) as url:
        assert take(url).new == 1
        assert take(url).withdrawn == 1
        assert Resource.objects.get().withdrawn_why == "Retirée par sa source."
        assert take(url).changed == 1
    assert Resource.objects.get().withdrawn_on is None


def test_an_unknown_format_is_said() -> None:
    with provided(Provider(records=many(1))) as url, pytest.raises(BadInput, match="cannotDisseminateFormat"):
        take(url, "marc21")


def test_nothing_new_is_no_failure() -> None:
    with serving(lambda _asked: (200, {}, f'{HEAD}<error code="noRecordsMatch"/></OAI-PMH>'.encode())) as url:
        assert take(url) == Taken()


def test_one_bad_record_costs_only_itself() -> None:
    bad = (
        record("no-title", simple(" ")),
        record("hidden", simple("a\u202eb")),
        record("mixed", simple("\u0441onseil")),
        record("strange", "<x/>"),
        "<record/>",
        record("good", simple("&lt;script&gt;alert(1)&lt;/script&gt;")),
    )
    with serving(lambda _asked: (200, {}, listed("".join(bad)))) as url:
        done = take(url)
    assert done.refused_count == 4
    assert set(Resource.objects.values_list("identifier", flat=True)) == {"good", "hidden"}


def test_an_address_that_is_none_is_refused() -> None:
    for url in ("file:///etc/passwd", "ftp://x", "x"):
        with pytest.raises(DomainError):
            take(url)
