"""Reads: the row of a head, and the organisations that keep it."""

from uuid import UUID

from ensemblier.animation.core.heads import HeadKind
from ensemblier.animation.core.kinds import GroupRole
from ensemblier.animation.models import (
    Cell,
    CellCarrier,
    Course,
    DecisionHolder,
    Experiment,
    PartnerCircle,
    Partnership,
    Problem,
    TimelineEntry,
    WorkingGroup,
    WorkingGroupMember,
)
from ensemblier.animation.models.bases import Head
from ensemblier.kernel.errors import NotFound

HEADS: dict[HeadKind, type[Head]] = {
    HeadKind.CELL: Cell,
    HeadKind.PROBLEM: Problem,
    HeadKind.GROUP: WorkingGroup,
    HeadKind.PARTNERSHIP: Partnership,
    HeadKind.EXPERIMENT: Experiment,
    HeadKind.COURSE: Course,
    HeadKind.TURN: TimelineEntry,
    HeadKind.DECIDER: DecisionHolder,
    HeadKind.CIRCLE: PartnerCircle,
}


def head_row(kind: HeadKind, uid: UUID, *, for_update: bool = False) -> Head:
    """The row of a page. Raises NotFound."""
    rows = HEADS[kind]._default_manager.select_related("holder", "perimeter")
    row = (rows.select_for_update(of=("self",)) if for_update else rows).filter(uid=uid).first()
    if row is None:
        raise NotFound("Cette page n’existe pas, ou plus.")
    return row


def keepers_of(row: Head) -> frozenset[int]:
    """The organisations that keep a page: its own, those that carry its cell, those that animate the group."""
    cell_id = row.pk if isinstance(row, Cell) else getattr(row, "cell_id", None)
    found = {row.holder_id}
    if cell_id is not None:
        carriers = CellCarrier.objects.filter(cell_id=cell_id, until__isnull=True)
        found |= set(carriers.order_by().values_list("organisation_id", flat=True))
    if isinstance(row, WorkingGroup):
        found |= animators_of(row.pk)
    return frozenset(found)


def animators_of(group_id: int) -> set[int]:
    """The organisations that animate a group now."""
    rows = WorkingGroupMember.objects.filter(group_id=group_id, role=GroupRole.ANIMATOR.value, until__isnull=True)
    return set(rows.order_by().values_list("organisation_id", flat=True))


def members_of_group(group_id: int) -> frozenset[int]:
    """The organisations that sit in a group now."""
    rows = WorkingGroupMember.objects.filter(group_id=group_id, until__isnull=True)
    return frozenset(rows.order_by().values_list("organisation_id", flat=True))
