"""The page of open loops: counts, telephone numbers and structures; no person, and only for who coordinates."""

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Person, Relay
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation
from tests.factories.journey import make_desk_of_two, make_sent
from tests.factories.territory import GAP, make_commune

pytestmark = pytest.mark.django_db


def browser(actor_id: int | None) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor_id or 0))
    return client


def test_a_coordinator_reads_counts_and_whom_to_call(client: Client) -> None:
    make_commune(GAP)
    desk = make_desk_of_two()
    for _ in range(6):
        make_sent(desk, RelayKind.REFERRAL)
    Person.objects.update(commune=GAP.code)
    Organisation.objects.filter(pk=desk.recipient).update(phone="+33492000077")
    gone = Relay.objects.order_by("pk").first()
    assert gone is not None
    Relay.objects.filter(pk=gone.pk).update(state="expired", ended_at=timezone.now(), due_on=None)
    lea = make_actor("Léa", make_organisation("Cellule"), Role.COORDINATOR)
    response = browser(lea.user_id).get("/relais/boucles/")
    text = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert "Mission locale de Gap" in text and "04 92 00 00 77" in text.replace("\xa0", " ")
    assert "moins de" in text and "trop peu pour le dire" in text
    assert "Awa" not in text and str(gone.uid) not in text
    for other in (desk.bruno, desk.chloe, desk.denis):
        assert browser(other.user_id).get("/relais/boucles/").status_code == 403
    assert client.get("/relais/boucles/").status_code == 302
