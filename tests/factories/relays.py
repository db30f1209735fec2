"""A draft relay and a request of the guichet's queue, for whoever advises on a file."""

from uuid import UUID

from ensemblier.journey.actions.queue import QueueRequest, ask_guichet
from ensemblier.journey.actions.relays import RelayDraft, prepare_relay
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Episode, Person
from ensemblier.kernel.actor import Actor
from tests.factories.journey import MONDAY


def make_relays(person: Person, by: Actor) -> dict[str, UUID]:
    """One of each, by the name that the access matrix gives it."""
    episode = Episode.objects.get(person=person)
    words = {Category.IDENTITY: ""}
    draft = RelayDraft(episode_uid=episode.uid, kind=RelayKind.REFERRAL, summary="Un devis.", words=words)
    return {
        "relay": prepare_relay(draft, by=by, at=MONDAY).uid,
        "queued": ask_guichet(QueueRequest("Un logement pour la saison"), by=by, at=MONDAY),
    }
