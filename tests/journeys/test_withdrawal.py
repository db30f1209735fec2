"""A person withdraws in the middle: the adviser who had her name before her eyes reads nothing a click later."""

import pytest

from ensemblier.journey.models import Consent, Relay
from tests.journeys.conftest import Stage, click
from tests.web.relays.conftest import NAME

pytestmark = pytest.mark.browser


def test_a_person_withdraws_in_the_middle(stage: Stage) -> None:
    relay = stage.desks.sent()
    chloe = stage.adviser(stage.desks.chloe, "/relais/")
    click(chloe, "Prendre en main")
    assert NAME in chloe.content()
    stage.check(chloe, "recit-retrait-1-pris-en-main")

    awa = stage.awa()
    assert "Un accord sur papier a été noté" in awa.content()
    stage.check(awa, "recit-retrait-2-papier")
    click(awa, "Oui, c’est mon choix")
    awa.goto(f"{stage.origin}/mon-espace/partages/")
    stage.check(awa, "recit-retrait-3-ce-que-je-partage")
    click(awa, "Arrêter de partager")
    assert "ne lit plus rien de ce partage" in awa.content()
    stage.check(awa, "recit-retrait-4-arrete")

    chloe.goto(f"{stage.origin}/relais/{relay.uid}/")
    assert NAME not in chloe.content()
    assert "Devenir soudeuse" not in chloe.content()
    stage.check(chloe, "recit-retrait-5-vue-fermee")
    bruno = stage.adviser(stage.desks.bruno, f"/dossiers/{stage.desks.episode.person.uid}/relais/")
    assert "rrêté par la personne" in bruno.content()
    relay = Relay.objects.get(pk=relay.pk)
    assert relay.state == "withdrawn"
    assert Consent.objects.get().revoked_at is not None

    awa.goto(f"{stage.origin}/mon-espace/qui-a-regarde/")
    assert "Chloé" in awa.content()
    stage.check(awa, "recit-retrait-6-qui-a-regarde")
