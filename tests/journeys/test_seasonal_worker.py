"""A seasonal worker changes status and is handed over: the lead moves at the first meeting, and she sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from ensemblier.journey.actions import relays
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Lead, Person, Relay
from ensemblier.journey.queries.links import files_of_account
from tests.factories.person_space import WORDS
from tests.journeys.conftest import Stage, click
from tests.web.relays.conftest import NAME

pytestmark = pytest.mark.browser


def test_a_seasonal_worker_changes_status_and_is_handed_over(stage: Stage) -> None:
    relay = prepared(stage)
    awa = stage.awa()
    choose_and_send(stage, awa)

    chloe = stage.adviser(stage.desks.chloe, "/relais/")
    assert NAME not in chloe.content()
    click(chloe, "Prendre en main")
    assert NAME in chloe.content()
    assert "Contrat saisonnier" in chloe.content()
    click(chloe, "Accepter et proposer ce rendez-vous")
    stage.check(chloe, "recit-saison-2-accepte")
    awa.reload()
    assert "vous propose un rendez-vous" in awa.content()
    stage.check(awa, "recit-saison-3-rendez-vous")
    assert lead_of(relay) == "Bruno", "the lead waits for the first meeting"

    click(chloe, "Noter le rendez-vous")
    assert lead_of(relay) == "Chloé"
    stage.check(chloe, "recit-saison-4-premier-rendez-vous")
    awa.goto(f"{stage.origin}/mon-espace/personnes/")
    assert "Chloé" in awa.content()
    assert "vous accompagne" in awa.content()
    stage.check(awa, "recit-saison-5-mes-personnes")
    theirs = Person.objects.get(brought_by=relay)
    assert theirs.uid in {file.person_uid for file in files_of_account(stage.account.id)}, (
        "her new file joins her space"
    )

    bruno = stage.adviser(stage.desks.bruno, f"/dossiers/{stage.desks.episode.person.uid}/")
    assert NAME not in bruno.content(), "the former adviser keeps a status, not the file"
    chloe.get_by_label("l’accompagnement a commencé").check()
    click(chloe, "Terminer")
    awa.goto(f"{stage.origin}/mon-espace/")
    click(awa, "Répondre aux deux questions", "link")
    awa.get_by_label("Oui").check()
    awa.get_by_label("Bien").check()
    stage.check(awa, "recit-saison-6-deux-questions")
    click(awa, "Répondre")
    assert "Merci" in awa.content()


def choose_and_send(stage: Stage, awa: Page) -> None:
    """Awa chooses the Mission locale, ticks three lines, and sends."""
    click(awa, "Relire et décider", "link")
    awa.get_by_label("Mission locale").first.check()
    click(awa, "Continuer")
    for line in ("mon nom et le moyen de me joindre", "ma situation", "mes compétences et mon projet"):
        awa.get_by_label(line).check()
    click(awa, "Je suis d’accord")
    stage.check(awa, "recit-saison-1-envoye")


def prepared(stage: Stage) -> Relay:
    """A transfer that Bruno proposes before the contract of the winter begins."""
    desks, at = stage.desks, timezone.now() - timedelta(minutes=20)
    draft = relays.RelayDraft(
        episode_uid=desks.episode.uid,
        kind=RelayKind.TRANSFER,
        summary="Contrat saisonnier aux Orres dès le 12 décembre : la Mission locale suivra la formation.",
        envelope={"need": "continuer l’accompagnement après un changement de situation", "place": "bassin de Gap"},
        words=WORDS,
        routing={"offered": [desks.mission.pk]},
    )
    relay = relays.prepare_relay(draft, by=desks.bruno, at=at)
    relays.propose(desks.order(relay, at), by=desks.bruno, offered=[desks.mission.pk])
    return relay


def lead_of(relay: Relay) -> str:
    """Who leads the accompaniment of this relay now."""
    return Lead.objects.filter(episode=relay.episode).order_by("-since").select_related("adviser")[0].adviser.name
