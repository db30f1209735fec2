"""Tables of the app; Django finds them here."""

from ensemblier.journey.models.consents import Consent
from ensemblier.journey.models.episodes import Episode, EpisodeLevel, Lead, StatusPeriod
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.relays import RefusedMove, Relay, RelayEvent

__all__ = [
    "Consent",
    "Episode",
    "EpisodeLevel",
    "Lead",
    "Person",
    "RefusedMove",
    "Relay",
    "RelayEvent",
    "StatusPeriod",
]
