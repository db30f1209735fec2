"""Dates of a series, seats, what a calendar may say, texts that are kept."""

from datetime import datetime

import pytest

from ensemblier.animation.core.events import (
    MAX_TIMES,
    PARIS,
    calendar_title,
    plain,
    promoted,
    seat_for,
    starts_of,
)
from ensemblier.animation.core.kinds import LABELS, EventKind, Rhythm, Said, SeatState
from ensemblier.kernel.errors import BadInput

FIRST = datetime(2026, 3, 24, 9, 30, tzinfo=PARIS)


def test_the_hour_of_the_clock_is_the_same_across_the_change_of_hour() -> None:
    before, after = starts_of(FIRST, Rhythm.WEEKLY, 2)
    assert (before.hour, after.hour) == (9, 9)
    assert (after - before.astimezone(PARIS)).days == 7
    assert after.utcoffset() != before.utcoffset()


def test_each_month_keeps_the_rank_of_its_weekday_and_a_fifth_is_the_last() -> None:
    fourth = starts_of(FIRST, Rhythm.MONTHLY, 3)
    assert [day.day for day in fourth] == [24, 28, 26]
    fifth = starts_of(datetime(2026, 3, 31, 9, 0, tzinfo=PARIS), Rhythm.MONTHLY, 4)
    assert [(day.month, day.day) for day in fifth] == [(3, 31), (4, 28), (5, 26), (6, 30)]


@pytest.mark.parametrize("times", [0, 1, -5, MAX_TIMES + 1, 10**9])
def test_a_series_has_an_end(times: int) -> None:
    with pytest.raises(BadInput) as refused:
        starts_of(FIRST, Rhythm.WEEKLY, times)
    assert refused.value.field == "times"


def test_a_series_ends_within_two_years() -> None:
    with pytest.raises(BadInput, match="deux ans"):
        starts_of(FIRST, Rhythm.MONTHLY, 30)


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "seat"),
    [(None, 10**6, 0, SeatState.SEATED), (2, 1, 0, SeatState.SEATED), (2, 2, 0, SeatState.WAITING), (2, 2, 3, None)],
)
def test_first_come_first_served(capacity: int | None, taken: int, waiting: int, seat: SeatState | None) -> None:
    assert seat_for(capacity=capacity, taken=taken, waiting_capacity=3, waiting=waiting) is seat


def test_free_seats_go_to_those_who_wait_in_their_order() -> None:
    assert promoted([7, 8, 9], capacity=10, taken=8) == (7, 8)
    assert promoted([7], capacity=10, taken=12) == ()
    assert promoted([7, 8], capacity=None, taken=12) == (7, 8)


@pytest.mark.parametrize("title", ["Atelier santé", "Présentation de Cap emploi", "Droits au RSA", "Aide au logement"])
def test_a_calendar_on_a_telephone_shows_nothing_sensitive(title: str) -> None:
    assert calendar_title(EventKind.WORKSHOP, title) == "Atelier"


def test_a_harmless_title_stays() -> None:
    assert calendar_title(EventKind.WORKSHOP, "Atelier du réseau") == "Atelier du réseau"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>Un <b>point</b></p><p>Deux</p>", "Un point\nDeux"),
        ("<script>alert(1)</script>Suite", "Suite"),
        ("<script>alert(1)", ""),
        ("<img src=x onerror=alert(1)>Suite", "Suite"),
        ("3 < 4 et 5 > 2", "3 < 4 et 5 > 2"),
        ("<style>p{}</style>\r\n\r\n\r\n\r\nTexte", "Texte"),
    ],
)
def test_what_a_copy_and_paste_brings_is_taken_out(typed: str, kept: str) -> None:
    assert plain(typed) == kept


def test_every_member_of_every_list_has_its_french_name() -> None:
    lists = [each for each in Said.__subclasses__() if each.__module__.endswith("core.kinds")]
    assert len(lists) == 17
    assert {member for each in lists for member in each} == set(LABELS)
    assert sum(len(each) for each in lists) == len(LABELS)
