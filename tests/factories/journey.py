"""Rows of the journey for tests: Awa’s file at Bruno’s, a consent for Chloé’s organisation, a relay in a state."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import ConsentDraft, record_consent
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Consent, Episode, Relay
from ensemblier.kernel.actor import Actor
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SUMMARY = "Awa cherche une formation de soudeuse."
SHARED = frozenset({Category.IDENTITY, Category.PROJECT})


@dataclass
class Desk:
    """Two organisations and the people of the tests."""

    bruno: Actor
    chloe: Actor
    denis: Actor

    @property
    def recipient(self) -> int:
        """Chloé's organisation."""
        assert self.chloe.organisation_id is not None
        return self.chloe.organisation_id


def make_desk_of_two() -> Desk:
    """Bruno's organisation, Chloé's, and Denis's who has nothing to do with them."""
    return Desk(
        make_actor("Bruno", make_organisation("France Travail Gap")),
        make_actor("Chloé", make_organisation("Mission locale de Gap")),
        make_actor("Denis", make_organisation("Chambre de métiers")),
    )


def make_episode(desk: Desk, at: datetime = MONDAY) -> Episode:
    """Awa's accompaniment, led by Bruno."""
    return open_file(PersonDraft(given_name="Awa"), request="Devenir soudeuse", by=desk.bruno, at=at)


def make_consent(desk: Desk, episode: Episode, at: datetime = MONDAY, **fields: Any) -> Consent:
    """What Awa lets Chloé's organisation read, for six months."""
    given = {"categories": SHARED, "ends_at": at + timedelta(days=180), "text_version": "1", **fields}
    draft = ConsentDraft(person_uid=episode.person.uid, organisation_id=desk.recipient, **given)
    return record_consent(draft, by=PersonHerself(episode.person_id), at=at)


def make_draft(desk: Desk, episode: Episode, kind: RelayKind = RelayKind.TRANSFER, at: datetime = MONDAY) -> Relay:
    """A draft towards nobody yet."""
    draft = relays.RelayDraft(episode_uid=episode.uid, kind=kind, summary=SUMMARY, categories=SHARED)
    return relays.prepare_relay(draft, by=desk.bruno, at=at)


def order_for(relay: Relay, at: datetime, key: UUID | None = None) -> Order:
    """An order from the page as it is now."""
    relay.refresh_from_db()
    return Order(relay.uid, relay.version, key or uuid4(), at)


def send_by_awa(desk: Desk, relay: Relay, consent: Consent, at: datetime = MONDAY) -> None:
    """Awa chooses Chloé's organisation at once."""
    choice = relays.Choice(recipient=desk.recipient, consent_uid=consent.uid, text=SUMMARY, offered=(desk.recipient,))
    relays.send(order_for(relay, at), by=PersonHerself(relay.person_id), choice=choice)
    relay.refresh_from_db()


def make_sent(desk: Desk, kind: RelayKind = RelayKind.TRANSFER) -> Relay:
    """A relay that waits on Chloé's desk since Monday."""
    episode = make_episode(desk)
    relay = make_draft(desk, episode, kind)
    send_by_awa(desk, relay, make_consent(desk, episode))
    return relay
