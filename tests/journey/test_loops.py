"""Open loops as a coordinator reads them: counts, never a person, nothing small, nothing for anybody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.loops import tell_coordinators
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.proposals import give_sequel
from ensemblier.journey.core.loops import Cell, LoopKind, hidden, share_closed
from ensemblier.journey.core.proposals import Sequel
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Person, Relay
from ensemblier.journey.queries.loops import Loops, open_loops
from ensemblier.journey.sql.loops import loops
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_sent
from tests.factories.territory import GAP, make_commune

LATER = MONDAY + timedelta(days=10)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, {}),
        ({"a": 7, "b": 5}, {"a": 7, "b": 5}),
        ({"a": 7, "b": 4}, {"a": None, "b": None}),  # alone, the small one would be found by subtraction
        ({"a": 9, "b": 4, "c": 6}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 4, "c": 1}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 0}, {"a": 9, "b": 0}),
        ({None: 9, "b": 2}, {None: None, "b": None}),
    ],
)
def test_small_counts_are_hidden_and_what_would_give_them_away(
    counts: dict[str | None, int], shown: dict[str | None, int | None]
) -> None:
    assert {key: cell.number for key, cell in hidden(counts).items()} == shown


@given(st.dictionaries(st.integers(), st.integers(0, 30)))
def test_no_small_count_is_ever_shown_nor_left_alone(counts: dict[int, int]) -> None:
    cells = hidden(counts)
    assert all(cell.number is None or cell.number in (0, *range(5, 31)) for cell in cells.values())
    closed = [key for key, cell in cells.items() if cell.number is None]
    assert len(closed) != 1 or not [key for key in counts if counts[key] >= 5]


def test_the_check_sees_a_small_count() -> None:
    assert hidden({"a": 3}, least=1) == {"a": Cell(3)}


@pytest.mark.parametrize(
    ("ended", "still_open", "percent"), [(20, 5, 75), (20, 0, 100), (4, 0, None), (20, 3, None), (8, 5, None)]
)
def test_a_share_is_told_only_of_enough(ended: int, still_open: int, percent: int | None) -> None:
    assert share_closed(ended, still_open) == percent


@pytest.fixture
def desk(db: None) -> Desk:
    make_commune(GAP)
    return make_desk_of_two()


def coordinator() -> Actor:
    """Léa coordinates for a cell without any place: she reads the whole network."""
    cell = Organisation.objects.filter(name="Cellule").first() or make_organisation("Cellule")
    return make_actor("Léa", cell, Role.COORDINATOR)


def expired(desk: Desk, many: int) -> list[Relay]:
    """So many relays that nobody answered, each of another person."""
    found = []
    for _ in range(many):
        relay = make_sent(desk, RelayKind.REFERRAL)
        Person.objects.filter(pk=relay.person_id).update(commune=GAP.code)
        found.append(relay)
    relays.run_clock(LATER)
    return found


def cells(found: Loops, kind: LoopKind) -> dict[str, int | None]:
    """Structure → what is shown of it."""
    return {row.name: cell.number for row in found.structures for each, cell in row.cells if each is kind}


def test_a_coordinator_reads_counts_and_structures_and_nothing_small(desk: Desk) -> None:
    lea, gone = coordinator(), expired(desk, 4)
    found = open_loops(actor=lea, at=LATER)
    assert cells(found, LoopKind.EXPIRED) == {"Mission locale de Gap": None}
    gone += expired(desk, 3)
    found = open_loops(actor=lea, at=LATER)
    assert cells(found, LoopKind.EXPIRED) == {"Mission locale de Gap": 7}
    assert cells(found, LoopKind.OPEN) == {"France Travail Gap": 7}
    assert "Awa" not in repr(found) and str(gone[0].uid) not in repr(found)
    give_sequel(Order(gone[0].uid, 2, uuid4(), LATER), by=desk.bruno, decision=Sequel.SOLVED, words="")
    assert cells(open_loops(actor=lea, at=LATER), LoopKind.OPEN) == {"France Travail Gap": 6}


def test_nobody_else_gets_a_count_not_even_by_the_function(desk: Desk) -> None:
    expired(desk, 6)
    for actor in (desk.bruno, desk.chloe, desk.denis, ANONYMOUS):
        with pytest.raises(NotAllowed):
            open_loops(actor=actor, at=LATER)
        with acting(actor):
            assert loops(MONDAY, LATER) == ()
    with acting(coordinator()):
        assert loops(MONDAY, LATER) != ()
        assert not Relay.objects.exists()


def test_a_coordinator_is_told_once_a_week_and_the_letter_holds_no_count(desk: Desk) -> None:
    coordinator()
    assert tell_coordinators(LATER) == 0
    expired(desk, 1)
    for _ in range(3):
        assert tell_coordinators(LATER) == 1
    [letter] = OutboxMessage.objects.filter(kind="loops.coordinator")
    assert "/relais/boucles/" in letter.body
    assert not [word for word in ("Awa", "Mission locale", "France Travail", "1 ") if word in letter.body]
    tell_coordinators(LATER + timedelta(days=7))
    assert OutboxMessage.objects.filter(kind="loops.coordinator").count() == 2
