"""The arrival kit: a new colleague finds the meetings of the territory and the shared tools."""

import pytest
from django.test import Client

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from tests.factories.animation import in_a_week, make_event, make_lea
from tests.factories.directory import make_organisation, make_site
from tests.factories.library import make_resource
from tests.factories.territory import GAP, make_commune

pytestmark = pytest.mark.django_db


def test_a_new_colleague_finds_the_meetings_of_the_territory_and_the_shared_tools() -> None:
    lea = make_lea()
    make_event(lea, title="Café des accueils", **in_a_week())
    make_resource(make_organisation("Maison de l’emploi"), "Grille de premier accueil", kind="tool")
    make_resource(make_organisation("Céreq"), "Étude nationale", kind="publication")
    client = Client()
    client.force_login(User.objects.get(name="Léa"))
    before = client.get("/bienvenue/").content.decode()
    assert "Grille de premier accueil" in before and "Étude nationale" not in before
    assert "Café des accueils" not in before, "her structure has no place yet: no territory is hers"
    make_commune(GAP)
    make_site(Organisation.objects.get(name="Cité des métiers", pk=lea.organisation_id or 0), GAP)
    assert "Café des accueils" in client.get("/bienvenue/").content.decode()
