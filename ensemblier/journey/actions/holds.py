"""Freezing a file for a dispute or an archivist's visa: read only, never erased, until a day that is always given."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.retention import HoldReason
from ensemblier.journey.models import FileHold
from ensemblier.journey.queries.opened import opened
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """Why a file must be neither written nor erased, and until when."""

    reason: HoldReason
    why: str
    until: datetime


def freeze_file(uid: UUID, draft: HoldDraft, *, by: Actor, at: datetime) -> None:
    """Freeze a file that a team lead opens. Raises NotFound, NotAllowed, BadInput (no end, or no reason)."""
    _check_lead(by)
    if not draft.why.strip():
        raise BadInput("Dites pourquoi : la personne lira cette phrase.", field="why")
    if draft.until <= at:
        raise BadInput("Dites jusqu’à quand : un gel a toujours une fin, à venir.", field="until")
    with acting(by):
        person = opened(by, uid)
        FileHold.objects.create(
            person=person,
            organisation_id=person.organisation_id,
            owner_id=by.user_id or 0,
            reason=draft.reason.value,
            why=draft.why.strip()[:300],
            since=at,
            until=draft.until,
        )
        note(by, Act.FREEZE_FILE, person_id=person.pk, subject="person", subject_uid=uid, at=at)


def lift_freeze(uid: UUID, *, by: Actor, at: datetime) -> None:
    """End every freezing of a file now. Raises NotFound (file, or nothing frozen), NotAllowed."""
    _check_lead(by)
    with acting(by):
        person = opened(by, uid)
        if not FileHold.objects.filter(person=person, since__lt=at, until__gt=at).update(until=at):
            raise NotFound("Ce dossier n’est pas gelé.")
        note(by, Act.UNFREEZE_FILE, person_id=person.pk, subject="person", subject_uid=uid, at=at)


def _check_lead(by: Actor) -> None:
    if Role.TEAM_LEAD not in by.roles or by.user_id is None or by.organisation_id is None:
        raise NotAllowed("Seul un référent d’équipe gèle un dossier, ou lève le gel.")
