"""Agreements: read by professionals, signed for one's own organisation only."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.routing.core.states import ShareKind
from ensemblier.routing.models import Agreement, AgreementParty, AgreementShare
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.models import Perimeter
from tests.factories.accounts import make_member, make_user
from tests.factories.directory import make_organisation
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
    assert world.client(world.denis).get("/pro/accords/").status_code == 403  # an account without a structure
    assert "Stagiaires" in world.client(world.bruno).get("/pro/accords/").content.decode()


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


NEW = "/pro/accords/nouveau/departement/05/"


@pytest.fixture
def lea(world: World) -> Client:
    """Léa animates the territory for the Mission locale."""
    make_member(world.denis, world.mission, Role.COORDINATOR)
    return world.client(world.denis)


def filled(world: World, **changes: Any) -> dict[str, Any]:
    values = {
        "title": "Accueil des saisonniers", "parties": [str(world.mission.uid), str(world.travail.uid)],
        "public_1": "seasonal", "operator_1": "mission_locale", "kind_1": "possible", "reason_1": "Accord local",
        "valid_from": "2026-12-01", "review_on": "2027-12-01", "acting_for": world.mission.pk,
    }  # fmt: skip
    return values | changes


def test_only_who_animates_writes_reviews_and_ends(world: World, agreement: Agreement) -> None:
    paths = ("/pro/accords/nouveau/", NEW, f"/pro/accords/{agreement.uid}/relire/",
             f"/pro/accords/{agreement.uid}/terminer/")  # fmt: skip
    for path in paths:
        assert world.client().get(path).status_code == 302
        assert world.client(world.bruno).get(path).status_code == 403  # an editor
        assert world.client(world.chloe).post(path, filled(world)).status_code == 403
    assert Agreement.objects.count() == 1
    assert "Écrire un accord" not in world.client(world.bruno).get("/pro/accords/").content.decode()


def test_an_agreement_is_written_on_a_territory_and_waits_for_its_signatures(world: World, lea: Client) -> None:
    assert NEW in lea.get("/pro/accords/nouveau/?q=gap").content.decode()
    assert "France Travail Gap" in lea.get(NEW).content.decode()
    assert lea.post(NEW, filled(world)).status_code == 302
    row = Agreement.objects.get()
    assert (row.state, row.perimeter.communes.count()) == ("draft", 2)
    share = row.shares.get()
    assert (share.public, share.public_label) == ({"quality": "seasonal"}, "saisonniers")
    assert "attend votre signature" in lea.get("/pro/accords/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parties": []}, "obligatoire"),
        ({"review_on": "2026-11-01"}, "La date de revue vient après"),
        ({"valid_to": "2026-11-01"}, "finit après avoir commencé"),
        ({"public_2": "rsa"}, "Cette décision est commencée"),
        ({"source_url": "javascript:alert(1)"}, "pas une adresse de site"),
    ],
)
def test_a_refused_agreement_keeps_what_was_typed_and_stores_nothing(
    world: World, lea: Client, change: dict[str, Any], words: str
) -> None:
    perimeters = Perimeter.objects.count()
    answer = lea.post(NEW, filled(world, **change))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert words in text
    assert "Accueil des saisonniers" in text
    assert (Agreement.objects.count(), Perimeter.objects.count()) == (0, perimeters)


def test_it_is_reviewed_then_ended_and_a_newer_version_is_said(world: World, lea: Client, agreement: Agreement) -> None:
    path, acting = f"/pro/accords/{agreement.uid}/relire/", {"acting_for": world.mission.pk}
    assert lea.post(path, acting | {"version": 9, "next_review_on": "2030-01-01"}).status_code == 409
    assert lea.post(path, acting | {"version": 1, "next_review_on": "2020-01-01"}).status_code == 400
    assert lea.post(path, acting | {"version": 1, "next_review_on": "2030-01-01"}).status_code == 302
    end = f"/pro/accords/{agreement.uid}/terminer/"
    assert lea.post(end, acting | {"last_day": "2025-01-01"}).status_code == 400
    assert lea.post(end, acting | {"last_day": "2028-01-01"}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.review_on, agreement.valid_to) == (date(2030, 1, 1), date(2028, 1, 1))
    verbs = AuditRow.objects.filter(table="routing_agreement").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["review", "end"]


def test_a_coordinator_from_elsewhere_sees_no_button_and_is_refused(
    world: World, lea: Client, agreement: Agreement
) -> None:
    button, elsewhere = "Nous l’avons relu", make_organisation("Cellule d’un autre territoire")
    assert button in lea.get("/pro/accords/").content.decode()
    stranger = make_user("Denis d’ailleurs")
    make_member(stranger, elsewhere, Role.COORDINATOR)
    client = world.client(stranger)
    shown = client.get("/pro/accords/").content.decode()
    assert ("Écrire un accord" in shown, button in shown) == (True, False)
    for path, values in (
        ("relire", {"version": 1, "next_review_on": "2030-01-01"}),
        ("terminer", {"last_day": "2028-01-01"}),
    ):
        answer = client.post(f"/pro/accords/{agreement.uid}/{path}/", values | {"acting_for": elsewhere.pk})
        assert answer.status_code == 403
    agreement.refresh_from_db()
    assert (agreement.version, agreement.valid_to) == (1, None)
