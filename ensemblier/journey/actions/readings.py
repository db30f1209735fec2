"""Reading a situation with the shared grid. Optional: no page asks for it, nothing is computed from it."""

from datetime import datetime
from uuid import UUID

from ensemblier.journey.actions.rows import writing
from ensemblier.journey.core.readings import GRID_VERSION, ReadingDraft
from ensemblier.journey.models import Reading, ReadingStep
from ensemblier.journey.queries.opened import UNKNOWN_FILE
from ensemblier.journey.sql.once import once
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated


def read_situation(file: UUID, draft: ReadingDraft, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """Keep a reading. Raises NotFound, BadInput (nothing read), RuleViolated (health without her word)."""
    if not draft.steps:
        raise BadInput("Cochez au moins un cran, ou revenez au dossier.")
    if any(axis.is_sensitive for axis in draft.steps) and not draft.is_health_agreed:
        raise RuleViolated("La santé ne se note que si la personne est d’accord : cochez-le, ou videz cette ligne.")
    with writing(by, file, at) as person:
        uid = once(key, Reading._meta.label)
        if already := Reading.objects.filter(uid=uid).first():
            if already.person_id != person.pk:
                raise NotFound(UNKNOWN_FILE)
            return uid
        row = Reading.objects.create(
            uid=uid, person=person, author_id=by.user_id or 0, grid_version=GRID_VERSION, read_on=draft.read_on
        )
        ReadingStep.objects.bulk_create(
            ReadingStep(
                reading=row,
                person=person,
                axis=axis.value,
                step=step.value,
                words=draft.words.get(axis, "").strip(),
                is_sensitive=axis.is_sensitive,
            )
            for axis, step in draft.steps.items()
        )
        return uid
