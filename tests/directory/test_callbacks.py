"""Numbers to call back: seen by those who must call, near the person only, gone with the call."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.callbacks import (
    CALLBACKS_PER_PHONE,
    CallbackDraft,
    ask_callback,
    callback_made,
    purge_callbacks,
)
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.models import CallbackRequest
from ensemblier.directory.queries.moderation import callbacks_waiting
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation, make_site
from tests.factories.territory import GAP, GRENOBLE, SAINT_ETIENNE, make_commune

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
EDITOR = Role.DIRECTORY_EDITOR


def people() -> dict[str, Any]:
    """Bruno keeps a Mission locale, Chloé the Apec; Denis acts for nobody."""
    ml, apec = make_organisation(network="mission-locale"), make_organisation("Apec", network="apec")
    return {
        "ml": ml,
        "apec": apec,
        "bruno": make_actor("Bruno", ml, EDITOR),
        "chloe": make_actor("Chloé", apec, EDITOR),
        "denis": make_actor("Denis", None),
    }


def test_a_number_to_call_back_is_kept_until_the_call_only() -> None:
    p = people()
    make_site(p["apec"], GAP)
    uid = ask_callback(CallbackDraft("04 92 53 00 00", GAP.code, Operator.APEC), on=ON)
    assert [c.phone for c in callbacks_waiting(actor=p["chloe"], on=ON)] == ["+33492530000"]
    assert callbacks_waiting(actor=p["bruno"], on=ON) == [] == callbacks_waiting(actor=p["denis"], on=ON)
    with pytest.raises(NotAllowed, match="un autre opérateur"):
        callback_made(uid, actor=p["bruno"], on=ON)
    callback_made(uid, actor=p["chloe"], on=ON)
    assert not CallbackRequest.objects.exists() and not AuditRow.objects.filter(table="callbackrequest").exists()
    with pytest.raises(NotFound, match="déjà rappelé"):
        callback_made(uid, actor=p["chloe"], on=ON)


def test_a_number_asked_of_an_operator_is_seen_near_the_commune_only() -> None:
    """Awa lives at Gap: the Apec of Gap sees her number; that of another département or region never does."""
    for place in (GAP, GRENOBLE, SAINT_ETIENNE):
        make_commune(place)
    gap, grenoble, forez, other = (make_organisation(name, network="apec") for name in ("A", "B", "C", "D"))
    for owner, place in ((gap, GAP), (grenoble, GRENOBLE), (forez, SAINT_ETIENNE)):
        make_site(owner, place)
    actors = {row.name: make_actor(row.name, row, EDITOR) for row in (gap, grenoble, forez, other)}
    ask_callback(CallbackDraft("04 92 53 00 00", GAP.code, Operator.APEC), on=ON)
    assert {name for name, actor in actors.items() if callbacks_waiting(actor=actor, on=ON)} == {"A"}


def test_where_the_operator_is_not_in_the_departement_those_of_the_region_see_the_number() -> None:
    """Seeded fault: with the département alone, this number would wait for nobody."""
    for place in (GRENOBLE, SAINT_ETIENNE, GAP):
        make_commune(place)
    forez, gap = (make_organisation(name, network="apec") for name in ("C", "A"))
    make_site(forez, SAINT_ETIENNE)
    make_site(gap, GAP)
    chloe, bruno = make_actor("Chloé", forez, EDITOR), make_actor("Bruno", gap, EDITOR)
    ask_callback(CallbackDraft("04 76 53 00 00", GRENOBLE.code, Operator.APEC), on=ON)
    assert len(callbacks_waiting(actor=chloe, on=ON)) == 1
    assert callbacks_waiting(actor=bruno, on=ON) == []
    make_site(make_organisation("B", network="apec"), GRENOBLE)
    assert callbacks_waiting(actor=chloe, on=ON) == []


def test_a_callback_without_a_structure_says_where() -> None:
    with pytest.raises(BadInput, match="dans quelle commune"):
        ask_callback(CallbackDraft("04 92 53 00 00", operator=Operator.APEC), on=ON)
    assert not CallbackRequest.objects.exists()


def test_forgotten_and_repeated_callbacks() -> None:
    make_commune(GAP)
    for _ in range(CALLBACKS_PER_PHONE):
        ask_callback(CallbackDraft("0492530000", GAP.code), on=ON)
    with pytest.raises(RuleViolated, match="déjà enregistrée"):
        ask_callback(CallbackDraft("04 92 53 00 00", GAP.code), on=ON)
    with pytest.raises(BadInput, match="numéro"):
        ask_callback(CallbackDraft(""), on=ON)
    assert purge_callbacks(now=timezone.now() + timedelta(days=14)) == 0
    assert purge_callbacks(now=timezone.now() + timedelta(days=16)) == CALLBACKS_PER_PHONE
