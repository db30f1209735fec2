"""The law, case by case, as a lawyer wrote it; and the proof that these cases would notice a change of the rules."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ensemblier.routing.adapters.rule_files import rule_texts, shipped_regimes, shipped_rules
from ensemblier.routing.core.evaluate import evaluate
from ensemblier.routing.core.regime import Regimes
from ensemblier.routing.core.rules import Outcome, Rule, RuleSet
from tests.routing.core.lawyer_cases import CASES, complaints, day_of, facts_of


def _wrong(ruleset: RuleSet) -> list[str]:
    regimes = Regimes(ruleset)
    return [
        case["id"]
        for case in CASES
        if complaints(case, evaluate(regimes.on(day_of(case)), facts_of(case["person"]), day_of(case)))
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_law_is_answered_as_written(case: dict[str, Any]) -> None:
    on = day_of(case)
    assert complaints(case, evaluate(shipped_regimes().on(on), facts_of(case["person"]), on)) == []


def test_there_are_many_cases_with_distinct_names() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 80


def _without(rule_id: str) -> RuleSet:
    rules = shipped_rules()
    return replace(rules, rules=tuple(rule for rule in rules.rules if rule.id != rule_id))


DOORS = {Outcome.EXPRESS, Outcome.POSSIBLE, Outcome.EXCLUDED, Outcome.OTHER_DOOR, Outcome.DOUBT}
RULE_IDS = sorted({rule.id for rule in shipped_rules().rules if rule.outcome in DOORS})


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_rule_taken_away_is_noticed(rule_id: str) -> None:
    """Seeded fault: no rule that opens, closes or doubts may vanish without a case of law failing."""
    assert _wrong(_without(rule_id)) != []


def _moved(rule: Rule, bound: str) -> Rule:
    day: date = getattr(rule, bound)
    later = date(day.year + 1, day.month, min(day.day, 28))
    return replace(rule, valid_from=later) if bound == "valid_from" else replace(rule, valid_to=later)


DATED = [
    (rule, bound)
    for rule in shipped_rules().rules
    for bound in ("valid_from", "valid_to")
    if rule.outcome in {Outcome.EXCLUDED, Outcome.CLOSED} and getattr(rule, bound) not in (None, date(2015, 1, 1))
]


@pytest.mark.parametrize(("rule", "bound"), DATED, ids=[f"{r.id}-{b}-{r.valid_from}" for r, b in DATED])
def test_a_date_moved_by_a_year_is_noticed(rule: Rule, bound: str) -> None:
    """Seeded fault: the dates of exclusions and of the right are held by cases on both sides."""
    rules = shipped_rules()
    moved = tuple(_moved(r, bound) if r is rule else r for r in rules.rules)
    assert _wrong(replace(rules, rules=moved)) != []


@pytest.mark.parametrize(("before", "after"), [("through: 25", "through: 26"), ("through: 29", "through: 30")])
def test_an_age_moved_by_a_year_is_noticed(before: str, after: str) -> None:
    """Seeded fault: the eve of the birthday is held by a case."""
    from ensemblier.routing.core.rules import load_rules

    assert _wrong(load_rules([(name, text.replace(before, after)) for name, text in rule_texts()])) != []


def test_every_rule_is_said_in_both_languages_with_a_text() -> None:
    for rule in shipped_rules().rules:
        assert rule.fr.endswith(".") and rule.en.endswith("."), rule.id
        assert rule.texts, rule.id
