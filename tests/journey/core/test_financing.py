"""Sums that never invent an amount; deadlines that are told before it is late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.journey.core.financing import (
    AlertKind,
    Cost,
    CostKind,
    Funder,
    Funding,
    FundingState,
    alerts,
    balance,
    funding_faults,
)

TODAY = date(2026, 11, 23)
CENTS = st.none() | st.integers(0, 1_000_000)
COSTS = st.lists(st.builds(Cost, st.just("x"), st.sampled_from(CostKind), CENTS), max_size=6)
FUNDINGS = st.lists(st.builds(Funding, st.sampled_from(Funder), st.sampled_from(FundingState), CENTS), max_size=6)


def test_the_plan_of_the_mock_up_is_six_hundred_and_twenty_euros_short() -> None:
    costs = [Cost("", CostKind.COURSE, 670_000), Cost("", CostKind.HOUSING, 62_000)]
    fundings = [
        Funding(Funder.CPF, FundingState.OBTAINED, 220_000),
        Funding(Funder.REGION, FundingState.ASKED, 450_000),
        Funding(Funder.OPCO, FundingState.REFUSED, 62_000),
    ]
    found = balance(costs, fundings)
    assert (found.cost, found.obtained, found.asked, found.refused) == (732_000, 220_000, 450_000, 62_000)
    assert (found.missing, found.open, found.over, found.is_known) == (62_000, 512_000, 0, True)


def test_an_unknown_amount_makes_what_is_missing_unknown() -> None:
    known = [Cost("", CostKind.COURSE, 100)]
    assert balance([*known, Cost("", CostKind.TRAVEL, None)], []).missing is None
    asked = Funding(Funder.REGION, FundingState.ASKED, None)
    assert balance(known, [asked]).missing is None
    assert balance(known, [replace(asked, state=FundingState.REFUSED)]).missing == 100
    paid = Funding(Funder.CPF, FundingState.OBTAINED, 100)
    assert balance(known, [asked, paid]).missing == 0


@given(COSTS, FUNDINGS)
def test_what_is_missing_is_never_more_than_the_cost_nor_less_than_nothing(
    costs: list[Cost], fundings: list[Funding]
) -> None:
    found = balance(costs, fundings)
    if found.missing is None:
        assert not found.is_known
    else:
        assert 0 <= found.missing <= found.cost
        assert found.open is None or found.missing <= found.open
    if found.is_known:
        assert found.missing is not None
        covered = found.obtained + found.asked + found.to_ask
        assert found.cost + found.over == found.missing + covered


@given(COSTS, FUNDINGS, st.integers(0, 1_000_000))
def test_a_known_amount_for_an_unknown_one_stays_within_what_was_told(
    costs: list[Cost], fundings: list[Funding], cents: int
) -> None:
    """Where `missing` is told although a funding is unknown, learning its amount changes nothing."""
    found = balance(costs, fundings)
    if found.missing is None:
        return
    learned = [replace(f, cents=cents) if f.cents is None else f for f in fundings]
    assert balance(costs, learned).missing == found.missing


def test_deadlines_are_told_a_fortnight_before_and_when_late() -> None:
    asked = Funding(Funder.REGION, FundingState.ASKED, 1, answer_by=TODAY + timedelta(days=14))
    to_ask = Funding(Funder.OPCO, FundingState.TO_ASK, 1, ask_by=TODAY - timedelta(days=1))
    far = replace(asked, answer_by=TODAY + timedelta(days=15))
    done = replace(asked, state=FundingState.OBTAINED)
    undated = Funding(Funder.CPF, FundingState.TO_ASK, 1)
    assert [(a.kind, a.funding) for a in alerts([asked, to_ask, far, done, undated], TODAY)] == [
        (AlertKind.LATE_TO_ASK, to_ask),
        (AlertKind.ANSWER, asked),
    ]
    assert alerts([asked], TODAY + timedelta(days=15))[0].kind is AlertKind.LATE_ANSWER
    assert alerts([replace(to_ask, ask_by=TODAY)], TODAY)[0].kind is AlertKind.ASK


@pytest.mark.parametrize(
    ("funding", "field"),
    [
        (Funding(Funder.OTHER, FundingState.TO_ASK, 1), "name"),
        (Funding(Funder.CPF, FundingState.OBTAINED, None), "amount"),
        (Funding(Funder.CPF, FundingState.ASKED, 1, ask_by=TODAY, answer_by=TODAY - timedelta(days=1)), "answer_by"),
    ],
)
def test_what_cannot_be_recorded(funding: Funding, field: str) -> None:
    assert [name for name, _sentence in funding_faults(funding)] == [field]
