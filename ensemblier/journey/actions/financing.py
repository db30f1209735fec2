"""Writing the financing of a training, by the person or by her adviser."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.guarded import Edit, change, keep, refuse
from ensemblier.journey.core import financing as core
from ensemblier.journey.models import CostLine, FundingLine, Person, PlanStep, TrainingProject
from ensemblier.journey.queries.own_file import Author, own_file
from ensemblier.journey.sql.once import once
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated

MAX_LINES = 40


@dataclass(frozen=True, slots=True)
class TrainingDraft:
    """What is typed of a training. `weeks`, `starts_on` None = not known; `step`: its step of the plan."""

    title: str
    provider: str = ""
    starts_on: date | None = None
    weeks: int | None = None
    step: UUID | None = None
    is_given_up: bool = False


@dataclass(frozen=True, slots=True)
class CostDraft:
    """What is typed of an expense; `cents` None = not known yet."""

    kind: core.CostKind
    label: str = ""
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class FundingDraft:
    """What is typed of a request to a funder; `cents` None = not known yet."""

    funding: core.Funding
    note: str = ""


def record_training(file: UUID, draft: TrainingDraft, *, by: Author, at: datetime, key: UUID | None = None) -> UUID:
    """Prepare the financing of a training. Raises NotFound, BadInput."""
    with own_file(file, by=by, at=at) as person:
        uid = once(key, f"training {person.pk}")
        if not TrainingProject.objects.filter(uid=uid, person=person).exists():
            row = TrainingProject.objects.create(uid=uid, person=person, **_training(person, draft))
            keep(row, {}, {"title": row.title}, Edit(by, at))
        return uid


def change_training(file: UUID, training: UUID, draft: TrainingDraft, edit: Edit) -> None:
    """Say a training otherwise, or give it up. Raises NotFound, BadInput, StaleVersion."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        change(_owned(TrainingProject, person, training), _training(person, draft), edit)


def record_cost(file: UUID, training: UUID, draft: CostDraft, edit: Edit, key: UUID | None = None) -> UUID:
    """Add an expense. Raises NotFound, BadInput."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        return _added(CostLine, person, training, _cost(draft), edit, key)


def change_cost(file: UUID, line: UUID, draft: CostDraft | None, edit: Edit) -> None:
    """Say an expense otherwise; None takes it out of the sum, and keeps it in history. Raises as above."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        row = _owned(CostLine, person, line)
        change(row, {"is_removed": True} if draft is None else _cost(draft) | {"is_removed": False}, edit)


def record_funding(file: UUID, training: UUID, draft: FundingDraft, edit: Edit, key: UUID | None = None) -> UUID:
    """Add a request to a funder. Raises NotFound, BadInput."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        return _added(FundingLine, person, training, _funding(draft), edit, key)


def change_funding(file: UUID, line: UUID, draft: FundingDraft | None, edit: Edit) -> None:
    """Say a request otherwise (asked, obtained, refused…); None takes it out. Raises as above."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        row = _owned(FundingLine, person, line)
        change(row, {"is_removed": True} if draft is None else _funding(draft) | {"is_removed": False}, edit)


def _owned(table: Any, person: Person, uid: UUID) -> Any:
    row = table.objects.filter(person=person, uid=uid).first()
    if row is None:
        raise NotFound("Cette ligne n’existe pas dans ce dossier.")
    return row


def _added(table: Any, person: Person, training: UUID, fields: dict[str, Any], edit: Edit, key: UUID | None) -> UUID:
    """A line of a training, once for each click."""
    project = _owned(TrainingProject, person, training)
    uid = once(key, f"{table.__name__} {person.pk}")
    if table.objects.filter(uid=uid, person=person).exists():
        return uid
    if table.objects.filter(training=project, is_removed=False).count() >= MAX_LINES:
        raise RuleViolated(
            "Un financement tient en %(max_lines)s lignes. Regroupez les petites dépenses.",
            values={"max_lines": MAX_LINES},
        )
    keep(table.objects.create(uid=uid, person=person, training=project, **fields), {}, fields_told(fields), edit)
    return uid


def fields_told(fields: dict[str, Any]) -> dict[str, Any]:
    """Columns as a history keeps them: dates in ISO form."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _training(person: Person, draft: TrainingDraft) -> dict[str, Any]:
    if not draft.title.strip():
        raise BadInput("Dites quelle formation.", field="title")
    step = PlanStep.objects.filter(person=person, uid=draft.step).first() if draft.step else None
    return {
        "title": draft.title.strip(),
        "provider": draft.provider.strip(),
        "starts_on": draft.starts_on,
        "weeks": draft.weeks,
        "step_id": step.pk if step else None,
        "is_given_up": draft.is_given_up,
    }


def _cost(draft: CostDraft) -> dict[str, Any]:
    if draft.kind is core.CostKind.OTHER and not draft.label.strip():
        raise BadInput("Dites quelle dépense.", field="label")
    return {"kind": draft.kind.value, "label": draft.label.strip(), "cents": draft.cents}


def _funding(draft: FundingDraft) -> dict[str, Any]:
    line = replace(draft.funding, name=draft.funding.name.strip())
    refuse(core.funding_faults(line))
    return {
        "funder": line.funder.value,
        "name": line.name,
        "state": line.state.value,
        "cents": line.cents,
        "ask_by": line.ask_by,
        "answer_by": line.answer_by,
        "note": draft.note.strip(),
    }
