"""No file before a signed, dated convention; the directory stays open."""

from datetime import date

import pytest
from django.test import Client

from ensemblier.accounts.actions.conventions import end_convention, sign_convention
from ensemblier.accounts.core.conventions import Signature
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.conventions import convention_of
from ensemblier.accounts.queries.members import actor_for
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from tests.factories.accounts import make_convention, make_member, make_user
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 22)
SIGNATURE = Signature("Camille Roux", "directrice", date(2026, 11, 20))


def bruno(organisation_uid: object, user_id: int, on: date = ON) -> Actor:
    return actor_for(user_id, str(organisation_uid), on=on, label="Bruno")


def test_roles_that_open_files_hold_from_the_signature_to_its_end() -> None:
    mission, user = make_organisation(), make_user("Bruno")
    make_member(user, mission, Role.ADVISER, Role.DESK, Role.DIRECTORY_EDITOR, with_convention=False)
    before = bruno(mission.uid, user.pk)
    assert (before.roles, before.withheld) == (frozenset({"directory_editor"}), frozenset({"adviser", "desk"}))
    sign_convention(mission.pk, SIGNATURE, actor=SYSTEM, on=ON)
    assert bruno(mission.uid, user.pk).roles == {"adviser", "desk", "directory_editor"}
    assert bruno(mission.uid, user.pk, date(2026, 11, 19)).roles == {"directory_editor"}
    end_convention(mission.pk, actor=SYSTEM, on=date(2026, 12, 1))
    assert "adviser" in bruno(mission.uid, user.pk, date(2026, 11, 30)).roles
    assert bruno(mission.uid, user.pk, date(2026, 12, 1)).withheld == {"adviser", "desk"}


def test_one_organisation_s_signature_opens_nothing_elsewhere() -> None:
    mission, apec, user = make_organisation(), make_organisation("Apec"), make_user("Bruno")
    make_convention(apec)
    make_member(user, mission, with_convention=False)
    make_member(user, apec, with_convention=False)
    assert bruno(mission.uid, user.pk).roles == frozenset()
    assert bruno(apec.uid, user.pk).roles == {"adviser"}


def test_only_who_manages_the_accounts_of_the_organisation_signs_and_only_once() -> None:
    mission, apec = make_organisation(), make_organisation("Apec")
    manager, adviser = make_user("Inès"), make_user("Bruno")
    make_member(manager, mission, Role.ACCOUNT_MANAGER, with_convention=False)
    make_member(adviser, mission, Role.ADVISER, with_convention=False)
    ines, no_one = bruno(mission.uid, manager.pk), bruno(mission.uid, adviser.pk)
    with pytest.raises(NotAllowed):
        sign_convention(mission.pk, SIGNATURE, actor=no_one, on=ON)
    with pytest.raises(NotAllowed):
        sign_convention(apec.pk, SIGNATURE, actor=ines, on=ON)
    for wrong, field in (
        (Signature(" ", "directrice", ON), "signed_by"),
        (Signature("Camille", "", ON), "signed_as"),
        (Signature("Camille", "directrice", date(2026, 11, 23)), "signed_on"),
    ):
        with pytest.raises(BadInput) as refused:
            sign_convention(mission.pk, wrong, actor=ines, on=ON)
        assert refused.value.field == field
    sign_convention(mission.pk, SIGNATURE, actor=ines, on=ON)
    with pytest.raises(RuleViolated, match="déjà une convention"):
        sign_convention(mission.pk, SIGNATURE, actor=ines, on=ON)
    known = convention_of(mission.pk, on=ON)
    assert known is not None and known.is_in_force and known.signed_by == "Camille Roux"
    with pytest.raises(RuleViolated):
        end_convention(mission.pk, actor=ines, on=date(2026, 11, 20))
    with pytest.raises(NotFound):
        end_convention(apec.pk, actor=SYSTEM, on=ON)


def test_the_page_leads_from_the_closed_door_to_the_open_one(client: Client) -> None:
    mission, manager = make_organisation(), make_user("Inès")
    make_member(manager, mission, Role.ACCOUNT_MANAGER, Role.ADVISER, with_convention=False)
    client.force_login(manager)
    assert "D’abord une convention" in client.get("/pro/convention/").content.decode()
    assert client.get("/pro/").status_code == 200, "l'annuaire reste ouvert"
    form = {"acting_for": mission.pk, "signed_by": "Camille", "signed_as": "directrice", "signed_on": "2026-11-20"}
    assert client.post("/pro/convention/", form).status_code == 400, "il faut dire qu'elle a été lue"
    assert client.post("/pro/convention/", form | {"was_read": "on"}).status_code == 302
    assert "a signé la convention" in client.get("/pro/convention/").content.decode()
