"""What the tests of the directory's pages look at: two operators and a partner, people with and without an account."""

from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import Contact, Organisation, Permanence, Site
from tests.factories.accounts import make_member, make_user
from tests.factories.directory import (
    make_contact,
    make_desk,
    make_offer,
    make_organisation,
    make_permanence,
    make_site,
)
from tests.factories.territory import BRIANCON, GAP, make_commune


@dataclass(frozen=True)
class World:
    """Bruno keeps the Mission locale's rows, Chloé advises at France Travail, Denis acts for nobody."""

    mission: Organisation
    travail: Organisation
    site: Site
    contact: Contact
    permanence: Permanence
    bruno: User
    chloe: User
    denis: User

    def client(self, user: User | None = None) -> Client:
        """A browser, signed in or not (Awa)."""
        client = Client()
        if user is not None:
            client.force_login(user)
        return client


def make_world() -> World:
    """The rows, in a transaction of the test."""
    make_commune(GAP)
    make_commune(BRIANCON)
    make_desk()
    mission = make_organisation(network="mission-locale")
    travail = make_organisation("France Travail Gap", network="france-travail")
    site = make_site(mission, name="Mission locale de Gap")
    make_site(travail, BRIANCON, name="Agence de Briançon")
    make_offer(site)
    contact = make_contact(mission, "Nadia Martin", site=site)
    permanence = make_permanence(travail, site)
    bruno, chloe, denis = make_user("Bruno"), make_user("Chloé"), make_user("Denis")
    make_member(bruno, mission, Role.DIRECTORY_EDITOR)
    make_member(chloe, travail, Role.ADVISER)
    return World(mission, travail, site, contact, permanence, bruno, chloe, denis)


def queries_of(client: Client, path: str) -> int:
    """How many queries the page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
