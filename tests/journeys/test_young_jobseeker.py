"""A young jobseeker chooses between two doors, says no to one line, and sends herself."""

import pytest

from ensemblier.journey.models import Consent, Relay
from tests.journeys.conftest import Stage, click
from tests.web.relays.conftest import NAME

pytestmark = pytest.mark.browser


def test_a_young_jobseeker_chooses_between_two_doors(stage: Stage) -> None:
    bruno = stage.adviser(stage.desks.bruno, f"/dossiers/{stage.desks.episode.person.uid}/relais/")
    click(bruno, "Préparer un relais", "link")
    bruno.get_by_label("Elle choisira elle-même").check()
    bruno.locator("input[name=kind][value=referral]").check()
    bruno.get_by_label("Le besoin").select_option("training")
    bruno.get_by_label("Où on en est").fill("Un devis de formation est fait, la Région répond en janvier.")
    bruno.get_by_label("Partager : situation").check()
    bruno.get_by_label("Partager : compétences et projet").check()
    click(bruno, "Relire avec la personne")
    bruno.get_by_label("Elle-même").check()
    click(bruno, "Envoyer avec son accord")
    relay = Relay.objects.get()
    assert relay.state == "awaiting_person"

    awa = stage.awa()
    stage.check(awa, "recit-jeune-1-accueil")
    click(awa, "Relire et décider", "link")
    doors = awa.locator("input[name=porte]")
    assert doors.count() == 3, "two doors, and none of these"
    assert awa.locator("input:checked").count() == 0
    stage.check(awa, "recit-jeune-2-deux-portes")
    awa.get_by_label("Antenne jeunes de Gap").check()
    click(awa, "Continuer")
    assert awa.locator("input:checked").count() == 0, "nothing is ticked beforehand"
    awa.get_by_label("mon nom et le moyen de me joindre").check()
    awa.get_by_label("mes compétences et mon projet").check()
    stage.check(awa, "recit-jeune-3-accord")
    click(awa, "Je suis d’accord")
    assert "C’est envoyé" in awa.content()
    stage.check(awa, "recit-jeune-4-envoye")
    relay.refresh_from_db()
    assert (relay.state, sorted(relay.categories)) == ("sent", ["identity", "project"])
    assert relay.sent == relay.shown
    assert Consent.objects.get().organisation.name == "Antenne jeunes de Gap"

    chloe = stage.adviser(stage.desks.chloe, "/relais/")
    assert NAME not in chloe.content(), "the door that she did not choose learns nothing"
    bruno.goto(f"{stage.origin}/dossiers/{stage.desks.episode.person.uid}/relais/")
    assert "Antenne jeunes" in bruno.content()
