"""The "Journal" tab as its readers have it: own lines, the desk's for a team lead, freezing and erasing by two."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.access import Term, substitute
from ensemblier.journey.models import FileHold, PlannedErasure
from ensemblier.journey.queries.files import file_head
from ensemblier.kernel.actor import Actor
from tests.factories.accounts import make_actor
from tests.factories.journey import Desk, make_desk_of_two, make_episode

pytestmark = pytest.mark.django_db


def browser(actor: Actor) -> Client:
    """Signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id or 0))
    return client


def lead_with_the_file(desk: Desk, uid: UUID) -> Actor:
    """A team lead of Bruno's organisation who opened the file with a written reason."""
    organisation = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    lead = make_actor("Léa", organisation, Role.TEAM_LEAD, Role.ADVISER)
    now = timezone.now()
    substitute(uid, by=lead, term=Term(now, now + timedelta(days=9), "Contrôle interne"))
    return lead


def test_an_adviser_reads_her_own_lines_and_a_team_lead_those_of_the_desk() -> None:
    desk = make_desk_of_two()
    uid = make_episode(desk).person.uid
    lead = lead_with_the_file(desk, uid)
    file_head(actor=lead, uid=uid, on=timezone.localdate())
    his = browser(desk.bruno).get(f"/dossiers/{uid}/journal/").content.decode()
    lines = his.split('id="lignes"')[1]
    assert "<strong>Bruno</strong>" in lines and "<strong>Léa</strong>" not in lines
    assert "Contrôle interne" in his and "Geler ce dossier" not in his, "qui ouvre le dossier, et pourquoi, se voit"
    hers = browser(lead).get(f"/dossiers/{uid}/journal/").content.decode()
    lines = hers.split('id="lignes"')[1]
    assert "<strong>Bruno</strong>" in lines and "<strong>Léa</strong>" in lines and "Geler ce dossier" in hers
    for other in (desk.chloe, desk.denis):
        assert browser(other).get(f"/dossiers/{uid}/journal/").status_code == 404


def test_freezing_and_erasing_through_the_pages_take_the_right_people() -> None:
    desk = make_desk_of_two()
    uid = make_episode(desk).person.uid
    lead = lead_with_the_file(desk, uid)
    bruno, lea = browser(desk.bruno), browser(lead)
    org, path = {"acting_for": str(lead.organisation_id)}, f"/dossiers/{uid}/journal/"
    freezing = {"reason": "litigation", "why": "Recours du 3", "until": str(timezone.localdate() + timedelta(days=30))}
    assert bruno.post(f"{path}geler/", freezing | org).status_code == 403 and not FileHold.objects.exists()
    assert lea.post(f"{path}geler/", freezing | org).status_code == 302
    assert "Dossier gelé" in bruno.get(path).content.decode()
    refused = bruno.post(f"/dossiers/{uid}/besoins/ajouter/", {"theme": "housing", "state": "open"} | org)
    assert "gelé" in refused.content.decode() and refused.status_code in (400, 409)
    assert bruno.post(f"{path}effacer/", {"why": "Lettre"} | org).status_code == 400, "un dossier gelé ne s’efface pas"
    FileHold.objects.all().delete()
    assert bruno.post(f"{path}effacer/", {"why": "Lettre du 3"} | org).status_code == 302
    planned = PlannedErasure.objects.get()
    named = {"erasure": str(planned.uid)} | org
    assert bruno.post(f"{path}decider/confirmer/", named).status_code == 403
    assert "Confirmer l’effacement" in lea.get(path).content.decode()
    assert lea.post(f"{path}decider/confirmer/", named).status_code == 302
    planned.refresh_from_db()
    assert planned.due_at is not None and planned.confirmed_by_id == lead.user_id
    assert "s’efface le" in bruno.get(path).content.decode()
    assert bruno.post(f"{path}decider/abandonner/", named).status_code == 302
    planned.refresh_from_db()
    assert planned.cancelled_at is not None
