"""Awa's file at Bruno's, Chloé's desk behind a door that is open to her, a colleague of Chloé's, an outsider."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import ConsentDraft
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.packets import Envelope
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Episode, Relay, StatusPeriod
from ensemblier.journey.queries.relays import relay_page
from ensemblier.kernel.actor import Actor
from ensemblier.routing.core.facts import Status
from tests.factories.accounts import make_actor
from tests.factories.directory import make_offer, make_organisation, make_site
from tests.factories.territory import GAP, make_commune

NAME, PHONE = "Awa Diallo", "+33600000001"


@dataclass(frozen=True)
class Desks:
    """Bruno (source), Chloé and Farid (recipient), Denis (outside), a partner without account, Awa."""

    bruno: Actor
    edith: Actor
    chloe: Actor
    farid: Actor
    denis: Actor
    mission: Organisation
    partner: Organisation
    episode: Episode

    def client(self, actor: Actor | None) -> Client:
        """A browser, signed in or not."""
        client = Client()
        if actor is not None:
            client.force_login(User.objects.get(pk=actor.user_id or 0))
        return client

    def draft(self, kind: RelayKind = RelayKind.REFERRAL, at: datetime | None = None, **more: Any) -> Relay:
        """A draft towards Chloé's organisation."""
        wanted = relays.RelayDraft(
            episode_uid=self.episode.uid,
            kind=kind,
            summary="Awa a un devis de formation.",
            envelope=Envelope("préparer une formation et son financement", "bassin de vie de Gap").stored,
            routing={"offered": [self.mission.pk], "chosen": self.mission.pk},
            words={Category.IDENTITY: "", Category.PROJECT: "Devenir soudeuse."},
            **more,
        )
        return relays.prepare_relay(wanted, by=self.bruno, at=at or timezone.now())

    def sent(self, kind: RelayKind = RelayKind.REFERRAL, to: Organisation | None = None, **more: Any) -> Relay:
        """A relay that waits on a desk, sent on paper."""
        at, goes_to = timezone.now() - timedelta(minutes=5), to or self.mission
        relay = self.draft(kind, at, **more)
        page = relay_page(relay.uid, by=self.bruno, at=at)
        choice = relays.Choice(goes_to.pk, None, proof="classeur 3", offered=(goes_to.pk,), read=page.fingerprint)
        consent = ConsentDraft(
            self.episode.person.uid, goes_to.pk, frozenset(page.categories), at + timedelta(days=180), "1",
            proof="classeur 3",
        )  # fmt: skip
        relays.send_on_paper(self.order(relay, at), by=self.bruno, choice=choice, consent=consent)
        relay.refresh_from_db()
        return relay

    def order(self, relay: Relay, at: datetime | None = None) -> Order:
        """From the page as it is now."""
        relay.refresh_from_db()
        return Order(relay.uid, relay.version, uuid4(), at or timezone.now())


def make_desks() -> Desks:
    """The rows."""
    make_commune(GAP)
    travail = make_organisation("France Travail Gap", network="france-travail")
    mission = make_organisation(network="mission-locale")
    make_offer(make_site(mission, name="Mission locale de Gap"))
    make_site(travail, name="Agence de Gap")
    partner = make_organisation("Épicerie solidaire de Gap")
    bruno, edith = make_actor("Bruno", travail), make_actor("Édith", travail)
    chloe, farid = make_actor("Chloé", mission), make_actor("Farid", mission)
    awa = PersonDraft("Awa", "Diallo", PHONE, commune_id=GAP.code, preferred_contact="sms", born=date(2003, 5, 4))
    episode = open_file(awa, request="Je voudrais devenir soudeuse.", by=bruno, at=timezone.now() - timedelta(days=2))
    StatusPeriod.objects.create(person=episode.person, status=Status.JOBSEEKER.value, valid_from=date(2026, 11, 2))
    denis = make_actor("Denis", make_organisation("Chambre de métiers"))
    return Desks(bruno, edith, chloe, farid, denis, mission, partner, episode)


@pytest.fixture
def desks(db: None) -> Desks:
    """The rows, in a transaction of the test."""
    return make_desks()
