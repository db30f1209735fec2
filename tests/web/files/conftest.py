"""Bruno and Awa’s file; Chloé advises elsewhere, Denis acts for nobody."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from ensemblier.accounts.models import User
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Episode, Person
from ensemblier.kernel.actor import Actor
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation
from tests.factories.journey import MONDAY
from tests.factories.territory import GAP, make_commune

OPENED = MONDAY - timedelta(days=21)
"""Before today, whatever today is."""


@dataclass(frozen=True)
class Files:
    """Two operators, a colleague of Bruno's (Édith), an outsider, and Awa's file."""

    bruno: Actor
    edith: Actor
    chloe: Actor
    denis: Actor
    episode: Episode

    @property
    def person(self) -> Person:
        """Awa, as Bruno's organisation knows her."""
        return self.episode.person

    @property
    def path(self) -> str:
        """The address of her file."""
        return f"/dossiers/{self.person.uid}/"

    def client(self, actor: Actor | None = None) -> Client:
        """A browser, signed in or not."""
        client = Client()
        if actor is not None:
            client.force_login(User.objects.get(pk=actor.user_id or 0))
        return client


def make_files() -> Files:
    """The rows."""
    make_commune(GAP)
    here, there = make_organisation("France Travail Gap"), make_organisation("Mission locale de Gap")
    bruno, edith = make_actor("Bruno", here), make_actor("Édith", here)
    chloe, denis = make_actor("Chloé", there), make_actor("Denis", None)
    awa = PersonDraft(given_name="Awa", family_name="Diallo", phone="+33600000001", commune_id=GAP.code)
    episode = open_file(awa, request="Je voudrais devenir soudeuse, sans partir d’ici.", by=bruno, at=OPENED)
    return Files(bruno, edith, chloe, denis, episode)


@pytest.fixture
def files(db: None) -> Files:
    """The rows, in a transaction of the test."""
    return make_files()
