"""Agreements: read by professionals, signed for one's own organisation only."""

from datetime import date

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.states import ShareKind
from ensemblier.routing.models import Agreement, AgreementParty, AgreementShare
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.models import Perimeter
from tests.factories.accounts import make_member
from tests.web.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(world: World) -> Agreement:
    """An agreement that waits for its two signatures."""
    perimeter = Perimeter.objects.create(name="Gapençais", holder_label="Cellule", purpose=PerimeterPurpose.CONVENTION)
    row = Agreement.objects.create(
        title="Stagiaires", perimeter=perimeter, review_on=date(2027, 1, 1), valid_from=date(2026, 1, 1)
    )
    for organisation in (world.mission, world.travail):
        AgreementParty.objects.create(agreement=row, organisation=organisation)
    AgreementShare.objects.create(
        agreement=row, public={}, public_label="stagiaires", kind=ShareKind.POSSIBLE, reason="Accord local.",
        operator=Operator.MISSION_LOCALE,
    )  # fmt: skip
    return row


def test_it_requires_an_account(world: World, agreement: Agreement) -> None:
    assert world.client().get("/pro/accords/").status_code == 302
    assert "Stagiaires" in world.client(world.denis).get("/pro/accords/").content.decode()


def test_each_party_signs_for_itself_and_the_last_puts_it_in_force(world: World, agreement: Agreement) -> None:
    path = f"/pro/accords/{agreement.uid}/signer/"
    assert "attend votre signature" in world.client(world.bruno).get("/pro/accords/").content.decode()
    world.client(world.bruno).post(path, {"acting_for": world.mission.pk})
    assert world.client(world.chloe).post(path, {"acting_for": world.travail.pk}).status_code == 403  # an adviser
    make_member(world.denis, world.travail, Role.COORDINATOR)
    world.client(world.denis).post(path, {"acting_for": world.travail.pk})
    agreement.refresh_from_db()
    assert agreement.state == "in_force"


def test_an_organisation_that_is_no_party_signs_nothing(world: World, agreement: Agreement) -> None:
    sent = world.client(world.denis).post(f"/pro/accords/{agreement.uid}/signer/", {"acting_for": ""})
    assert sent.status_code == 403
    assert not AgreementParty.objects.filter(signed_on__isnull=False).exists()
