"""How values are written; expected answers by hand. Property: typography adds and removes no letter."""

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.web.templatetags import french


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("Qui peut m'accompagner ?", "Qui peut m’accompagner\u202f?"),
        ("Pourquoi : « oui »", "Pourquoi\u00a0: «\u00a0oui\u00a0»"),
        ("dans 13 min, à 9 h 30", "dans 13\u00a0min, à 9\u00a0h 30"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
    ),
)
def test_french_spaces(text: str, expected: str) -> None:
    assert french.typography(text) == expected


@given(st.text(max_size=200))
def test_typography_only_changes_spaces_and_apostrophes(text: str) -> None:
    def bare(words: str) -> str:
        return words.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")

    assert bare(french.typography(text)) == bare(text)
    assert french.typography(french.typography(text)) == french.typography(text)


@given(st.text(max_size=40))
def test_any_number_can_be_written(text: str) -> None:
    french.phone_words(text)
    assert set(french.phone_digits(text)) <= set("+0123456789")


@pytest.mark.parametrize(
    ("number", "words"),
    (
        ("0465711230", "04 65 71 12 30"),
        ("+33465711230", "04 65 71 12 30"),
        ("+262262901234", "+262262901234"),
        ("3949", "39 49"),
        ("", ""),
    ),
)
def test_telephone_numbers(number: str, words: str) -> None:
    assert french.phone_words(number).replace("\u00a0", " ") == words


def test_dates_and_durations_in_both_languages() -> None:
    assert french.day_words(date(2026, 12, 1), weekday=True).replace("\u00a0", " ") == "mardi 1er décembre 2026"
    assert french.moment_words(datetime(2026, 11, 24, 9, 30)).endswith("à 9\u00a0h\u00a030")  # noqa: DTZ001
    assert french.minutes_words(64.6).replace("\u00a0", " ") == "1 h 05"
    assert french.km_words(4.24).replace("\u00a0", " ") == "4,2 km"
    assert french.number_words(63515) == "63\u202f515"
    with translation.override("en"):
        assert french.day_words(date(2026, 12, 1)).replace("\u00a0", " ") == "1 December 2026"
        assert french.km_words(4.24).replace("\u00a0", " ") == "4.2 km"


def test_translations_get_their_spaces_and_data_stays_escaped() -> None:
    words = Template("{% translate 'Quoi ?' %} {{ text|typo }}").render(Context({"text": "<b> ?"}))
    assert words == "Quoi\u202f? &lt;b&gt;\u202f?"
