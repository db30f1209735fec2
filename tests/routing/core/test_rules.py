"""What a rule file may say, and how a mistake in it is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.routing.adapters.rule_files import shipped_regimes, shipped_rules
from ensemblier.routing.core.agreements import AgreementLine, check_public, rules_of
from ensemblier.routing.core.cases import facts_from, parse_cases
from ensemblier.routing.core.evaluate import evaluate
from ensemblier.routing.core.facts import AgeBand, PersonFacts, age_on
from ensemblier.routing.core.rules import Outcome, load_rules

TEXTS = "texts: [{id: T, citation: Un texte, versions: [{url: u}]}]"
RULE = "{id: A, valid_from: 2020-01-01, when: {always: true}, then: {express: apec}, fr: a, en: b, texts: [T]}"
ON = date(2026, 11, 22)


def load(rules: str) -> None:
    load_rules([("a.yaml", f"{TEXTS}\nrules: [{rules}]")])


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (f"{RULE}, {RULE}", "se recouvrent"),
        (RULE.replace("texts: [T]", "texts: [X]"), "déclaré nulle part"),
        (RULE.replace("fr: a", "fr:"), "« fr » manque"),
        (RULE.replace("2020-01-01", "demain"), "n’est pas une date"),
        (RULE.replace("express: apec", "express: anpe"), "ne se comprend pas"),
        (RULE.replace("valid_from: 2020-01-01", "valid_from: 2020-01-01, valid_to: 2020-01-01"), "après le début"),
        ("3", "champ : valeur"),
    ],
)
def test_a_mistake_is_told(rules: str, said: str) -> None:
    load(RULE)
    with pytest.raises(BadInput, match=said):
        load(rules)


@given(st.text(max_size=200))
def test_any_text_loads_or_is_refused(text: str) -> None:
    try:
        load_rules([("a.yaml", text)])
    except BadInput as error:
        assert "a.yaml" in error.message or "rubriques" in error.message


@pytest.mark.parametrize(
    "condition",
    [{"statut": "jobseeker"}, {"status": "chômeur"}, {"age": {"plus": 3}}, {"is": "inconnu"}, {}, "x", {"all": ["x"]}],
)
def test_a_condition_outside_the_grammar_is_refused(condition: object) -> None:
    with pytest.raises(BadInput, match="Règle accord"):
        check_public(condition, shipped_rules(), ON)


def test_an_agreement_cannot_exclude() -> None:
    line = AgreementLine("1", "Pays", frozenset({"05061"}), '{"is": "young"}', Outcome.EXCLUDED, "non")
    with pytest.raises(RuleViolated, match="ne ferme aucune porte"):
        rules_of([line])


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2000, 2, 29), date(2028, 2, 29), 28),
        (date(2000, 11, 22), date(2026, 11, 22), 26),
        (date(2000, 11, 23), date(2026, 11, 22), 25),
    ],
)
def test_age(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


@pytest.mark.parametrize(("born", "said"), [(date(2026, 11, 23), "vient après"), (date(1890, 1, 1), "plus de 120 ans")])
def test_an_impossible_birth_date_is_refused(born: date, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        evaluate(shipped_regimes().on(ON), PersonFacts(born=born), ON)


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"born": "1988-13-01"}, "born"),
        ({"born": "19880101"}, "born"),
        ({"born": 3}, "born"),
        ({"statuses": "jobseeker"}, "statuses"),
        ({"statuses": ["chômeur"]}, "statuses"),
        ({"qualities": {"cadre": "oui"}}, "qualities"),
        ({"purpose": "partir"}, "purpose"),
        ({"age_band": "vieux"}, "age_band"),
    ],
)
def test_a_person_badly_written_is_refused_with_the_field(person: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        facts_from(person)
    assert refusal.value.field == field


def test_a_bad_case_is_named() -> None:
    with pytest.raises(BadInput, match="Cas X7"):
        parse_cases([{"id": "X7", "person": {"statuses": ["?"]}}], default_on=ON)
    with pytest.raises(BadInput, match="liste JSON"):
        parse_cases({"id": "X7"}, default_on=ON)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_read_or_refused(data: object) -> None:
    try:
        parse_cases(data, default_on=ON)
        parse_cases([{"id": 1, "person": data}], default_on=ON)
    except BadInput as error:
        assert error.message


def test_bands_cover_whole_ages() -> None:
    exact = sorted(band.bounds for band in AgeBand if band not in (AgeBand.UNDER_26, AgeBand.FROM_26))
    assert all(left[1] + 1 == right[0] for left, right in zip(exact, exact[1:], strict=False))
