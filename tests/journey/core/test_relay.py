"""The machine against the oracle written by hand, and what the oracle cannot say in a table."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.machine import MACHINE
from ensemblier.journey.core.relay import PARIS, Relay, clock_move, lead_organisation, move, view
from ensemblier.journey.core.states import FINAL, Move, Party, Refused, RelayKind, RelayState, View
from tests.journey.core.walk import AWA, LIVE, NOW, RECIPIENT, SOURCE, relay_in, right_act, walk


def test_the_whole_machine_is_what_the_oracle_says(capsys: pytest.CaptureFixture[str]) -> None:
    found = walk(MACHINE)
    with capsys.disabled():
        print(f"\n  relay walk: {found.legal} legal moves, {found.refused} refused, {len(found.faults)} faults")
    assert found.faults == []
    assert found.legal >= 250
    assert found.refused >= 14_000


def moved(relay: Relay, name: str, party: str, **changes: object) -> Relay:
    after = move(relay, right_act(name, party, relay, **changes), LIVE, MACHINE)
    assert isinstance(after, Relay), after
    return after


def test_an_older_page_is_refused_and_a_repeated_click_does_nothing() -> None:
    relay = relay_in("sent")
    accepted = moved(relay, "accept", "recipient")
    late = right_act("decline", "recipient", relay, key=UUID(int=8))
    assert move(accepted, late, LIVE, MACHINE) is Refused.STALE
    assert move(accepted, right_act("accept", "recipient", relay), LIVE, MACHINE) is accepted


def test_giving_back_never_lengthens_a_deadline() -> None:
    relay = replace(relay_in("sent"), due_on=date(2026, 11, 24), answer_due_on=date(2026, 11, 24))
    taken = moved(relay, "acknowledge", "recipient")
    assert taken.due_on == date(2026, 11, 30)
    assert taken.lease_until == date(2026, 11, 25)
    back = moved(taken, "release", "recipient", key=UUID(int=9))
    assert (back.due_on, back.lease_until, back.adviser) == (date(2026, 11, 24), None, None)


def test_the_clock_gives_back_then_expires() -> None:
    relay = replace(relay_in("acknowledged"), due_on=date(2026, 11, 30))
    assert clock_move(relay, date(2026, 11, 18), MACHINE) is None
    assert clock_move(relay, date(2026, 11, 19), MACHINE) is Move.RELEASE
    assert clock_move(relay, date(2026, 12, 1), MACHINE) is Move.EXPIRE
    early = right_act("release", "clock", relay, at=datetime(2026, 11, 18, 22, 59, tzinfo=UTC))
    assert early.at.astimezone(PARIS).hour == 23
    assert move(relay, early, LIVE, MACHINE) is Refused.NOT_DUE
    after_midnight = replace(early, at=early.at + timedelta(minutes=2))
    assert isinstance(move(relay, after_midnight, LIVE, MACHINE), Relay)


@pytest.mark.parametrize("kind", list(RelayKind))
def test_the_lead_moves_at_the_first_meeting_of_a_transfer_only(kind: RelayKind) -> None:
    accepted = moved(relay_in("sent", kind), "accept", "recipient", key=UUID(int=1))
    assert lead_organisation(accepted) == SOURCE
    accepted = replace(accepted, accepted_at=NOW - timedelta(days=1))
    met = moved(accepted, "meet", "recipient", key=UUID(int=2))
    assert lead_organisation(met) == (RECIPIENT if kind is RelayKind.TRANSFER else SOURCE)


@pytest.mark.parametrize(
    ("name", "party"), [("fail", "recipient"), ("withdraw", "person"), ("mark_error", "administrator")]
)
def test_the_lead_comes_back_when_a_transfer_does_not_last(name: str, party: str) -> None:
    met = relay_in("in_progress")
    assert lead_organisation(met) == RECIPIENT
    assert lead_organisation(moved(met, name, party)) == SOURCE


def test_accepting_comes_before_meeting_and_meeting_before_completing() -> None:
    accepted = relay_in("accepted")
    act = right_act("meet", "recipient", accepted, met_at=accepted.accepted_at)
    assert move(accepted, act, LIVE, MACHINE) is Refused.NO_MEETING
    met = replace(relay_in("in_progress"), met_at=NOW)
    assert move(met, right_act("complete", "recipient", met), LIVE, MACHINE) is Refused.NO_MEETING
    before = right_act("accept", "recipient", relay_in("sent"), at=NOW - timedelta(days=30))
    assert move(relay_in("sent"), before, LIVE, MACHINE) is Refused.STALE


def test_a_paper_choice_needs_its_proof_and_a_click_is_not_paper() -> None:
    relay = relay_in("awaiting_person")
    assert move(relay, right_act("send", "paper", relay, proof=" "), LIVE, MACHINE) is Refused.NO_PROOF
    account = right_act("send", "person", relay)
    assert move(relay, replace(account, party=Party.PAPER), LIVE, MACHINE) is Refused.NO_PROOF


def test_a_completed_relay_is_read_thirty_days_then_no_more() -> None:
    relay = replace(relay_in("completed"), ended_at=NOW)
    just_before = NOW + timedelta(days=30, seconds=-1)
    assert view(relay, Party.RECIPIENT, LIVE, just_before, MACHINE) is View.SUMMARY
    assert view(relay, Party.RECIPIENT, LIVE, NOW + timedelta(days=30), MACHINE) is View.STUB


def test_a_third_question_is_refused_and_a_partner_by_link_never_takes_a_transfer() -> None:
    asked = replace(relay_in("acknowledged"), questions=2)
    assert move(asked, right_act("request_info", "recipient", asked), LIVE, MACHINE) is Refused.ASKED_ENOUGH
    for kind, expected in ((RelayKind.PARTNER_REQUEST, "accepted"), (RelayKind.TRANSFER, Refused.NO_ADVISER)):
        relay = relay_in("sent", kind)
        after = move(relay, right_act("accept", "recipient", relay, adviser=None, partner="Mme Blanc"), LIVE, MACHINE)
        assert getattr(after, "state", after) == expected


def test_every_state_that_waits_has_a_deadline() -> None:
    waiting = set(RelayState) - FINAL - {RelayState.IN_PROGRESS}
    assert set(MACHINE.deadlines) == waiting
    assert relay_in("sent").person == AWA


def narrowed(**changes: object) -> Relay | Refused:
    """Awa sends her identity only, from a relay that proposed her project too."""
    relay = replace(relay_in("awaiting_person"), categories=frozenset({Category.IDENTITY, Category.PROJECT}))
    fewer = {"categories": frozenset({Category.IDENTITY}), "shown": "b" * 64, "sent": "b" * 64, **changes}
    only = replace(LIVE, categories=frozenset({Category.IDENTITY}))
    return move(relay, right_act("send", "person", relay, **fewer), only, MACHINE)


def test_the_person_sends_less_than_was_proposed_and_needs_no_consent_for_the_rest() -> None:
    after = narrowed()
    assert isinstance(after, Relay), after
    assert after.categories == {Category.IDENTITY}
    assert (after.shown, after.sent) == ("b" * 64, "b" * 64)


def test_what_she_leaves_out_does_not_go_in_the_text_either() -> None:
    whole = relay_in("awaiting_person").shown
    assert narrowed(sent=whole) is Refused.NOT_WHAT_WAS_SHOWN
    assert narrowed(shown="") is Refused.NOT_WHAT_WAS_SHOWN


def test_nothing_goes_that_was_not_proposed() -> None:
    more = frozenset({Category.IDENTITY, Category.PROJECT, Category.HEALTH})
    assert narrowed(categories=more, sent=relay_in("awaiting_person").shown) is Refused.NOT_WHAT_WAS_SHOWN
