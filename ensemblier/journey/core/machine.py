"""The machine of the relay, as tables: fourteen states, fifteen moves, their actors, conditions, deadlines and views.

Changing a line here changes the product; tests/journey/core/oracle.py says the same by hand, and must be changed too.
"""

from typing import Any

from ensemblier.journey.core.consent import ConsentChannel, covers
from ensemblier.journey.core.relay import (
    Case,
    Deadline,
    Machine,
    Relay,
    Rule,
    is_narrowed,
    is_tried_enough,
    need_of,
    shared_after,
)
from ensemblier.journey.core.states import (
    GOOD_OUTCOMES,
    OPEN,
    DeclineReason,
    Move,
    Outcome,
    Party,
    Refused,
    RelayKind,
    View,
)
from ensemblier.journey.core.states import RelayState as S
from ensemblier.journey.core.working_days import add_working_days

NONE_KNOWN = "none_known"
LEASE_DAYS = 2
MAX_QUESTIONS = 2
"""Each answer gives five more working days: without a limit, a relay could be kept waiting for ever."""
CHECK_DAYS = 90


def _rule(move: Move, sources: set[S] | frozenset[S], target: S, parties: set[Party], *checks: Refused) -> Rule:
    return Rule(move, frozenset(sources), target, frozenset(parties), checks)


_BEFORE_ACCEPTANCE = {S.DRAFT, S.AWAITING_PERSON, S.SENT, S.ACKNOWLEDGED, S.INFO_REQUESTED}
_RECIPIENT, _SOURCE = {Party.RECIPIENT}, {Party.SOURCE}

RULES: tuple[Rule, ...] = (
    _rule(Move.PROPOSE, {S.DRAFT}, S.AWAITING_PERSON, _SOURCE, Refused.NO_OFFER, Refused.NOT_WHAT_WAS_SHOWN),
    _rule(
        Move.SEND,
        {S.DRAFT, S.AWAITING_PERSON},
        S.SENT,
        {Party.PERSON, Party.PAPER},
        Refused.NO_CHOICE,
        Refused.NOT_WHAT_WAS_SHOWN,
        Refused.NO_PROOF,
        Refused.CONSENT,
    ),
    _rule(Move.ACKNOWLEDGE, {S.SENT}, S.ACKNOWLEDGED, _RECIPIENT, Refused.NO_ADVISER, Refused.CONSENT),
    # Giving back shows nothing to anybody: no consent is asked, so that one that ended never keeps a lease alive.
    _rule(Move.RELEASE, {S.ACKNOWLEDGED}, S.SENT, {Party.RECIPIENT, Party.CLOCK}, Refused.NOT_DUE),
    _rule(
        Move.REQUEST_INFO,
        {S.ACKNOWLEDGED},
        S.INFO_REQUESTED,
        _RECIPIENT,
        Refused.NO_REASON,
        Refused.ASKED_ENOUGH,
        Refused.CONSENT,
    ),
    _rule(Move.GIVE_INFO, {S.INFO_REQUESTED}, S.ACKNOWLEDGED, {Party.SOURCE, Party.PERSON}, Refused.CONSENT),
    _rule(
        Move.ACCEPT,
        {S.SENT, S.ACKNOWLEDGED},
        S.ACCEPTED,
        _RECIPIENT,
        Refused.NO_ADVISER,
        Refused.NO_APPOINTMENT,
        Refused.CONSENT,
    ),
    _rule(Move.DECLINE, {S.SENT, S.ACKNOWLEDGED, S.INFO_REQUESTED}, S.DECLINED, _RECIPIENT, Refused.NO_REASON),
    # The lead moves here: the new lead is about to read the file, hence the consent.
    _rule(Move.MEET, {S.ACCEPTED}, S.IN_PROGRESS, _RECIPIENT, Refused.NO_MEETING, Refused.CONSENT),
    _rule(Move.COMPLETE, {S.IN_PROGRESS}, S.COMPLETED, _RECIPIENT, Refused.NO_MEETING, Refused.NO_OUTCOME),
    _rule(Move.FAIL, {S.ACCEPTED, S.IN_PROGRESS}, S.FAILED, _RECIPIENT, Refused.NO_OUTCOME, Refused.NOT_TRIED_ENOUGH),
    _rule(Move.WITHDRAW, OPEN, S.WITHDRAWN, {Party.PERSON}),
    _rule(Move.CANCEL, _BEFORE_ACCEPTANCE, S.CANCELLED, _SOURCE),
    _rule(
        Move.EXPIRE,
        {S.AWAITING_PERSON, S.SENT, S.ACKNOWLEDGED, S.INFO_REQUESTED, S.ACCEPTED},
        S.EXPIRED,
        {Party.CLOCK},
        Refused.NOT_DUE,
    ),
    _rule(
        Move.MARK_ERROR,
        frozenset(S) - {S.ENTERED_IN_ERROR},
        S.ENTERED_IN_ERROR,
        {Party.ADMINISTRATOR},
        Refused.NO_SECOND_PERSON,
    ),
)

DEADLINES = {
    S.DRAFT: Deadline(30, is_working=False),
    S.AWAITING_PERSON: Deadline(30, is_working=False),
    S.SENT: Deadline(5),
    S.ACKNOWLEDGED: Deadline(5),
    S.INFO_REQUESTED: Deadline(5),
    S.ACCEPTED: Deadline(20),
}

_ENDED = (View.WHOLE, View.STATE, View.STUB, View.SOMEBODY)
_SHARED = (View.WHOLE, View.STATE, View.SUMMARY, View.SOMEBODY)
_SEEN = (Party.PERSON, Party.SOURCE, Party.RECIPIENT, Party.OUTSIDER)
# State: person, source, recipient, third party on the file (who reads "another operator", never its name).
_VIEWS = (
    (S.DRAFT, (View.WHOLE, View.WHOLE, View.NOTHING, View.NOTHING)),
    (S.AWAITING_PERSON, (View.WHOLE, View.WHOLE, View.NOTHING, View.NOTHING)),
    (S.SENT, (View.WHOLE, View.STATE, View.ENVELOPE, View.SOMEBODY)),
    (S.ACKNOWLEDGED, _SHARED),
    (S.INFO_REQUESTED, _SHARED),
    (S.ACCEPTED, _SHARED),
    (S.IN_PROGRESS, _SHARED),
    (S.COMPLETED, _SHARED),
    (S.DECLINED, _ENDED),
    (S.WITHDRAWN, _ENDED),
    (S.CANCELLED, _ENDED),
    (S.FAILED, _ENDED),
    (S.EXPIRED, _ENDED),
    (S.ENTERED_IN_ERROR, (View.WHOLE, View.STATE, View.STUB, View.NOTHING)),
)
VIEWS = {state: dict(zip(_SEEN, views, strict=True)) for state, views in _VIEWS}


def _is_stale(case: Case) -> Refused | None:
    return Refused.STALE if case.act.version != case.relay.version else None


def _goes_back_in_time(case: Case) -> Refused | None:
    """The journal's order is the order of instants: two servers whose clocks differ do not reverse it."""
    relay = case.relay
    known = [at for at in (relay.sent_at, relay.accepted_at, relay.met_at, relay.ended_at) if at]
    return Refused.STALE if known and case.act.at < max(known) else None


def _has_offer(case: Case) -> bool:
    return bool(case.act.offered) and case.relay.source not in case.act.offered


def _is_what_was_shown(case: Case) -> bool:
    if case.act.move is Move.PROPOSE:
        return bool(case.relay.shown or case.act.shown)
    # Nothing goes that was not proposed; what she leaves out goes out of the text too.
    return bool(_shown(case)) and case.act.sent == _shown(case) and case.act.categories <= case.relay.categories


def _shown(case: Case) -> str:
    return case.act.shown if is_narrowed(case.relay, case.act) else case.relay.shown or case.act.shown


def _has_choice(case: Case) -> bool:
    offered = case.relay.offered or case.act.offered
    return case.act.recipient in offered and case.act.recipient != case.relay.source and case.act.channel is not None


def _has_proof(case: Case) -> bool:
    is_paper = case.act.party is Party.PAPER
    return is_paper == (case.act.channel is ConsentChannel.PAPER) and (bool(case.act.proof.strip()) or not is_paper)


def _has_consent(case: Case) -> bool:
    need = need_of(case.relay, case.act)
    return need is not None and covers(case.consent, need, case.act.at)


def _has_reason(case: Case) -> bool:
    if case.act.move is Move.REQUEST_INFO:
        return bool(case.act.reason.strip())
    return case.act.reason in set(DeclineReason) and bool(case.act.proposal.strip())


def _has_adviser(case: Case) -> bool:
    """A partner without an account gives a name; a transfer, which moves the lead, takes somebody with an account."""
    is_partner = bool(case.act.partner.strip()) and case.relay.kind is not RelayKind.TRANSFER
    return case.act.adviser is not None or is_partner


def _has_met(case: Case) -> bool:
    if case.act.move is Move.COMPLETE:
        return case.relay.met_at is not None and case.act.at > case.relay.met_at
    return (
        case.relay.accepted_at is not None
        and case.act.met_at is not None
        and case.relay.accepted_at < case.act.met_at <= case.act.at
    )


def _has_outcome(case: Case) -> bool:
    possible = GOOD_OUTCOMES if case.act.move is Move.COMPLETE else frozenset(Outcome) - GOOD_OUTCOMES
    return case.act.outcome in possible


def _is_due(case: Case) -> bool:
    if case.act.party is not Party.CLOCK:
        return True
    last = case.relay.due_on if case.act.move is Move.EXPIRE else case.relay.lease_until
    return last is not None and case.act.day > last


CHECKS = {
    Refused.NO_OFFER: _has_offer,
    Refused.NOT_WHAT_WAS_SHOWN: _is_what_was_shown,
    Refused.NO_CHOICE: _has_choice,
    Refused.NO_PROOF: _has_proof,
    Refused.CONSENT: _has_consent,
    Refused.NO_ADVISER: _has_adviser,
    Refused.ASKED_ENOUGH: lambda case: case.relay.questions < MAX_QUESTIONS,
    Refused.NO_APPOINTMENT: lambda case: case.act.appointment_at is not None and case.act.appointment_at > case.act.at,
    Refused.NO_REASON: _has_reason,
    Refused.NO_MEETING: _has_met,
    Refused.NO_OUTCOME: _has_outcome,
    Refused.NOT_TRIED_ENOUGH: lambda case: is_tried_enough(case.act.attempts, case.act.outcome),
    Refused.NOT_DUE: _is_due,
    Refused.NO_SECOND_PERSON: lambda case: (
        case.act.second_person is not None and case.act.second_person != case.act.adviser
    ),
}


def _sent(case: Case) -> dict[str, Any]:
    return {
        "recipient": case.act.recipient,
        "offered": case.relay.offered or case.act.offered,
        "shown": _shown(case),
        "sent": case.act.sent,
        "categories": shared_after(case.relay, case.act),
        "choice_channel": case.act.channel,
        "choice_proof": case.act.proof,
        "sent_at": case.act.at,
        "answer_due_on": DEADLINES[S.SENT].after(case.act),
    }


def _acknowledged(case: Case) -> dict[str, Any]:
    lease = add_working_days(case.act.day, LEASE_DAYS, case.act.others)
    return {"adviser": case.act.adviser, "partner": case.act.partner, "lease_until": lease}


def _informed(case: Case) -> dict[str, Any]:
    lease = add_working_days(case.act.day, LEASE_DAYS, case.act.others)
    return {"lease_until": lease, "categories": case.relay.categories | case.act.categories}


EFFECTS = {
    Move.PROPOSE: lambda case: {"offered": case.act.offered, "shown": case.act.shown},
    Move.SEND: _sent,
    Move.ACKNOWLEDGE: _acknowledged,
    # The desk's own deadline stands: giving back never lengthens it.
    Move.RELEASE: lambda case: {"adviser": None, "partner": "", "due_on": case.relay.answer_due_on},
    Move.REQUEST_INFO: lambda case: {"questions": case.relay.questions + 1},
    Move.GIVE_INFO: _informed,
    Move.ACCEPT: lambda case: {
        "adviser": case.act.adviser,
        "partner": case.act.partner,
        "accepted_at": case.act.at,
        "appointment_at": case.act.appointment_at,
    },
    Move.DECLINE: lambda case: {"reason": case.act.reason, "proposal": case.act.proposal},
    Move.MEET: lambda case: {
        "met_at": case.act.met_at,
        "has_lead_moved": case.relay.kind is RelayKind.TRANSFER,
        "is_tripartite": case.act.is_tripartite,
    },
    Move.COMPLETE: lambda case: {"outcome": case.act.outcome},
    Move.FAIL: lambda case: {
        "outcome": case.act.outcome,
        "attempts": case.act.attempts,
        "has_lead_moved": False,
    },
    Move.WITHDRAW: lambda _: {"has_lead_moved": False},
    Move.EXPIRE: lambda _: {"has_lead_moved": False},
    Move.MARK_ERROR: lambda _: {"has_lead_moved": False},
}


def _is_closed_by_revocation(relay: Relay) -> bool:
    return relay.state in OPEN


MACHINE = Machine(RULES, (_is_stale, _goes_back_in_time), CHECKS, EFFECTS, DEADLINES, VIEWS, _is_closed_by_revocation)
