"""One definition, three uses: the traced answer, the table and SQL agree on every combination of boundary values."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.adapters.rule_files import shipped_regimes, shipped_rules
from ensemblier.routing.core.agreements import AgreementLine, rules_of
from ensemblier.routing.core.answer import Answer, Level
from ensemblier.routing.core.evaluate import evaluate
from ensemblier.routing.core.facts import PersonFacts, Purpose, Status
from ensemblier.routing.core.levels import LevelCode, Signature, moved_by, signature
from ensemblier.routing.core.regime import Regime, Regimes
from ensemblier.routing.core.rules import Outcome
from ensemblier.routing.core.table import evaluate_table, table_of
from ensemblier.routing.sql.persons import evaluate_in_sql
from tests.routing.core.people import DAYS, grid, people

LINES = (
    AgreementLine(
        "1",
        "Hautes-Alpes",
        frozenset({"05061"}),
        '{"status": ["paid_trainee"]}',
        Outcome.DESIGNATED,
        "r",
        Operator.REGIONAL_OPERATOR,
    ),
    AgreementLine("2", "Hautes-Alpes", frozenset({"05061"}), '{"is": "young"}', Outcome.POSSIBLE, "r", Operator.APEC),
    AgreementLine(
        "3",
        "Marseille",
        frozenset({"13055"}),
        '{"quality": "seasonal"}',
        Outcome.OTHER_DOOR,
        "r",
        None,
        "guichet_saisonnier",
        "Guichet",
    ),
)
WITH_AGREEMENTS = Regimes(shipped_rules(), rules_of(LINES))


def of_answer(answer: Answer, regime: Regime) -> Signature:
    """The traced answer, reduced to the numbers of the others."""
    codes = {v.operator: LevelCode.EXPRESS if v.level is Level.EXPRESS else LevelCode.POSSIBLE for v in answer.doors}
    codes |= {e.operator: LevelCode.EXCLUDED for e in answer.excluded}
    codes |= {u.operator: LevelCode.UNDETERMINED for u in answer.undetermined}
    codes |= {n.operator: LevelCode.NOT_CONCERNED for n in answer.not_concerned}
    doors = {door.key for door in answer.other_doors}
    bits = sum(1 << place for place, key in enumerate(regime.other_doors) if key in doors)
    return tuple(int(codes[operator]) for operator in Operator), bits, answer.unassigned


def of_table(regime: Regime, persons: list[PersonFacts], on: date) -> list[Signature]:
    """The table, as the same numbers."""
    rows = evaluate_table(regime, table_of(persons, regime), on).iter_rows()
    return [(tuple(row[:-2]), row[-2], row[-1]) for row in rows]


def traced(regime: Regime, persons: list[PersonFacts], on: date) -> list[Signature]:
    """The traced answers, as the same numbers."""
    return [of_answer(evaluate(regime, person, on), regime) for person in persons]


SOME = {date(2019, 1, 1), date(2020, 2, 29), date(2026, 11, 22)}


@pytest.mark.parametrize("on", [pytest.param(d, marks=() if d in SOME else pytest.mark.slow) for d in DAYS], ids=str)
def test_table_and_answer_agree_on_the_grid(on: date) -> None:
    regime = shipped_regimes().on(on)
    persons = list(grid(on))
    expected = [signature(regime, regime.encoder.encode(person, on)) for person in persons]
    assert of_table(regime, persons, on) == expected


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("on", DAYS[::3], ids=str)
def test_sql_agrees_on_the_grid(on: date) -> None:
    regime = shipped_regimes().on(on)
    persons = list(grid(on))
    expected = [signature(regime, regime.encoder.encode(person, on)) for person in persons]
    assert evaluate_in_sql(regime, persons, on) == expected


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_the_three_agree_on_anybody(data: st.DataObject) -> None:
    on = data.draw(st.sampled_from(DAYS))
    regimes = data.draw(st.sampled_from([shipped_regimes(), WITH_AGREEMENTS]))
    persons = data.draw(st.lists(people(on), min_size=1, max_size=25))
    regime = regimes.on(on)
    answers = traced(regime, persons, on)
    assert of_table(regime, persons, on) == answers
    assert evaluate_in_sql(regime, persons, on) == answers


def test_a_fault_in_one_evaluator_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded fault: an age limit moved by a day in the table alone."""
    on = date(2026, 11, 22)
    regime = shipped_regimes().on(on)
    persons = list(grid(on))
    before = of_table(regime, persons, on)
    monkeypatch.setattr("ensemblier.routing.core.table.birth_limit", lambda years, on: date(on.year - years, 11, 21))
    assert of_table(regime, persons, on) != before


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_an_answer_more_never_contradicts(data: st.DataObject) -> None:
    """Kleene: whatever is certain with an unknown stays so once it is known (the presumed place apart).

    A closed door stays closed; an answer may add the text that closes it too (a resignation, to somebody of 15).
    """
    closed = {LevelCode.NOT_CONCERNED: (LevelCode.EXCLUDED,)}
    on = data.draw(st.sampled_from(DAYS))
    person = replace(data.draw(people(on)), region_code="93", departement_code="05")
    regime = shipped_regimes().on(on)
    unknown, _, waiting = signature(regime, regime.encoder.encode(replace(person, statuses=None, purpose=None), on))
    known, _, unassigned = signature(regime, regime.encoder.encode(person, on))
    for before, after in zip(unknown, known, strict=True):
        assert (
            before in (LevelCode.UNDETERMINED, after)
            or (before == LevelCode.POSSIBLE and after != 0)
            or after in closed.get(LevelCode(before), ())
        )
    assert unassigned or not waiting


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_an_agreement_adds_and_never_closes(data: st.DataObject) -> None:
    on = data.draw(st.sampled_from(DAYS))
    person = data.draw(people(on))
    plain, agreed = shipped_regimes().on(on), WITH_AGREEMENTS.on(on)
    law, law_doors, _ = signature(plain, plain.encoder.encode(person, on))
    both, _, _ = signature(agreed, agreed.encoder.encode(person, on))
    assert all(after >= before or before == LevelCode.UNDETERMINED for before, after in zip(law, both, strict=True))
    assert [c == LevelCode.EXCLUDED for c in law] == [c == LevelCode.EXCLUDED for c in both]
    assert {d.key for d in evaluate(plain, person, on).other_doors} <= {
        d.key for d in evaluate(agreed, person, on).other_doors
    }
    assert law_doors >= 0


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_question_is_asked_exactly_when_two_answers_differ(data: st.DataObject) -> None:
    """The short way of `moved_by` against whole signatures."""
    on = data.draw(st.sampled_from(DAYS))
    regime = data.draw(st.sampled_from([shipped_regimes(), WITH_AGREEMENTS])).on(on)
    person = data.draw(people(on))
    answers = [
        replace(person, purpose=purpose)
        for purpose in data.draw(st.lists(st.sampled_from(Purpose), min_size=2, max_size=7))
    ] + [replace(person, statuses=data.draw(st.frozensets(st.sampled_from(Status), max_size=2)))]
    states = [regime.encoder.encode(answer, on) for answer in answers]
    signatures = {signature(regime, state) for state in states}
    is_moved, operators = moved_by(regime, states)
    assert is_moved == (len(signatures) > 1)
    columns = zip(*(levels for levels, _, _ in signatures), strict=True)
    assert operators == tuple(o for o, codes in zip(Operator, columns, strict=True) if len(set(codes)) > 1)
