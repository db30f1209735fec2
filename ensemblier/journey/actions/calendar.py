"""Writing the contracts and seasons of somebody, by the person or by her adviser."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.guarded import Edit, change, keep
from ensemblier.journey.core.calendar import Certainty
from ensemblier.journey.models import Activity
from ensemblier.journey.queries.own_file import Author, own_file
from ensemblier.journey.sql.once import once
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.routing.core.facts import Status


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """What is typed of a contract or a season. `ends_on`: last day worked, None = no end known."""

    label: str
    status: Status
    certainty: Certainty
    starts_on: date
    ends_on: date | None = None


def record_activity(file: UUID, draft: ActivityDraft, *, by: Author, at: datetime, key: UUID | None = None) -> UUID:
    """Add a contract, a promise or a usual season. Raises NotFound, BadInput."""
    with own_file(file, by=by, at=at) as person:
        uid = once(key, f"activity {person.pk}")
        if not Activity.objects.filter(uid=uid, person=person).exists():
            row = Activity.objects.create(uid=uid, person=person, **_fields(draft))
            keep(row, {}, {"label": row.label}, Edit(by, at))
        return uid


def change_activity(file: UUID, activity: UUID, draft: ActivityDraft | None, edit: Edit) -> None:
    """Say it otherwise; None takes it out of the year. Raises NotFound, BadInput, StaleVersion."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        row = Activity.objects.filter(person=person, uid=activity).first()
        if row is None:
            raise NotFound("Cette activité n’existe pas dans ce dossier.")
        change(row, {"is_removed": True} if draft is None else _fields(draft) | {"is_removed": False}, edit)


def _fields(draft: ActivityDraft) -> dict[str, Any]:
    if not draft.label.strip():
        raise BadInput("Dites quelle activité.", field="label")
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise BadInput("Le dernier jour vient après le premier.", field="ends_on")
    return {
        "label": draft.label.strip(),
        "status": draft.status.value,
        "certainty": draft.certainty.value,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
    }
