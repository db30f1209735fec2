"""Old codes on a date. Real stories: Chamrousse-like merger and restoration, a chain, a loop in a bad table."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ensemblier.kernel.period import Period
from ensemblier.territory.core.history import Step, follow

MERGED, RESTORED = date(2016, 1, 1), date(2024, 1, 1)


def test_a_merged_commune_leads_to_the_new_one_from_that_day_on() -> None:
    steps = {"A": [Step("A", "B", Period(MERGED, None))]}
    current = frozenset({"B"})
    assert follow("A", steps, on=MERGED, current=current) == "B"
    assert follow("A", steps, on=date(2015, 12, 31), current=current) == "A"


def test_a_restored_commune_is_itself_again() -> None:
    steps = {"A": [Step("A", "B", Period(MERGED, RESTORED))]}
    current = frozenset({"A", "B"})
    assert follow("A", steps, on=date(2020, 6, 1), current=current) == "B"
    assert follow("A", steps, on=RESTORED, current=current) == "A"


def test_an_undated_passage_never_moves_a_current_commune() -> None:
    """Fault caught: a passage table of 2023 would send a commune restored in 2024 to its old merger."""
    steps = {"A": [Step("A", "B", Period())]}
    assert follow("A", steps, on=RESTORED, current=frozenset({"A", "B"})) == "A"
    assert follow("A", steps, on=RESTORED, current=frozenset({"B"})) == "B"


def test_a_chain_is_followed_to_its_end() -> None:
    steps = {"A": [Step("A", "B", Period(date(1972, 1, 1)))], "B": [Step("B", "C", Period(MERGED))]}
    assert follow("A", steps, on=date(2020, 1, 1), current=frozenset({"C"})) == "C"
    assert follow("A", steps, on=date(2000, 1, 1), current=frozenset({"C"})) == "B"


def test_a_loop_ends() -> None:
    steps = {"A": [Step("A", "B", Period())], "B": [Step("B", "A", Period())]}
    assert follow("A", steps, on=RESTORED, current=frozenset()) == "B"


codes = st.sampled_from("ABCDE")
dates = st.dates(date(1943, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(codes, codes, dates), max_size=12), codes, dates)
def test_any_table_gives_one_answer(rows: list[tuple[str, str, date]], code: str, on: date) -> None:
    steps: dict[str, list[Step]] = {}
    for old, new, day in rows:
        steps.setdefault(old, []).append(Step(old, new, Period(day)))
    shuffled = {old: list(reversed(group)) for old, group in steps.items()}
    answer = follow(code, steps, on=on, current=frozenset("ABCDE"))
    assert answer == follow(code, shuffled, on=on, current=frozenset("ABCDE"))
