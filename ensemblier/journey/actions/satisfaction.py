"""The two answers of a person at the end of a relay."""

from datetime import datetime
from uuid import UUID

from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.satisfaction import Found, WentWell
from ensemblier.journey.core.states import FINAL, RelayState
from ensemblier.journey.models import Relay, RelayOpinion
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound, RuleViolated


def say_opinion(relay_uid: UUID, *, found: Found, went: WentWell, by: PersonHerself, at: datetime) -> None:
    """Keep her two answers; said again, the last word stands. Raises NotFound, RuleViolated while the relay is open."""
    with acting(by):
        relay = Relay.objects.filter(uid=relay_uid, person_id=by.person_id).first()
        if relay is None:
            raise NotFound("Ce relais n’existe pas.")
        if RelayState(relay.state) not in FINAL:
            raise RuleViolated("Ce relais n’est pas fini : votre avis vous sera demandé à la fin.")
        RelayOpinion.objects.update_or_create(
            relay=relay,
            defaults={"person_id": by.person_id, "found": found.value, "went": went.value, "at": at},
        )
        note(by, Act.SAY_OPINION, person_id=by.person_id, subject="relay", subject_uid=relay_uid, at=at)
