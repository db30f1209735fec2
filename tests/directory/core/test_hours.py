"""Opening hours: what is read, what is refused, what is said in French."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.hours import (
    MAX_LENGTH,
    Exceptional,
    hours_text,
    is_readable,
    next_opening,
    open_days,
    open_on,
    parse_hours,
)
from ensemblier.kernel.errors import BadInput

OFFICE = "Mo-Fr 08:30-12:00,13:30-17:00; Sa 09:00-12:00; PH off"
MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)
NOEL = date(2026, 12, 25)


def test_unknown_hours_stay_unknown() -> None:
    assert open_on("", MONDAY) is None
    assert open_days("") is None
    assert hours_text("", on=MONDAY) == ()


def test_a_day_is_open_closed_or_a_holiday() -> None:
    assert open_on(OFFICE, MONDAY) is True
    assert open_on(OFFICE, SUNDAY) is False
    assert open_on(OFFICE, NOEL) is False, "le 25 décembre 2026 est un vendredi férié"


def test_an_exception_wins_over_the_week() -> None:
    closed = Exceptional(MONDAY, MONDAY)
    short = Exceptional(SUNDAY, SUNDAY, "10:00-12:00")
    assert open_on(OFFICE, MONDAY, [closed]) is False
    assert open_on(OFFICE, SUNDAY, [short]) is True


def test_the_lines_are_french_and_grouped() -> None:
    assert hours_text(OFFICE, on=MONDAY) == (
        "lundi à vendredi : 8 h 30 – 12 h, 13 h 30 – 17 h",
        "samedi : 9 h – 12 h",
        "fermé les jours fériés",
    )
    assert hours_text("24/7", on=MONDAY) == ("tous les jours : 24 h sur 24",)
    assert hours_text('Mo,Tu 14:00-17:00 "sur rendez-vous"', on=MONDAY) == (
        "lundi et mardi : 14 h – 17 h (sur rendez-vous)",
    )


def test_hours_that_vary_say_which_week_is_shown() -> None:
    lines = hours_text("Jul-Aug Mo 10:00-12:00; Sep-Jun Mo 09:00-12:00", on=date(2026, 7, 15))
    assert lines[0] == "lundi : 10 h – 12 h"
    assert "semaine du 13/07/2026" in lines[-1]


@pytest.mark.parametrize(
    ("hours", "mask"),
    [(OFFICE, 0b0111111), ("Tu 09:00-12:00", 0b10), ("24/7", 0b1111111), ("off", 0), ("Fr 22:00-26:00", 0b0110000)],
)
def test_the_mask_holds_one_bit_per_weekday(hours: str, mask: int) -> None:
    assert open_days(hours) == mask


def test_the_mask_of_hours_that_vary_keeps_every_possible_day() -> None:
    assert open_days("Jul-Aug Su 10:00-12:00") == 0b1000000
    assert open_days("2031 Jun 03 10:00-12:00") == 127, "une année lointaine n'exclut aucun jour d'avance"


def test_the_next_opening_is_now_today_or_later() -> None:
    def after(day: int, hour: int, minute: int = 0) -> str:
        found = next_opening(OFFICE, datetime.fromisoformat(f"2026-11-{day}T{hour:02d}:{minute:02d}"))
        return found.isoformat() if found else ""

    assert after(23, 10) == "2026-11-23T10:00:00"
    assert after(23, 12, 30) == "2026-11-23T13:30:00"
    assert after(28, 13) == "2026-11-30T08:30:00"
    assert next_opening("off", datetime.fromisoformat("2026-11-23T10:00")) is None


def test_a_hundred_thousand_hours_are_refused_with_what_to_do() -> None:
    flood = ";".join(["Mo 08:00-09:00"] * 100_000)
    with pytest.raises(BadInput, match="le maximum est 2 000.*semaine habituelle"):
        parse_hours(flood)
    assert open_on(flood, MONDAY) is None, "une ligne trop longue déjà stockée ne casse pas la page"


@pytest.mark.parametrize("bad", ["lundi 9h-12h", "Mo 25:00-30:00", "\x00", "Mo-Fr 08:30", "1" * MAX_LENGTH])
def test_what_cannot_be_read_is_refused_with_an_example(bad: str) -> None:
    with pytest.raises(BadInput, match="Exemple attendu"):
        parse_hours(bad)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Either read, or refused with a sentence: never another error."""
    readable = is_readable(text)
    mask = open_days(text)
    assert (mask is None) is (not readable)
    assert open_on(text, MONDAY) in {True, False, None}
    assert isinstance(hours_text(text, on=MONDAY), tuple)


_TIMES = st.tuples(st.integers(0, 11), st.integers(12, 23))


@given(st.dictionaries(st.sampled_from(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]), _TIMES, min_size=1))
def test_the_mask_and_the_day_agree(week: dict[str, tuple[int, int]]) -> None:
    hours = "; ".join(f"{day} {a:02d}:00-{b:02d}:00" for day, (a, b) in week.items())
    mask = open_days(hours)
    assert mask is not None
    for i, day in enumerate(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]):
        assert open_on(hours, date(2026, 11, 23 + i)) is (day in week) is bool(mask >> i & 1)
