"""Accounts: dated memberships, one acting organisation at a time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ensemblier.accounts.actions.members import end_membership, grant_membership, record_user
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership
from ensemblier.accounts.queries.members import actor_for, members_of, memberships_of
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.period import Period
from tests.factories.accounts import PASSWORD, make_actor, make_member, make_user
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def test_an_address_has_one_account_whatever_the_case() -> None:
    make_user("Bruno", email="bruno@exemple.fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("Autre", email="BRUNO@exemple.fr")


def test_a_membership_is_written_once_and_ends_after_it_begins() -> None:
    user, ml = make_user(), make_organisation()
    make_member(user, ml)
    with pytest.raises(IntegrityError, match="membership_once"), transaction.atomic():
        make_member(user, ml)
    with pytest.raises(IntegrityError, match="membership_period"), transaction.atomic():
        make_member(user, ml, Role.DESK, valid_from=ON, valid_to=ON)


def test_a_user_acts_for_one_organisation_at_a_time_on_a_date() -> None:
    bruno, ml, apec = make_user(), make_organisation("Mission locale"), make_organisation("Apec")
    make_member(bruno, ml, Role.ADVISER, Role.COORDINATOR)
    make_member(bruno, apec, Role.ADVISER, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 1))
    assert [m.organisation_name for m in memberships_of(bruno.pk, on=date(2026, 3, 1))] == ["Apec", "Mission locale"]
    chosen = actor_for(bruno.pk, ml.uid, on=date(2026, 3, 1), label="Bruno")
    assert (chosen.organisation_id, chosen.roles) == (ml.pk, frozenset({"adviser", "coordinator"}))
    assert chosen.label == "Bruno, Mission locale"
    assert actor_for(bruno.pk, on=date(2026, 3, 1)).organisation_id == apec.pk
    assert actor_for(bruno.pk, apec.uid, on=date(2026, 6, 1)).organisation_id == ml.pk, (
        "l'appartenance finit ce jour-là"
    )


def test_who_has_no_membership_may_nothing_more() -> None:
    denis = make_user("Denis")
    actor = actor_for(denis.pk, make_organisation().uid, on=ON)
    assert (actor.is_signed_in, actor.organisation_id, actor.roles) == (True, None, frozenset())
    assert actor_for(None, on=ON) == ANONYMOUS


def test_a_closed_account_acts_for_nobody() -> None:
    user = make_user(is_active=False)
    make_member(user, make_organisation())
    assert memberships_of(user.pk, on=ON) == []


def test_only_the_platform_opens_accounts() -> None:
    bruno = make_actor("Bruno", make_organisation(), Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        record_user(email="awa@exemple.fr", name="Awa", password=PASSWORD, actor=bruno)
    with pytest.raises(BadInput, match="adresse électronique"):
        record_user(email="awa", name="Awa", password=PASSWORD, actor=SYSTEM)
    with pytest.raises(BadInput) as refused:
        record_user(email="awa@exemple.fr", name="Awa", password="12345", actor=SYSTEM)
    assert refused.value.field == "password"
    record_user(email="awa@exemple.fr", name="Awa", password=PASSWORD, actor=SYSTEM)
    with pytest.raises(RuleViolated, match="déjà un compte"):
        record_user(email="AWA@exemple.fr", name="Awa", password=PASSWORD, actor=SYSTEM)


def test_a_coordinator_grants_roles_of_her_own_organisation() -> None:
    ml, apec = make_organisation("ML"), make_organisation("Apec")
    bruno, chloe = make_actor("Bruno", ml, Role.COORDINATOR), make_actor("Chloé", apec, Role.ADVISER)
    denis = make_user("Denis")

    def grant(actor: Actor, organisation: int, role: Role = Role.ADVISER) -> int:
        return grant_membership(
            user_id=denis.pk, organisation_id=organisation, role=role, period=Period(ON), actor=actor,
        )  # fmt: skip

    for actor, organisation, role in (
        (chloe, apec.pk, Role.ADVISER),
        (bruno, apec.pk, Role.ADVISER),
        (bruno, ml.pk, Role.ADMINISTRATOR),
    ):
        with pytest.raises(NotAllowed):
            grant(actor, organisation, role)
    membership = grant(bruno, ml.pk)
    with pytest.raises(RuleViolated, match="déjà ce rôle"):
        grant(bruno, ml.pk)
    with pytest.raises(NotFound):
        grant(SYSTEM, 0)
    assert [user.name for user, _ in members_of(ml.pk, actor=bruno, on=ON)] == ["Bruno", "Denis"]
    with pytest.raises(NotAllowed):
        members_of(ml.pk, actor=chloe, on=ON)
    with pytest.raises(RuleViolated):
        end_membership(membership, on=ON, actor=bruno)
    end_membership(membership, on=date(2026, 12, 1), actor=bruno)
    assert Membership.objects.get(pk=membership).valid_to == date(2026, 12, 1)
    verbs = AuditRow.objects.filter(table="membership").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["grant_membership", "end_membership"]
