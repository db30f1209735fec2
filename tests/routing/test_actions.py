"""Agreements, kept decisions, alerts: state, audit row, refusals."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.routing.actions.agreements import (
    AgreementDraft,
    ShareLine,
    end_agreement,
    record_agreement,
    review_agreement,
    sign_agreement,
)
from ensemblier.routing.actions.alerts import record_alerts
from ensemblier.routing.actions.decisions import keep_decision
from ensemblier.routing.core.facts import PersonFacts, Quality, Status
from ensemblier.routing.core.states import AgreementState, AlertKind, ShareKind
from ensemblier.routing.models import Agreement, AgreementShare, CoverageAlert, KeptDecision, PublishedRules
from ensemblier.routing.queries.agreement_list import agreements
from ensemblier.routing.queries.alerts import open_alerts
from ensemblier.routing.queries.coverage import coverage
from ensemblier.routing.queries.orientation import orient
from tests.factories.directory import make_organisation, make_permanence, make_site
from tests.factories.routing import LEA, TRAINEES, adviser_of, make_agreement, make_perimeter
from tests.factories.territory import BRIANCON, GAP, make_places

ON = date(2026, 11, 22)
DENIS = Actor(user_id=9, organisation_id=99, roles=frozenset({"adviser"}), label="Denis")
OUTSIDER = Actor(user_id=10, label="Denis, who left")
pytestmark = pytest.mark.django_db


def draft(**changes: Any) -> AgreementDraft:
    """A right draft, changed where a test says."""
    values: dict[str, Any] = {
        "title": "Accord",
        "perimeter_uid": make_perimeter().uid,
        "parties": [make_organisation("A").uid, make_organisation("B").uid],
        "shares": (TRAINEES,),
        "review_on": date(2027, 1, 1),
        "valid_from": date(2026, 1, 1),
    }
    return AgreementDraft(**(values | changes))


def test_the_last_signature_puts_an_agreement_in_force_and_each_step_is_told() -> None:
    bruno, chloe = make_organisation("A"), make_organisation("B")
    uid = make_agreement([bruno, chloe], signed=False)
    assert sign_agreement(uid, actor=adviser_of(bruno), on=ON) is AgreementState.DRAFT
    assert sign_agreement(uid, actor=adviser_of(chloe), on=ON) is AgreementState.IN_FORCE
    row = Agreement.objects.get(uid=uid)
    review_agreement(uid, actor=LEA, on=ON, next_review_on=date(2028, 1, 1), version=row.version)
    end_agreement(uid, actor=LEA, last_day=date(2028, 6, 1))
    verbs = list(AuditRow.objects.filter(table="routing_agreement").order_by("id").values_list("verb", flat=True))
    assert verbs == ["record", "sign", "sign", "review", "end"]


def test_an_outsider_neither_writes_nor_signs() -> None:
    bruno, chloe = make_organisation("A"), make_organisation("B")
    uid = make_agreement([bruno, chloe], signed=False)
    for refused in (DENIS, ANONYMOUS, adviser_of(make_organisation("C")), adviser_of(bruno, "adviser")):
        with pytest.raises(NotAllowed):
            sign_agreement(uid, actor=refused, on=ON)
    with pytest.raises(NotAllowed):
        record_agreement(draft(), actor=DENIS)
    with pytest.raises(NotAllowed):
        end_agreement(uid, actor=DENIS, last_day=date(2028, 1, 1))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": "  "}, BadInput),
        ({"shares": ()}, BadInput),
        ({"review_on": date(2026, 1, 1)}, BadInput),
        ({"valid_to": date(2025, 1, 1)}, BadInput),
        ({"perimeter_uid": uuid4()}, NotFound),
        ({"parties": [uuid4(), uuid4()]}, NotFound),
        ({"parties": []}, NotFound),
        ({"shares": (ShareLine({"statut": "x"}, "x", ShareKind.POSSIBLE, "r", "apec"),)}, BadInput),
        ({"shares": (ShareLine({"is": "young"}, "x", ShareKind.OTHER_DOOR, "r", "apec"),)}, BadInput),
        ({"shares": (ShareLine({"is": "young"}, "x", "excluded", "r", "apec"),)}, RuleViolated),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_draft_is_refused_and_leaves_nothing(changes: dict[str, Any], error: type[Exception]) -> None:
    wrong = draft(**changes)
    with pytest.raises(error):
        record_agreement(wrong, actor=LEA)
    assert not Agreement.objects.exists()


def test_the_table_itself_refuses_a_line_that_closes() -> None:
    uid = make_agreement([make_organisation("A"), make_organisation("B")])
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementShare.objects.filter(agreement__uid=uid).update(kind="excluded")


def test_a_review_of_an_old_version_is_refused() -> None:
    uid = make_agreement([make_organisation("A"), make_organisation("B")])
    with pytest.raises(StaleVersion):
        review_agreement(uid, actor=LEA, on=ON, next_review_on=date(2028, 1, 1), version=1)
    with pytest.raises(NotFound):
        sign_agreement(uuid4(), actor=LEA, on=ON)


def test_a_kept_decision_holds_rules_and_no_person() -> None:
    facts = PersonFacts(
        born=date(1985, 7, 7), statuses=frozenset({Status.JOBSEEKER}), qualities={Quality.DISABLED: True}
    )
    found = orient(facts, on=ON, commune=None, day=ON)
    uid = keep_decision(found, actor=adviser_of(make_organisation("A")), chosen=Operator.APEC)
    kept = KeptDecision.objects.get(uid=uid)
    assert kept.chosen == "apec"  # not a door here: the person's choice is never an error
    assert "1985" not in str(kept.answer) and "rights" not in kept.answer
    assert PublishedRules.objects.get(digest=kept.rules_id).wording[0]["file"].endswith(".yaml")
    with pytest.raises(NotAllowed):
        keep_decision(found, actor=ANONYMOUS)


def test_alerts_open_stay_and_close_with_the_truth() -> None:
    make_places(GAP, BRIANCON)
    agency = make_organisation("Agence", network="france-travail")
    make_site(agency, GAP)
    zone = ("departement", "05")
    audit = coverage(on=ON, kind="departement", code="05")
    record_alerts(audit, zone=zone, actor=SYSTEM)
    mine = {a.kind: a for a in open_alerts(actor=LEA, zone=zone) if a.operator is Operator.FRANCE_TRAVAIL}
    assert set(mine) == {AlertKind.GAP, AlertKind.NO_PERMANENCE}
    assert mine[AlertKind.GAP].communes == 1 and mine[AlertKind.GAP].population == BRIANCON.population
    make_permanence(agency, make_site(make_organisation("France services"), BRIANCON))
    later = coverage(on=date(2026, 12, 1), kind="departement", code="05")
    record_alerts(later, zone=zone, actor=LEA)
    assert not [a for a in open_alerts(actor=LEA) if a.operator is Operator.FRANCE_TRAVAIL]
    assert CoverageAlert.objects.filter(closed_on=date(2026, 12, 1)).count() == 2


def test_alerts_are_for_the_coordinator() -> None:
    make_places(GAP)
    audit = coverage(on=ON, kind="departement", code="05")
    with pytest.raises(NotAllowed):
        record_alerts(audit, zone=("departement", "05"), actor=DENIS)
    with pytest.raises(NotAllowed):
        open_alerts(actor=ANONYMOUS)
    with pytest.raises(NotAllowed):
        open_alerts(actor=OUTSIDER)
    with pytest.raises(NotAllowed):
        agreements(actor=OUTSIDER, on=ON)
    fictitious = coverage(on=ON, kind="departement", code="05", is_fictitious=True)
    with pytest.raises(NotAllowed):
        record_alerts(fictitious, zone=("departement", "05"), actor=SYSTEM)


def test_only_its_parties_or_who_wrote_it_review_or_end_an_agreement() -> None:
    bruno, chloe, denis = make_organisation("A"), make_organisation("B"), make_organisation("C")
    uid = make_agreement([bruno, chloe])
    version = Agreement.objects.get(uid=uid).version
    for refused in (
        adviser_of(denis),
        Actor(user_id=9, roles=frozenset({"coordinator"})),
        adviser_of(bruno, "adviser"),
    ):
        with pytest.raises(NotAllowed):
            review_agreement(uid, actor=refused, on=ON, next_review_on=date(2028, 1, 1), version=version)
        with pytest.raises(NotAllowed):
            end_agreement(uid, actor=refused, last_day=date(2028, 1, 1))
    assert Agreement.objects.get(uid=uid).version == version
    for number, allowed in enumerate((adviser_of(bruno), LEA, adviser_of(denis, "administrator"), SYSTEM)):
        assert review_agreement(
            uid, actor=allowed, on=ON, next_review_on=date(2028, 1, 1), version=version + number
        ) is None  # fmt: skip
    assert Agreement.objects.get(uid=uid).version == version + 4
