"""Reads: the relays of a desk – in my hands, in nobody's, in a colleague's – and those that I sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.staff import replaced_by
from ensemblier.journey.core.inbox import Inbox
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.queries.relays import row_of
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.relay_lines import DeskOf, DeskRelays, RelayLine, desk_relays, relay_lines
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

PER_LIST = 30
HOME_LIST = 10
STILL_SHOWN = timedelta(days=60)
_OURS = ("answers", "sent")
EMPTY = Inbox((), (), (), (), (), 0, 0)


def inbox(*, actor: Actor, at: datetime, is_home: bool = False, also: Sequence[int] | None = None) -> Inbox:
    """The desk of the actor's organisation. Four statements, whatever the number of relays; nothing without the role.

    `also`: colleagues whom she replaces today, whose relays are hers for these days (None: asked here).

    `is_home`: for the first page of the day, which shows nothing of what colleagues hold and little of what left.
    """
    if actor.organisation_id is None or Role.ADVISER not in actor.roles:
        return EMPTY
    day = at.astimezone(PARIS).date()
    desk = DeskOf(actor.user_id, actor.organisation_id, day, at - STILL_SHOWN, PER_LIST, HOME_LIST, is_home)
    away = colleagues_replaced(actor, day) if also is None else also
    with acting(actor):
        listed = desk_relays(desk)
        for colleague in away:
            listed = _with_theirs(listed, desk_relays(replace(desk, user=colleague)))
        ids = frozenset[int]().union(*listed.lists.values())
        lines = relay_lines(ids, user=actor.user_id, organisation=actor.organisation_id)
        note(actor, Act.LIST_RELAYS, subject="desk", at=at)
    rows = {
        name: tuple(
            row_of(line, actor, at=at) for line in _in_order(lines, numbers, is_ours=name in ("answers", "sent"))
        )
        for name, numbers in listed.lists.items()
    }
    return Inbox(
        mine=rows.get("mine", ()),
        unclaimed=rows.get("unclaimed", ()),
        held=rows.get("held", ()),
        answers=rows.get("answers", ()),
        sent=rows.get("sent", ()),
        unclaimed_count=listed.unclaimed_count,
        late_count=listed.late_count,
    )


def colleagues_replaced(actor: Actor, day: date) -> tuple[int, ...]:
    """Accounts of the colleagues whose work is hers on the day. One query."""
    rows = replaced_by(actor.user_id or 0, actor.organisation_id or 0, on=day)
    return tuple(sorted({row.user_id for row in rows}))


def _with_theirs(listed: DeskRelays, theirs: DeskRelays) -> DeskRelays:
    """What is in the hands of an absent colleague, or back with her, is in one's own."""
    lists = dict(listed.lists)
    for name in ("mine", "answers", "sent"):
        lists[name] = lists.get(name, frozenset()) | theirs.lists.get(name, frozenset())
    lists["held"] = lists.get("held", frozenset()) - lists["mine"]
    return replace(listed, lists=lists)


def _in_order(lines: list[RelayLine], numbers: frozenset[int], *, is_ours: bool) -> list[RelayLine]:
    """The soonest first; of the same day, what came first, or what we sent last."""
    sign = -1 if is_ours else 1
    return sorted(
        (line for line in lines if line.id in numbers), key=lambda line: (line.due_on or date.max, sign * line.id)
    )
