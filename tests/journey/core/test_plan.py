"""A flat list without circles, and versions whose differences rebuild the newer from the older."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.journey.core.plan import (
    ChangeKind,
    Doer,
    Step,
    StepKind,
    StepState,
    agreed,
    agreed_text,
    blocker,
    difference,
    faults,
    makes_a_circle,
    ordered,
    progress,
    turn_of,
)
from ensemblier.journey.core.signing import Signatory, Signing, hash_of, is_agreed, missing
from tests.factories.journey import MONDAY

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1))


@st.composite
def plans(draw: st.DrawFn) -> list[Step]:
    """Steps that may wait for an earlier one: a list without any circle."""
    steps: list[Step] = []
    for place in range(draw(st.integers(0, 8))):
        state = draw(st.sampled_from(StepState))
        steps.append(
            Step(
                uid=UUID(int=place + 1),
                title=draw(st.text("abcdé", min_size=1, max_size=5)),
                kind=draw(st.sampled_from(StepKind)),
                doer=draw(st.sampled_from(Doer)),
                partner="CCAS",
                due_on=draw(DAYS),
                after=draw(st.none() | st.sampled_from([s.uid for s in steps])) if steps else None,
                state=state,
                word="plus besoin" if state is StepState.GIVEN_UP else "",
                place=place,
            )
        )
    return steps


@given(plans(), st.randoms())
def test_the_list_holds_each_step_once_and_never_before_what_it_waits_for(plan: list[Step], luck) -> None:  # type: ignore[no-untyped-def]
    shuffled = luck.sample(plan, len(plan))
    found = ordered(shuffled)
    assert sorted(found, key=lambda s: s.place) == plan
    assert found == ordered(plan)
    live = [s.uid for s in found if s.state is not StepState.GIVEN_UP]
    for step in found:
        if step.uid in live and step.after in live:
            assert live.index(step.after) < live.index(step.uid)


@given(plans(), st.integers(0, 7), st.integers(0, 7))
def test_a_link_is_refused_exactly_when_it_closes_a_circle(plan: list[Step], one: int, other: int) -> None:
    if max(one, other) >= len(plan):
        return
    links = {step.uid: step.after for step in plan} | {plan[one].uid: plan[other].uid}
    at: UUID | None = plan[one].uid
    seen: set[UUID] = set()
    while at is not None and at not in seen:
        seen.add(at)
        at = links[at]
    assert makes_a_circle(plan[one].uid, plan[other].uid, links) == (at is not None)


def test_circles_by_hand() -> None:
    assert makes_a_circle(A, A, {})
    assert makes_a_circle(A, C, {B: A, C: B})
    assert not makes_a_circle(C, B, {A: None, B: A})
    assert not makes_a_circle(A, None, {})


def test_what_holds_a_step_and_whose_turn_it_is() -> None:
    trial = Step(A, "Immersion", due_on=date(2026, 11, 13))
    file = Step(B, "Dossier", doer=Doer.ADVISER, after=A, place=1)
    course = Step(C, "Formation", after=B, place=2)
    plan = [trial, file, course]
    assert turn_of(plan, Doer.PERSON) == (trial,)
    assert turn_of(plan, Doer.ADVISER) == ()
    plan[0] = replace(trial, state=StepState.DONE)
    assert turn_of(plan, Doer.ADVISER) == (file,)
    plan[1] = replace(file, state=StepState.GIVEN_UP, word="autre voie")
    assert blocker(course, {s.uid: s for s in plan}) is None
    assert turn_of(plan, Doer.PERSON) == (course,)
    assert (progress(plan).done, progress(plan).total) == (1, 2)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Step(A, "  "), "title"),
        (Step(A, "x" * 201), "title"),
        (Step(A, "Logement", doer=Doer.PARTNER), "partner"),
        (Step(A, "Logement", state=StepState.GIVEN_UP), "word"),
    ],
)
def test_what_cannot_be_recorded(step: Step, field: str) -> None:
    assert [name for name, _sentence in faults(step)] == [field]


@given(plans())
def test_progress_needs_no_new_signature(plan: list[Step]) -> None:
    moved = [replace(s, state=StepState.DONE) if s.state is StepState.TO_DO else s for s in plan]
    assert difference(agreed(plan), agreed(moved)) == ()
    assert hash_of(agreed_text(agreed(plan))) == hash_of(agreed_text(agreed(moved)))


@given(plans(), plans())
def test_two_versions_differ_exactly_when_their_texts_do(plan: list[Step], other: list[Step]) -> None:
    before, after = agreed(plan), agreed(other)
    assert (difference(before, after) == ()) == (before == after) == (agreed_text(before) == agreed_text(after))


def test_a_difference_is_told_in_titles() -> None:
    before = agreed([Step(A, "Immersion"), Step(B, "Dossier", place=1)])
    after = agreed(
        [Step(A, "Immersion", state=StepState.GIVEN_UP, word="déjà faite"), Step(B, "Dossier", after=A, place=1)]
    )
    given_up, changed = difference(before, after)
    assert (given_up.kind, given_up.fields) == (ChangeKind.GIVEN_UP, (("given_up", "", "déjà faite"),))
    assert (changed.kind, changed.fields) == (ChangeKind.CHANGED, (("after", "", "Immersion"),))
    assert [c.kind for c in difference(after, before)] == [ChangeKind.TAKEN_UP, ChangeKind.CHANGED]
    assert [c.kind for c in difference(before, before[:1])] == [ChangeKind.REMOVED]
    assert [c.kind for c in difference(before[:1], before)] == [ChangeKind.ADDED]


def test_both_sign_or_nothing_is_agreed() -> None:
    awa, bruno = Signing(Signatory.PERSON, "Awa", MONDAY), Signing(Signatory.ADVISER, "Bruno", MONDAY)
    assert missing([]) == (Signatory.PERSON, Signatory.ADVISER)
    assert not is_agreed([bruno, bruno])
    assert is_agreed([awa, bruno])
