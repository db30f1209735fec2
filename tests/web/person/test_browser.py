"""Every page of the space in Chromium: axe, 320 to 1280 px, pictures; and choosing without JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import ConsentDraft, record_consent
from ensemblier.journey.actions.links import invite
from ensemblier.journey.actions.links_sent import make_stop_link
from ensemblier.journey.actions.rights import RequestDraft, ask
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.rights import RequestKind
from ensemblier.journey.core.states import Outcome
from ensemblier.journey.models import Consent, Relay
from ensemblier.journey.queries.links import files_of_account
from tests.factories.journey import order_for
from tests.factories.person_space import Space, make_proposed, make_sent_by_awa, make_space
from tests.web.conftest import CheckPage, OpenPage

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]


@pytest.fixture
def awa(open_page: OpenPage, live_server: Any, transactional_db: None) -> tuple[Space, Page]:
    """Awa's space, and her browser in it."""
    space = make_space()
    page = open_page("/", wait=False)
    name = settings.PERSON_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": space.client().cookies[name].value, "url": live_server.url}])
    return space, page


def test_she_chooses_a_door_ticks_and_sends_without_javascript(awa: tuple[Space, Page], check_page: CheckPage) -> None:
    space, page = awa
    make_proposed(space)
    page.goto("/mon-espace/")
    page.get_by_role("link", name="Relire et décider").first.click()
    page.get_by_label("Mission locale de Gap").check()
    page.get_by_role("button", name="Continuer").click()
    assert page.locator("input[type=checkbox]:checked").count() == 0
    page.get_by_role("button", name="Je suis d’accord").click()
    assert "Cochez au moins une chose" in page.content()
    page.get_by_label("mon nom et le moyen de me joindre").check()
    page.get_by_role("button", name="Je suis d’accord").click()
    assert "C’est envoyé" in page.content()
    assert Consent.objects.get().categories == ["identity"]


def filled(space: Space) -> None:
    """Something on every page: a choice to make, a relay accepted, one completed, a paper, a request, readers."""
    make_proposed(space)
    for wish in ("accept", "complete"):
        relay = make_sent_by_awa(space)
        at = space.at + timedelta(hours=1)
        order = order_for(relay, at)
        relays.accept(order, by=space.desk.chloe, appointment_at=at + timedelta(days=9))
        if wish == "complete":
            relays.meet(order_for(relay, at + HOUR), by=space.desk.chloe, met_at=at + HOUR / 2)
            relays.complete(order_for(relay, at + 2 * HOUR), by=space.desk.chloe, outcome=Outcome.ANSWERED)
    draft = ConsentDraft(
        space.episode.person.uid,
        space.desk.denis.organisation_id or 0,
        frozenset({Category.IDENTITY}),
        timezone.now() + timedelta(days=90),
        "relay-1-fr-full",
        proof="Classeur 3",
    )
    record_consent(draft, by=space.desk.bruno, at=timezone.now())
    ask(RequestDraft(RequestKind.ACCESS_LOG, "Qui est Denis ?"), by=space.herself, at=timezone.now())


PAGES = {
    "accueil": "/mon-espace/",
    "personnes": "/mon-espace/personnes/",
    "relais": "/mon-espace/relais/",
    "partages": "/mon-espace/partages/",
    "qui-a-regarde": "/mon-espace/qui-a-regarde/",
    "demandes": "/mon-espace/demandes/",
    "ouvert": "/mon-espace/ouvert/",
    "donnees": "/mon-espace/donnees/",
    "tout-lire": "/mon-espace/donnees/lire/",
    "dossiers": "/mon-espace/dossiers/",
    "accords": "/mon-espace/accords/",
    "decisions": "/mon-espace/decisions/",
}


def test_every_page_is_right_on_a_phone_and_on_a_desk(awa: tuple[Space, Page], check_page: CheckPage) -> None:
    space, page = awa
    filled(space)
    waiting = Relay.objects.get(state="awaiting_person")
    over = Relay.objects.get(state="completed")
    consent = Consent.objects.order_by("pk").first()
    assert consent is not None
    link_uid = files_of_account(space.account.id)[0].link_uid
    invitation = invite(space.episode.person.uid, by=space.desk.bruno, at=timezone.now())
    going_on = Consent.objects.get(relays__state="accepted")
    more = {
        "prolonger": f"/mon-espace/partages/{going_on.uid}/prolonger/",
        "choisir": f"/mon-espace/relais/{waiting.uid}/",
        "decider": f"/mon-espace/relais/{waiting.uid}/decider/?porte=1",
        "decider-facile": f"/mon-espace/relais/{waiting.uid}/decider/?porte=1&facile=1",
        "aucune": f"/mon-espace/relais/{waiting.uid}/arreter/",
        "relais-fini": f"/mon-espace/relais/{over.uid}/",
        "avis": f"/mon-espace/relais/{over.uid}/avis/",
        "texte": f"/mon-espace/partages/{consent.uid}/",
        "delier": f"/mon-espace/dossiers/{link_uid}/delier/",
        "relier": f"/mon-espace/dossiers/relier/{invitation.token}/",
        "arreter-lien": f"/arreter/{make_stop_link(consent.uid, at=timezone.now())}/",
    }
    for name, path in (PAGES | more).items():
        page.goto(path)
        check_page(page, f"espace-{name}")
