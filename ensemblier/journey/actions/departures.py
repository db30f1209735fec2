"""Somebody leaves an organisation: every accompaniment that she leads there passes to a colleague who is named."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership
from ensemblier.journey.core.journal import Act
from ensemblier.journey.sql import departures
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, RuleViolated
from ensemblier.kernel.orm.models import valid_on

HANDING = frozenset({Role.ACCOUNT_MANAGER.value, Role.TEAM_LEAD.value})


@dataclass(frozen=True, slots=True)
class Handover:
    """Who leaves, and who takes over: two accounts of one organisation."""

    from_id: int
    to_id: int


def hand_everything_over(handover: Handover, *, by: Actor, at: datetime) -> int:
    """All that somebody leads in the actor's organisation passes to the colleague; returns how many accompaniments.

    By herself, her team lead or who manages the accounts, who reads nothing by it: the database makes the
    move, and the journal of each file says who asked. Her other accesses end. Raises NotAllowed, RuleViolated (the
    colleague does not advise there; nobody to herself).
    """
    number = by.organisation_id
    if number is None or (by.user_id != handover.from_id and not by.roles & HANDING):
        raise NotAllowed("Seules cette personne et la personne référente de l'équipe passent ses dossiers.")
    _check_colleague(handover, number, at)
    try:
        with acting(by):
            handed = departures.hand_over(handover.from_id, handover.to_id, at)
            for episode_uid, person_id in handed:
                note(by, Act.GRANT_ACCESS, person_id=person_id, subject="episode", subject_uid=episode_uid, at=at)
    except IntegrityError as error:
        raise RuleViolated(
            "Cet accompagnement est clos, ou son référent vient de changer : relisez le dossier."
        ) from error
    return len(handed)


def _check_colleague(handover: Handover, organisation_id: int, at: datetime) -> None:
    if handover.from_id == handover.to_id:
        raise RuleViolated("Choisissez une autre personne pour reprendre les dossiers.", field="colleague")
    advises = Membership.objects.filter(
        valid_on(at.date()), user_id=handover.to_id, organisation_id=organisation_id, role=Role.ADVISER.value,
        user__is_active=True,
    )  # fmt: skip
    if not advises.exists():
        raise RuleViolated("Cette personne n'est pas conseillère dans votre structure.", field="colleague")
