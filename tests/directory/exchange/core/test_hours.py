"""Opening hours of the national directories become OpenStreetMap's, or are said unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.exchange.hours import compose, from_day_columns, from_dila, problem_of
from ensemblier.directory.core.hours import open_days

CLOCKS = st.integers(0, 22 * 4).map(lambda quarter: (quarter // 4, quarter % 4 * 15))
WEEKS = st.dictionaries(st.integers(0, 6), CLOCKS, max_size=7)


@given(WEEKS)
def test_a_week_composed_opens_on_its_days(week: dict[int, tuple[int, int]]) -> None:
    ranges = {day: [(f"{hour:02}:{minute:02}", f"{hour + 1:02}:{minute:02}")] for day, (hour, minute) in week.items()}
    osm = compose(ranges)
    assert problem_of(osm) == ""
    assert (open_days(osm) or 0) == sum(1 << day for day in week)


def test_days_with_the_same_hours_are_joined() -> None:
    morning = [("09:00", "12:00")]
    assert compose({0: morning, 1: morning, 2: morning, 4: morning}) == "Mo-We,Fr 09:00-12:00"


def test_france_services_columns() -> None:
    week = ["13:30 - 17:00", "09:00 - 12:00 / 13:30 - 17:00", "00:00 - 00:00", "", "Fermé", "9h - 12h"]
    assert from_day_columns(week) == ("Mo 13:30-17:00; Tu 09:00-12:00,13:30-17:00; Sa 09:00-12:00", "")


@pytest.mark.parametrize("text", ["17:00 - 09:00", "25:00 - 26:00", "le matin", "09:00 - 12:00 - 14:00"])
def test_unreadable_hours_are_said_and_not_guessed(text: str) -> None:
    osm, problem = from_day_columns([text])
    assert osm == ""
    assert "illisibles" in problem


def test_dila_hours_with_their_note() -> None:
    plages = [
        {
            "nom_jour_debut": "Lundi",
            "nom_jour_fin": "Jeudi",
            "valeur_heure_debut_1": "08:30:00",
            "valeur_heure_fin_1": "12:00:00",
            "valeur_heure_debut_2": "13:30:00",
            "valeur_heure_fin_2": "17:00:00",
            "commentaire": "sur rendez-vous l'après-midi",
        },
        {"nom_jour_debut": "Vendredi", "nom_jour_fin": "", "valeur_heure_debut_1": "9h", "valeur_heure_fin_1": "12h"},
    ]
    assert from_dila(plages) == (
        "Mo-Th 08:30-12:00,13:30-17:00; Fr 09:00-12:00",
        "sur rendez-vous l'après-midi",
        "",
    )


def test_one_unread_range_makes_the_week_unknown() -> None:
    good = {
        "nom_jour_debut": "Lundi",
        "nom_jour_fin": "Lundi",
        "valeur_heure_debut_1": "09:00",
        "valeur_heure_fin_1": "12:00",
    }
    osm, _note, problem = from_dila([good, good | {"nom_jour_debut": "Someday"}])
    assert osm == ""
    assert problem


def test_a_hundred_thousand_ranges_are_refused() -> None:
    assert "100000" in from_dila([{"nom_jour_debut": "Lundi"}] * 100_000)[2]
    assert problem_of("; ".join(["Mo 09:00-10:00"] * 100_000))


_KEYS = ("nom_jour_debut", "nom_jour_fin", "valeur_heure_debut_1", "valeur_heure_fin_1", "commentaire")
PLAGES = st.lists(st.dictionaries(st.sampled_from(_KEYS), st.text(max_size=12)), max_size=4)


@given(PLAGES | st.text() | st.none() | st.integers())
def test_any_dila_value_gives_readable_hours(plages: object) -> None:
    osm, note, _problem = from_dila(plages)
    assert problem_of(osm) == ""
    assert len(note) <= 500
