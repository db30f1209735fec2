"""The order favours nobody, and what the directory ignores never lowers a door."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core import ranking
from ensemblier.routing.core.answer import Level, Verdict
from ensemblier.routing.core.ranking import band_of, ranked

DAY = date(2026, 11, 22)
DRAWS = 10_000
ALPHA = 0.001
"""The days are fixed, so the test is too: it never fails by chance, only when the draw changes."""

minutes = st.none() | st.floats(0, 300)


def doors(level: Level = Level.EXPRESS, operators: tuple[Operator, ...] = tuple(Operator)) -> list[Verdict]:
    """A door per operator."""
    return [Verdict(operator, level, ()) for operator in operators]


def first_counts(order_of: type | None = None) -> list[int]:
    """How often each operator comes first over the draws, all at the same distance."""
    counts = dict.fromkeys(Operator, 0)
    near = dict.fromkeys(Operator, 12.0)
    for place in range(DRAWS):
        counts[ranked(doors(), minutes=near, wish=None, day=DAY + timedelta(days=place))[0].operator] += 1
    return list(counts.values())


def test_at_equal_distance_no_operator_is_favoured() -> None:
    assert chisquare(first_counts()).pvalue > ALPHA


def test_every_order_is_as_frequent() -> None:
    three = (Operator.APEC, Operator.CAP_EMPLOI, Operator.FRANCE_TRAVAIL)
    counts = dict.fromkeys(permutations(three), 0)
    for place in range(DRAWS):
        day = DAY + timedelta(days=place)
        found = ranked(doors(operators=three), minutes={}, wish=None, day=day)
        counts[tuple(door.operator for door in found)] += 1
    assert chisquare(list(counts.values())).pvalue > ALPHA


def test_a_loaded_draw_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded fault: one operator draws again when it loses, one day in ten."""
    fair = ranking.draw_of_the_day

    def loaded(operator: Operator, day: date) -> int:
        return 0 if operator is Operator.APEC and day.toordinal() % 10 == 0 else fair(operator, day)

    monkeypatch.setattr(ranking, "draw_of_the_day", loaded)
    assert chisquare(first_counts()).pvalue < ALPHA


def test_the_draw_is_the_same_for_everybody_that_day_and_changes_the_next() -> None:
    orders = {tuple(ranked(doors(), minutes={}, wish=None, day=DAY + timedelta(days=d))) for d in range(30)}
    assert len(orders) > 20
    assert ranked(doors(), minutes={}, wish=None, day=DAY) == ranked(doors()[::-1], minutes={}, wish=None, day=DAY)


def test_competence_then_wish_then_band() -> None:
    mixed = [
        Verdict(Operator.APEC, Level.POSSIBLE, ()),
        *doors(operators=(Operator.CAP_EMPLOI, Operator.FRANCE_TRAVAIL)),
    ]
    near = {Operator.APEC: 1.0, Operator.CAP_EMPLOI: 61.0, Operator.FRANCE_TRAVAIL: 3.0}
    found = [door.operator for door in ranked(mixed, minutes=near, wish=Operator.CAP_EMPLOI, day=DAY)]
    assert found == [Operator.CAP_EMPLOI, Operator.FRANCE_TRAVAIL, Operator.APEC]
    found = [door.operator for door in ranked(mixed, minutes=near, wish=Operator.APEC, day=DAY)]
    assert found == [Operator.FRANCE_TRAVAIL, Operator.CAP_EMPLOI, Operator.APEC]


@pytest.mark.parametrize(
    ("value", "band"),
    [(0.0, 0), (4.99, 0), (5.0, 1), (-3.0, 0), (None, None), (float("nan"), None), (float("inf"), None)],
)
def test_bands(value: float | None, band: int | None) -> None:
    assert band_of(value) == band


@given(
    known=st.fixed_dictionaries(dict.fromkeys(Operator, minutes)),
    who=st.sampled_from(Operator),
    real=st.floats(0, 300),
    day=st.dates(date(2026, 1, 1), date(2040, 1, 1)),
)
def test_unknown_never_lowers_a_door(
    known: dict[Operator, float | None], who: Operator, real: float, day: date
) -> None:
    """Unknown, a door stands no lower than with any time in the band of the nearest other or beyond."""
    others = [band for op, m in known.items() if op is not who and (band := band_of(m)) is not None]
    place = [d.operator for d in ranked(doors(), minutes={**known, who: None}, wish=None, day=day)].index(who)
    placed = [d.operator for d in ranked(doors(), minutes={**known, who: real}, wish=None, day=day)].index(who)
    if not others or (band_of(real) or 0) >= min(others):
        assert place <= placed


@given(day=st.dates(date(2026, 1, 1), date(2040, 1, 1)), far=st.floats(5, 300))
def test_unknown_is_not_last_when_somebody_is_farther(day: date, far: float) -> None:
    three = (Operator.APEC, Operator.CAP_EMPLOI, Operator.FRANCE_TRAVAIL)
    near = {Operator.APEC: 1.0, Operator.CAP_EMPLOI: far, Operator.FRANCE_TRAVAIL: None}
    found = ranked(doors(operators=three), minutes=near, wish=None, day=day)
    assert found[-1].operator is Operator.CAP_EMPLOI
