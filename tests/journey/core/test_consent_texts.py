"""Consent texts: frozen once published, complete, about this relay only, and ending when they say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.journey.core.consent import Category, Purpose
from ensemblier.journey.core.consent_texts.published import PUBLISHED, text_of, text_on
from ensemblier.journey.core.consent_texts.wording import (
    LANGUAGES,
    Names,
    Wording,
    effective_end,
    is_ending,
    last_instant,
    with_names,
)
from ensemblier.kernel.errors import NotFound

NAMES = Names("France Travail Gap", "la Mission locale", "préparer une formation", "23 novembre 2027")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONTH = timedelta(days=30)
# A published text never changes: to change a word, publish a new number. Written by hand at publication.
FROZEN = {
    "relay-1-fr-full": "2848995415bc1618",
    "relay-1-fr-easy": "fc3455ecf11ea1f4",
    "relay-1-en-full": "eb1ce5258eaa5888",
    "relay-1-en-easy": "bbd6e793e42321fa",
    "outcome-1-fr-full": "2d6672199d9d94ea",
    "outcome-1-fr-easy": "fb2402130a0d463f",
    "outcome-1-en-full": "d60638469c1dd344",
    "outcome-1-en-easy": "738aa87096db2334",
    "evaluation-1-fr-full": "5689c663d7a9b561",
    "evaluation-1-fr-easy": "6155101189f08715",
    "evaluation-1-en-full": "a1abdfe961e4a05f",
    "evaluation-1-en-easy": "0e6746ade0e45022",
}


def test_every_purpose_is_written_in_both_languages_and_both_wordings() -> None:
    written = {(text.purpose, text.language, text.wording) for text in PUBLISHED}
    assert written == set(product(Purpose, LANGUAGES, Wording))


def test_published_texts_are_frozen() -> None:
    assert {text.version: text.fingerprint[:16] for text in PUBLISHED} == FROZEN


def test_a_word_changed_after_publication_is_caught() -> None:
    text = PUBLISHED[0]
    changed = replace(text, sentences=(text.sentences[0].replace("seulement", ""), *text.sentences[1:]))
    assert changed.fingerprint[:16] != FROZEN[text.version]


@pytest.mark.parametrize("text", PUBLISHED, ids=lambda text: text.version)
def test_each_text_says_what_the_law_and_the_house_ask(text) -> None:  # type: ignore[no-untyped-def]
    whole = with_names(text, NAMES, Category).whole
    assert NAMES.recipient in whole
    assert NAMES.last_day in whole
    assert ("stop" in whole) and ("rien" in whole or "nothing" in whole)
    assert "{" not in whole
    assert len(text.version) <= 40


@pytest.mark.parametrize("text", [t for t in PUBLISHED if t.wording is Wording.EASY], ids=lambda text: text.version)
def test_an_easy_text_has_short_sentences(text) -> None:  # type: ignore[no-untyped-def]
    for sentence in text.sentences:
        assert sentence.count(".") == 1
        assert len(sentence.split()) <= 12, sentence


@given(st.sets(st.sampled_from(Category), min_size=1))
def test_only_what_would_be_shared_is_named(asked: set[Category]) -> None:
    readable = with_names(text_on(date(2026, 11, 23)), NAMES, asked)
    assert {category for category, _ in readable.lines} == asked
    assert bool(readable.health) is (Category.HEALTH in asked)


def test_the_text_of_a_day_is_the_last_published_and_french_when_a_language_has_none() -> None:
    assert text_on(date(2026, 11, 23)).version == "relay-1-fr-full"
    assert text_on(date(2026, 11, 23), wording=Wording.EASY, language="en").version == "relay-1-en-easy"
    assert text_on(date(2026, 11, 23), language="br").version == "relay-1-fr-full"
    with pytest.raises(NotFound):
        text_on(date(2026, 10, 31))


def test_an_old_text_stays_readable() -> None:
    assert text_of("relay-1-fr-full").title == "Mon accord pour ce relais"
    with pytest.raises(NotFound):
        text_of("relay-0-fr-full")


@pytest.mark.parametrize(
    ("relay_ends", "end"),
    [
        ([], MONDAY + timedelta(days=365)),
        ([None], MONDAY + timedelta(days=365)),
        ([MONDAY + MONTH], MONDAY + 2 * MONTH),
        ([MONDAY + MONTH, None], MONDAY + timedelta(days=365)),
        ([MONDAY + MONTH, MONDAY + 2 * MONTH], MONDAY + 3 * MONTH),
        ([MONDAY + timedelta(days=350)], MONDAY + timedelta(days=365)),
    ],
)
def test_a_consent_stops_thirty_days_after_its_last_relay_and_within_a_year(relay_ends, end: datetime) -> None:  # type: ignore[no-untyped-def]
    assert effective_end(last_instant(MONDAY), relay_ends) == end


@pytest.mark.parametrize(
    ("given_at", "last"),
    [
        (datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2029, 2, 28, 12, tzinfo=UTC)),
        (datetime(2027, 2, 28, 12, tzinfo=UTC), datetime(2028, 2, 28, 12, tzinfo=UTC)),
    ],
)
def test_twelve_months_on_leap_days(given_at: datetime, last: datetime) -> None:
    assert last_instant(given_at) == last


def test_two_weeks_before_its_end_a_sharing_is_ending() -> None:
    end = MONDAY + timedelta(days=14)
    assert is_ending(end, MONDAY)
    assert not is_ending(end, MONDAY - timedelta(seconds=1))
    assert not is_ending(MONDAY, MONDAY)
