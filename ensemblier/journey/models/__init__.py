"""Tables of the app; Django finds them here."""

from ensemblier.journey.models.consent_texts import ConsentReading
from ensemblier.journey.models.consents import Consent
from ensemblier.journey.models.episodes import Episode, EpisodeLevel, Lead, StatusPeriod
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.relays import RefusedMove, Relay, RelayEvent
from ensemblier.journey.models.rights import PaperAnswer, RightsRequest
from ensemblier.journey.models.satisfaction import RelayOpinion

__all__ = [
    "Consent",
    "ConsentReading",
    "Episode",
    "EpisodeLevel",
    "Lead",
    "PaperAnswer",
    "Person",
    "RefusedMove",
    "Relay",
    "RelayEvent",
    "RelayOpinion",
    "RightsRequest",
    "StatusPeriod",
]
