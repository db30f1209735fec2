"""Tokens in every text of the tables of the journey and of the accounts: none in an answer to whom it is foreign, none
in a message, a log, a line of the journal. More than 50,000 answers in the soak; fewer each time, drawn with a seed."""

import logging
import os
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone

from ensemblier.journey.actions.notices import address_notices
from ensemblier.journey.models import JournalEntry, Person, Relay
from ensemblier.kernel.orm.models import OutboxMessage
from tests.journey.locks.rows_world import constraints_off
from tests.web.attack.canaries import Canaries, text_columns
from tests.web.attack.crawl import Crawl, address, addresses, answers, cases, whole
from tests.web.attack.faults import OF_RELAYS
from tests.web.attack.field import make_field
from tests.web.attack.planting import planted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAMPLE = 52_000 if os.environ.get("ENSEMBLIER_SOAK") else 500


@pytest.fixture
def crawl(monkeypatch: pytest.MonkeyPatch) -> Crawl:
    """Three files full of tokens; the words of a PDF are read before they are drawn."""
    for where in ("plan.plan", "person.data", "places.zones", "public.answer"):
        monkeypatch.setattr(f"ensemblier.web.{where}.pdf_of", lambda html: html.encode())
    with constraints_off():
        made = Crawl(make_field(), Canaries())
        columns = made.canaries.plant()
    assert columns >= 80 and len(made.canaries.known) >= 250
    return made


def test_no_answer_holds_the_words_of_another(
    crawl: Crawl, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    leaks: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    with constraints_off(), caplog.at_level(logging.DEBUG):
        chosen = cases(crawl, SAMPLE)
        for case, said in answers(crawl, chosen):
            (state, consent), who, _, route, file = case
            if isinstance(said, str):
                broken[f"{route}: {said}"] += 1
                continue
            for _, table, column in said:
                leaks[f"{who or 'nobody'} {route} of {file} ({state}, {consent}): {table}.{column}"] += 1
            if crawl.answers % 5_000 == 0:
                with capsys.disabled():
                    print(f"\n  canaries: {crawl.answers} of {len(chosen)}, {len(leaks)} leaks", flush=True)
    told = [record.name for record in caplog.records if crawl.canaries.said_in(record.getMessage())
            and not record.name.startswith("django.db")]  # fmt: skip
    with capsys.disabled():
        print(
            f"\n  canaries: {crawl.answers} answers of {len(addresses())} addresses to {len(crawl.ground.cookies)} "
            f"readers, {len(crawl.canaries.known)} tokens planted, {crawl.seen} found, {leaks.total()} foreign, "
            f"{broken.total()} pages broken, {len(told)} lines of the logs"
        )
    assert (dict(leaks), dict(broken), told) == ({}, {}, [])


def test_no_message_and_no_line_of_the_journal_holds_a_word(crawl: Crawl) -> None:
    with constraints_off():
        for state, who, name, sent in (
            ("sent", "renée", "prendre", {}),
            ("acknowledged", "renée", "demander", {"question": "cn99999z", "is_for_person": "on"}),
            ("acknowledged", "renée", "decliner", {"reason": "full", "proposal": "none_known"}),
            ("acknowledged", "renée", "ecrire", {"text": "cn99999z", "is_for_person": "on"}),
            ("sent", "chloé", "annuler", {}),
        ):
            point = transaction.savepoint()
            with crawl.ground.state(state):
                relay = crawl.ground.files["awa"]["relay"]
                version = str(Relay.objects.get(uid=relay).version)
                client = crawl.ground.client(who)
                acting = crawl.ground.acting[who]
                fields = {"version": version, "key": ANY_KEY, "acting_for": acting, **sent}
                client.post(f"/relais/{relay}/{name}/", fields)
                address_notices(timezone.now())
                rows = OutboxMessage.objects.values_list("subject", "body", "attachments", "kind", "reply_to")
                assert rows or name == "ecrire"
                for row in rows:
                    words = " ".join(map(str, row))
                    assert not crawl.canaries.said_in(words) and "cn99999z" not in words, row
                for entry in JournalEntry.objects.values_list("subject", "act"):
                    assert not crawl.canaries.said_in(" ".join(entry)) and "cn99999z" not in entry
            transaction.savepoint_rollback(point)


ANY_KEY = "00000000-0000-4000-8000-000000000001"


def test_a_leak_is_caught(crawl: Crawl) -> None:
    fault = next(each for each in OF_RELAYS if each.name == "the text goes with the envelope")
    at = address(crawl, "relais/<uuid:uid>/", "awa")
    with constraints_off(), crawl.ground.state("sent"):
        assert crawl.foreign("nina", "sent", "live", whole(crawl.ground.ask("nina", "GET", at))) == set()
        with planted(fault):
            said = crawl.foreign("nina", "sent", "live", whole(crawl.ground.ask("nina", "GET", at)))
    assert ("relay", "summary") in {(table, column) for _, table, column in said}


def test_a_new_column_of_words_is_seen() -> None:
    assert {"given_name", "family_name", "phone", "email", "availability"} <= {f.name for f in text_columns(Person)}
