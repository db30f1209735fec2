"""Opening and changing what has a page: cells, shared problems, groups, conventions, experiments…"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ensemblier.animation.actions.checked import Values, audit, changed, resolved, written
from ensemblier.animation.core.access import check_keeper, check_writer
from ensemblier.animation.core.heads import HeadKind
from ensemblier.animation.core.kinds import GroupRole
from ensemblier.animation.core.seasonal import ACTIONS, INDICATORS, SEASONAL
from ensemblier.animation.models import (
    Cell,
    CellCarrier,
    Problem,
    ProblemAction,
    ProblemIndicator,
    ProblemPartner,
    WorkingGroup,
    WorkingGroupMember,
)
from ensemblier.animation.models.bases import Head
from ensemblier.animation.queries.keepers import HEADS, head_row, keepers_of
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.territory.actions.perimeters import NewPerimeter, record_perimeter
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.models import Perimeter


@dataclass(frozen=True, slots=True)
class Ground:
    """Where it holds: the communes of a territory, under its name; or the perimeter of a cell, which comes first."""

    name: str
    communes: frozenset[str]
    cell: UUID | None = None


@transaction.atomic
def open_head(kind: HeadKind, ground: Ground, values: Values, *, by: Actor, at: datetime, key: UUID) -> UUID:
    """Open a page, kept by the organisation of the actor; the same click twice opens one. Returns its public key.

    A cell gets its organisation as a carrier, a group as its animator, a problem as its pilot.
    Raises NotAllowed, NotFound (cell), BadInput.
    """
    table = HEADS[kind]
    if table._default_manager.filter(uid=key, holder_id=check_writer(by)).exists():
        return key
    holder = Organisation.objects.get(pk=check_writer(by))
    cell = _cell(ground.cell)
    columns = resolved(table, values)
    if any(field.name == "cell" for field in table._meta.concrete_fields):
        columns["cell"] = cell
    perimeter = cell.perimeter if cell else _drawn(kind, ground, holder, columns.get("started_on"), by)
    row = written(table(uid=key, holder=holder, perimeter=perimeter, created_at=at, **columns))
    _begin(row, holder)
    audit(by, row, "open", values)
    return row.uid


def _cell(uid: UUID | None) -> Cell | None:
    if uid is None:
        return None
    cell = Cell.objects.select_related("perimeter").filter(uid=uid).first()
    if cell is None:
        raise NotFound("Cette cellule n’existe pas.", field="cell")
    return cell


def _drawn(kind: HeadKind, ground: Ground, holder: Organisation, since: date | None, by: Actor) -> Perimeter:
    """The perimeter of what has no cell: drawn once for the organisation and the territory; a cell has its own."""
    is_cell = kind is HeadKind.CELL
    new = NewPerimeter(
        name=ground.name[:200],
        holder_label=holder.name[:200],
        purpose=PerimeterPurpose.CELL if is_cell else PerimeterPurpose.OTHER,
        communes=ground.communes,
        valid_from=since if is_cell else None,
        holder_uid=holder.uid,
    )
    return Perimeter.objects.get(uid=record_perimeter(new, actor=by))


def _begin(row: Head, holder: Organisation) -> None:
    """The rows without which a page makes no sense."""
    if isinstance(row, Cell):
        CellCarrier.objects.create(cell=row, organisation=holder, since=row.started_on)
    elif isinstance(row, WorkingGroup):
        animator = GroupRole.ANIMATOR.value
        WorkingGroupMember.objects.create(group=row, organisation=holder, role=animator, since=row.started_on)
    elif isinstance(row, Problem):
        ProblemPartner.objects.create(problem=row, organisation=holder, is_pilot=True, since=row.started_on)
        if row.template == SEASONAL:
            _fill(row)


def _fill(problem: Problem) -> None:
    """The actions of the seasonal template, with its roles and the days of this year; everything can be changed."""
    started = problem.started_on
    for action in ACTIONS:
        since, until = action.days(started) if started else (None, None)
        ProblemAction.objects.create(
            problem=problem, kind=action.kind.value, words=action.words, role=action.role, since=since, until=until
        )
    for label, unit in INDICATORS:
        ProblemIndicator.objects.create(problem=problem, label=label, unit=unit)


@transaction.atomic
def change_head(kind: HeadKind, uid: UUID, values: Values, *, by: Actor, version: int) -> bool:
    """Change what a page says. Raises NotFound, NotAllowed, BadInput, StaleVersion."""
    row = head_row(kind, uid, for_update=True)
    check_keeper(by, keepers_of(row))
    if did := changed(row, values, version=version):
        audit(by, row, "change", values)
    return did


@transaction.atomic
def redraw_cell(uid: UUID, communes: frozenset[str], *, by: Actor, version: int) -> None:
    """Give a cell other communes: its perimeter is its own, beside those of the operators. Raises as `change_head`."""
    row = head_row(HeadKind.CELL, uid, for_update=True)
    check_keeper(by, keepers_of(row))
    old = row.perimeter
    new = NewPerimeter(
        name=old.name, holder_label=old.holder_label, purpose=PerimeterPurpose.CELL, communes=communes,
        valid_from=old.valid_from, valid_to=old.valid_to, holder_uid=old.holder_uid, source=old.source,
    )  # fmt: skip
    record_perimeter(new, actor=by)
    values: Mapping[str, Any] = {"version": version + 1}
    if not Cell.objects.filter(pk=row.pk, version=version).update(**values):
        changed(row, {"version": -1}, version=version)
    audit(by, row, "redraw")
