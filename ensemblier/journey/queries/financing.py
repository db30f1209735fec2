"""Reads: what each training costs, who was asked, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch

from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.financing import Balance, Cost, DeadlineAlert, Funding, alerts, balance
from ensemblier.journey.models import CostLine, FundingLine, Person, TrainingProject
from ensemblier.journey.queries.own_file import Author, reading
from ensemblier.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class CostView:
    """An expense and the version of its row."""

    uid: UUID
    version: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class FundingView:
    """A request and the version of its row."""

    uid: UUID
    version: int
    funding: Funding
    note: str


@dataclass(frozen=True, slots=True)
class TrainingView:
    """A training, its lines, and the whole. `step`: the step of the plan it belongs to."""

    uid: UUID
    version: int
    title: str
    provider: str
    starts_on: date | None
    weeks: int | None
    step: UUID | None
    is_given_up: bool
    costs: tuple[CostView, ...]
    fundings: tuple[FundingView, ...]
    balance: Balance
    alerts: tuple[DeadlineAlert, ...]


def read_financing(file: UUID, *, by: Author, at: datetime, on: date) -> tuple[TrainingView, ...]:
    """Every training of a file, those given up last. Raises NotFound."""
    with reading(file, by=by, at=at, needs=Category.PROJECT) as person:
        return trainings_of(person, on)


def trainings_of(person: Person, on: date) -> tuple[TrainingView, ...]:
    """The trainings of a person already opened."""
    kept = {"is_removed": False}
    rows = (
        TrainingProject.objects.filter(person=person)
        .select_related("step")
        .prefetch_related(
            Prefetch("costs", CostLine.objects.filter(**kept).order_by("pk")),
            Prefetch("fundings", FundingLine.objects.filter(**kept).order_by("pk")),
        )
        .order_by("is_given_up", "pk")
    )
    return tuple(_view(row, on) for row in rows)


def read_training(file: UUID, training: UUID, *, by: Author, at: datetime, on: date) -> TrainingView:
    """One training. Raises NotFound when it is not of this file."""
    return _found(read_financing(file, by=by, at=at, on=on), training)


def _found(views: Iterable[TrainingView], uid: UUID) -> TrainingView:
    found = next((view for view in views if view.uid == uid), None)
    if found is None:
        raise NotFound("Cette formation n’existe pas dans ce dossier.")
    return found


def _view(row: TrainingProject, on: date) -> TrainingView:
    costs = tuple(CostView(line.uid, line.version, line.value) for line in row.costs.all())
    fundings = tuple(FundingView(line.uid, line.version, line.value, line.note) for line in row.fundings.all())
    lines = [view.funding for view in fundings]
    return TrainingView(
        uid=row.uid,
        version=row.version,
        title=row.title,
        provider=row.provider,
        starts_on=row.starts_on,
        weeks=row.weeks,
        step=row.step.uid if row.step else None,
        is_given_up=row.is_given_up,
        costs=costs,
        fundings=fundings,
        balance=balance([view.cost for view in costs], lines),
        alerts=alerts(lines, on),
    )
