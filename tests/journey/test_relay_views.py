"""Who sees how much of a relay in each of its fourteen states, through the query that the pages call: written by hand.

Bruno sent it; Édith is his colleague without the file. Chloé has it in hand once acknowledged; Farid is of her desk.
Denis is outside. Awa is the person. "–": the answer of a relay that does not exist.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import withdraw_relay
from ensemblier.journey.actions.proposals import confirm_error, report_error
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.movers import Mover, PersonHerself
from ensemblier.journey.core.states import DeclineReason, Outcome, RelayKind
from ensemblier.journey.models import Relay
from ensemblier.journey.queries.relays import relay_page
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation
from tests.factories.journey import MONDAY, Desk, make_consent, make_desk_of_two, make_episode, order_for

pytestmark = pytest.mark.django_db
DAY, SECRET = timedelta(days=1), "Son projet, en secret."

#                     bruno    édith  chloé     farid     denis  awa
TABLE = """
draft               | whole  | –    | –       | –       | –    | whole
awaiting_person     | whole  | –    | –       | –       | –    | whole
sent                | state  | –    | envelope | envelope | – | whole
acknowledged        | state  | –    | summary | envelope | –   | whole
info_requested      | state  | –    | summary | envelope | –   | whole
accepted            | state  | –    | summary | envelope | –   | whole
in_progress         | state  | –    | summary | envelope | –   | whole
completed           | state  | –    | summary | envelope | –   | whole
declined            | state  | –    | stub    | stub    | –    | whole
withdrawn           | state  | –    | stub    | stub    | –    | whole
cancelled           | state  | –    | stub    | stub    | –    | whole
failed              | state  | –    | stub    | stub    | –    | whole
expired             | state  | –    | stub    | stub    | –    | whole
entered_in_error    | state  | –    | stub    | stub    | –    | whole
"""
READERS = ("bruno", "édith", "chloé", "farid", "denis", "awa")
EXPECTED = {
    cells[0]: dict(zip(READERS, cells[1:], strict=True))
    for cells in ([cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines())
}


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def colleague(name: str, of: Actor) -> Actor:
    return make_actor(name, Organisation.objects.get(pk=of.organisation_id or 0))


def relay_in(state: str, desk: Desk) -> Relay:
    """A relay brought to a state by the gestures of everybody."""
    episode = make_episode(desk)
    words = {Category.IDENTITY: "", Category.PROJECT: SECRET}
    draft = relays.RelayDraft(episode_uid=episode.uid, kind=RelayKind.REFERRAL, summary="Un devis.", words=words)
    relay = relays.prepare_relay(draft, by=desk.bruno, at=MONDAY)
    for gesture in PATHS[state]:
        GESTURES[gesture](relay, desk)
    relay.refresh_from_db()
    assert relay.state == state
    return relay


def _send(relay: Relay, desk: Desk) -> None:
    awa = PersonHerself(relay.person_id)
    read = relay_page(relay.uid, by=awa, at=MONDAY).fingerprint
    choice = relays.Choice(desk.recipient, make_consent(desk, relay.episode).uid, read=read)
    relays.send(order_for(relay, MONDAY), by=awa, choice=choice)


def _error(relay: Relay, desk: Desk) -> None:
    report_error(order_for(relay, MONDAY), by=desk.chloe)
    administrator = make_actor("Fatou", make_organisation("Plateforme"), Role.ADMINISTRATOR)
    confirm_error(order_for(relay, MONDAY + 5 * DAY), by=administrator)


GESTURES: dict[str, Callable[[Relay, Desk], object]] = {
    "propose": lambda r, d: relays.propose(order_for(r, MONDAY), by=d.bruno, offered=[d.recipient]),
    "send": _send,
    "take": lambda r, d: relays.acknowledge(order_for(r, MONDAY), by=d.chloe),
    "ask": lambda r, d: relays.request_info(order_for(r, MONDAY), by=d.chloe, question="Quel diplôme ?"),
    "accept": lambda r, d: relays.accept(order_for(r, MONDAY), by=d.chloe, appointment_at=MONDAY + DAY),
    "meet": lambda r, d: relays.meet(order_for(r, MONDAY + 2 * DAY), by=d.chloe, met_at=MONDAY + DAY),
    "complete": lambda r, d: relays.complete(order_for(r, MONDAY + 3 * DAY), by=d.chloe, outcome=Outcome.ANSWERED),
    "decline": lambda r, d: relays.decline(
        order_for(r, MONDAY), by=d.chloe, reason=DeclineReason.FULL, proposal="La session de mars"
    ),
    "withdraw": lambda r, _: withdraw_relay(order_for(r, MONDAY + DAY), by=PersonHerself(r.person_id)),
    "cancel": lambda r, d: relays.cancel(order_for(r, MONDAY), by=d.bruno),
    "fail": lambda r, d: relays.fail(order_for(r, MONDAY + 2 * DAY), by=d.chloe, outcome=Outcome.NO_SHOW),
    "expire": lambda _r, _d: relays.run_clock(MONDAY + 9 * DAY),
    "error": _error,
}
PATHS = {
    state: path.split()
    for state, path in {
        "draft": "",
        "awaiting_person": "propose",
        "sent": "propose send",
        "acknowledged": "propose send take",
        "info_requested": "propose send take ask",
        "accepted": "propose send take accept",
        "in_progress": "propose send take accept meet",
        "completed": "propose send take accept meet complete",
        "declined": "propose send take decline",
        "withdrawn": "propose send take accept withdraw",
        "cancelled": "propose send take cancel",
        "failed": "propose send take accept fail",
        "expired": "propose send expire",
        "entered_in_error": "propose send take error",
    }.items()
}


@pytest.mark.parametrize("state", sorted(EXPECTED))
def test_each_reader_sees_what_is_written(desk: Desk, state: str) -> None:
    relay = relay_in(state, desk)
    readers: dict[str, Mover] = {
        "bruno": desk.bruno,
        "édith": colleague("Édith", desk.bruno),
        "chloé": desk.chloe,
        "farid": colleague("Farid", desk.chloe),
        "denis": desk.denis,
        "awa": PersonHerself(relay.person_id),
    }
    at = MONDAY + 10 * DAY
    seen = {name: how_much(relay, by, at) for name, by in readers.items()}
    assert seen == EXPECTED[state]


def how_much(relay: Relay, by: Mover, at: object) -> str:
    """The view, and that the words come with it and only with it."""
    try:
        page = relay_page(relay.uid, by=by, at=at)  # type: ignore[arg-type]
    except NotFound:
        return "–"
    reads = page.seen in ("whole", "summary")
    assert (SECRET in str(page)) is reads
    assert bool(page.packets) is reads
    return page.seen.value
