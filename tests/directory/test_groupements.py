"""Lots, groupements, successions; reminders before a row is stale."""

from datetime import date

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.groupements import hold_lot, join_groupement, record_lot
from ensemblier.directory.queries.freshness import stale_rows
from ensemblier.directory.queries.networks import successors
from ensemblier.directory.queries.organisations import organisation_page
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.period import Period
from tests.factories.accounts import AWA, make_actor
from tests.factories.directory import make_networks, make_organisation, make_site
from tests.factories.territory import GAP

pytestmark = pytest.mark.django_db
MARKET_1 = Period(date(2020, 1, 1), date(2024, 1, 2))
MARKET_2 = Period(date(2024, 1, 2), date(2028, 1, 1))


def test_a_lot_has_one_holder_at_a_time() -> None:
    first, second = make_organisation("Premier"), make_organisation("Second")
    record_lot("paca", "Provence", ("93",), actor=SYSTEM)
    hold_lot("paca", first.uid, period=MARKET_1, actor=SYSTEM)
    with pytest.raises(RuleViolated, match="« Premier » tient déjà"):
        hold_lot("paca", second.uid, period=Period(date(2024, 1, 1)), actor=SYSTEM)
    hold_lot("paca", second.uid, period=MARKET_2, actor=SYSTEM)
    for on, lots in ((date(2024, 1, 1), ()), (date(2024, 1, 2), ("Provence",)), (date(2028, 1, 1), ())):
        assert organisation_page(second.uid, actor=AWA, on=on).lots == lots
    with pytest.raises(NotFound):
        hold_lot("x", second.uid, period=MARKET_1, actor=SYSTEM)
    with pytest.raises(BadInput):
        record_lot("vide", "Vide", (), actor=SYSTEM)


def test_a_groupement_has_members_and_one_head() -> None:
    whole, a, b = make_organisation("Groupement"), make_organisation("A"), make_organisation("B")
    join_groupement(whole.uid, a.uid, is_head=True, period=MARKET_1, actor=SYSTEM)
    with pytest.raises(RuleViolated, match="mandataire"):
        join_groupement(whole.uid, b.uid, is_head=True, period=MARKET_1, actor=SYSTEM)
    with pytest.raises(RuleViolated, match="déjà membre"):
        join_groupement(whole.uid, a.uid, period=Period(), actor=SYSTEM)
    with pytest.raises(RuleViolated, match="de lui-même"):
        join_groupement(whole.uid, whole.uid, period=MARKET_1, actor=SYSTEM)
    join_groupement(whole.uid, b.uid, period=MARKET_2, actor=SYSTEM)
    page = organisation_page(whole.uid, actor=AWA, on=date(2023, 6, 1))
    assert [name for _, name in page.members] == ["A"]
    assert [n for _, n in organisation_page(b.uid, actor=AWA, on=date(2025, 6, 1)).groupements] == ["Groupement"]


def test_the_market_is_the_platform_s() -> None:
    ml = make_organisation()
    bruno = make_actor("Bruno", ml, Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        record_lot("x", "X", ("93",), actor=bruno)
    with pytest.raises(NotAllowed):
        hold_lot("x", ml.uid, period=MARKET_1, actor=bruno)
    with pytest.raises(NotAllowed):
        join_groupement(ml.uid, ml.uid, period=MARKET_1, actor=bruno)


def test_an_opacif_led_to_the_regional_operator() -> None:
    make_networks()
    assert successors("opacif", on=date(2019, 12, 31)) == []
    assert [code for code, *_ in successors("opacif", on=date(2020, 1, 1))] == ["operateur-regional-cep"]


def test_a_reminder_comes_before_the_term() -> None:
    ml = make_organisation(reviewed_on=date(2026, 6, 1))
    bruno = make_actor("Bruno", ml, Role.DIRECTORY_EDITOR)
    make_site(ml, GAP, reviewed_on=date(2025, 12, 1))
    on = date(2026, 11, 22)
    assert stale_rows(actor=bruno, on=on) == []
    assert [row.due_on for row in stale_rows(actor=bruno, on=on, ahead_days=30)] == [date(2026, 12, 1)]
