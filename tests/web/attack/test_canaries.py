"""Tokens in every text of the tables of the journey and of the accounts: none in an answer to whom it is foreign, none
in a message, a log, a line of the journal. More than 50,000 answers in the soak; fewer each time, drawn with a seed."""

import logging
import os
from collections import Counter
from itertools import product
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone

from ensemblier.journey.actions.notes import write_note
from ensemblier.journey.actions.notices import address_notices
from ensemblier.journey.core.notes import NoteDraft, NoteKind
from ensemblier.journey.models import JournalEntry, Person, Relay
from ensemblier.kernel.orm.models import OutboxMessage
from tests.journey.locks.rows_world import constraints_off
from tests.web.attack.canaries import APPS, Canaries, text_columns
from tests.web.attack.crawl import AUTHOR, Crawl, address, addresses, answers, asked, cases, whole
from tests.web.attack.faults import OF_RELAYS
from tests.web.attack.field import actor, make_field
from tests.web.attack.planting import planted
from tests.web.matrix import take_back
from tests.web.records.ground import sessions_last

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
IS_SOAK = bool(os.environ.get("ENSEMBLIER_SOAK"))
SAMPLE = 52_000 if IS_SOAK else 1_500


PRINTERS = ("plan.plan", "person.data", "places.zones", "public.answer", "animation.organising",
            "animation.territory")  # fmt: skip


@pytest.fixture
def crawl(monkeypatch: pytest.MonkeyPatch) -> Crawl:
    """Three files full of tokens; the words of a PDF are read before they are drawn."""
    sessions_last(monkeypatch)
    for where in PRINTERS:
        monkeypatch.setattr(f"ensemblier.web.{where}.pdf_of", lambda html: html.encode())
    return made_crawl()


def made_crawl() -> Crawl:
    """Every text of every file is a token: notes of each kind too."""
    with constraints_off():
        made = Crawl(make_field(), Canaries())
        for file, author in AUTHOR.items():
            for kind in NoteKind:
                by, uid = actor(made.ground.ground, author), UUID(made.ground.files[file]["uid"])
                write_note(uid, NoteDraft(kind, "x", timezone.localdate()), by=by, at=timezone.now())
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
            take_back(point)


ANY_KEY = "00000000-0000-4000-8000-000000000001"


def test_a_leak_is_caught(crawl: Crawl) -> None:
    fault = next(each for each in OF_RELAYS if each.name == "the text goes with the envelope")
    at = address(crawl, "relais/<uuid:uid>/", "awa")
    with constraints_off(), crawl.ground.state("sent"):
        assert crawl.foreign("nina", "sent", "live", whole(crawl.ground.ask("nina", "GET", at))) == set()
        with planted(fault):
            said = crawl.foreign("nina", "sent", "live", whole(crawl.ground.ask("nina", "GET", at)))
    assert ("relay", "summary") in {(table, column) for _, table, column in said}


def test_no_drawn_page_holds_the_words_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    """The PDFs themselves: their text, outline and metadata. To everybody in the soak, to some each time."""
    crawl, found, seen, pages = made_crawl(), list[str](), 0, 0
    routes = [route for route in addresses() if route.endswith(".pdf")]
    assert len(routes) >= 6
    readers = list(crawl.ground.cookies) if IS_SOAK else ["chloé", "awa herself", "colette"]
    with constraints_off(), crawl.ground.state("accepted"):
        for who, route, file in product(readers, routes, ("awa", "béa")):
            text = whole(asked(crawl, who, "GET", route, file))
            pages += "%PDF" in text
            seen += len(crawl.canaries.said_in(text))
            found += [f"{who} {route} of {file}: {said}" for said in crawl.foreign(who, "accepted", "live", text)]
    with capsys.disabled():
        print(f"\n  drawn: {pages} PDFs of {len(routes)} addresses, {seen} tokens read in them, {len(found)} foreign")
    assert found == [] and seen


def test_lists_in_columns_hold_codes() -> None:
    """No list of words is kept in a column: the tokens above would not reach it."""
    free = {
        f"{model._meta.db_table}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, ArrayField) and not field.base_field.choices
        and not isinstance(field.base_field, models.IntegerField)
    }  # fmt: skip
    assert free == CODES


CODES = {
    "accounts_apitoken.scopes", "accounts_invitation.roles", "journey_consentproof.categories",
}  # fmt: skip
"""Lists without choices: what a form or an action writes there is one of its own codes."""


def test_a_new_column_of_words_is_seen() -> None:
    assert {"given_name", "family_name", "phone", "email", "availability"} <= {f.name for f in text_columns(Person)}
