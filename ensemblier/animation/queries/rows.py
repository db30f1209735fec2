"""Reads: the rows of a page, each kind in one query."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.expressions import OrderBy

from ensemblier.animation.core.heads import HeadKind, RowKind
from ensemblier.animation.core.kinds import ActionKind, GroupRole, MeansKind, Progress
from ensemblier.animation.models import (
    CellCarrier,
    CellMember,
    Commitment,
    Deliverable,
    Funding,
    GroupDecision,
    IndicatorYear,
    Means,
    Minutes,
    PartnershipParty,
    ProblemAction,
    ProblemIndicator,
    ProblemPartner,
    WorkingGroupMember,
)
from ensemblier.animation.models.bases import Keyed
from ensemblier.kernel.errors import NotFound

TABLES: dict[RowKind, type[Keyed]] = {
    RowKind.CARRIER: CellCarrier,
    RowKind.MEMBER: CellMember,
    RowKind.MEANS: Means,
    RowKind.FUNDING: Funding,
    RowKind.PARTNER: ProblemPartner,
    RowKind.ACTION: ProblemAction,
    RowKind.INDICATOR: ProblemIndicator,
    RowKind.YEAR: IndicatorYear,
    RowKind.PARTICIPANT: WorkingGroupMember,
    RowKind.MINUTES: Minutes,
    RowKind.DECISION: GroupDecision,
    RowKind.DELIVERABLE: Deliverable,
    RowKind.COMMITMENT: Commitment,
    RowKind.PARTY: PartnershipParty,
}
MAX_ROWS = 200
NO_ROW = "Cette ligne n’existe pas, ou plus."
_PARENTS = {
    HeadKind.CELL: "cell",
    HeadKind.PROBLEM: "problem",
    HeadKind.GROUP: "group",
    HeadKind.PARTNERSHIP: "partnership",
}


def parent_field(head: HeadKind, kind: RowKind) -> str:
    """The column by which a row hangs on such a page."""
    return "indicator__problem" if kind is RowKind.YEAR else _PARENTS[head]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as a page shows it: its words, who, when, how far. `is_mine`: of the organisation of who reads."""

    uid: UUID
    version: int
    name: str
    words: str = ""
    organisation: tuple[UUID, str] | None = None
    person: str = ""
    label: str = ""
    since: date | None = None
    until: date | None = None
    progress: Progress | None = None
    is_late: bool = False
    is_mine: bool = False
    url: str = ""
    euros: int | None = None
    library_key: UUID | None = None


def rows_of(head: HeadKind, head_id: int, kind: RowKind, *, mine: int | None, on: date) -> tuple[RowView, ...]:
    """The rows of one kind of a page, in reading order: one query."""
    table = TABLES[kind]
    names = {field.name for field in table._meta.concrete_fields}
    joined = [name for name in ("organisation", "user", "indicator") if name in names]
    rows = table._default_manager.filter(**{f"{parent_field(head, kind)}_id": head_id}).order_by(*_ORDER[kind], "pk")
    return tuple(_view(kind, row, mine, on) for row in rows.select_related(*joined)[:MAX_ROWS])


_ORDER: dict[RowKind, tuple[str | OrderBy, ...]] = {
    RowKind.CARRIER: ("since",),
    RowKind.MEMBER: ("organisation__sort_key",),
    RowKind.MEANS: ("since",),
    RowKind.FUNDING: ("until",),
    RowKind.PARTNER: ("-is_pilot", "organisation__sort_key"),
    RowKind.ACTION: ("since",),
    RowKind.INDICATOR: ("label",),
    RowKind.YEAR: ("indicator__label", "year"),
    RowKind.PARTICIPANT: ("role", "organisation__sort_key"),
    RowKind.MINUTES: ("-held_on",),
    RowKind.DECISION: ("-decided_on",),
    RowKind.DELIVERABLE: ("-delivered_on",),
    RowKind.COMMITMENT: (F("ended_on").asc(nulls_first=True), "due_on"),
    RowKind.PARTY: ("organisation__sort_key",),
}


def _view(kind: RowKind, row: Any, mine: int | None, on: date) -> RowView:
    organisation = getattr(row, "organisation", None)
    user = getattr(row, "user", None)
    said = _SAID[kind](row, on)
    values: dict[str, Any] = {
        "name": organisation.name if organisation else "",
        "since": getattr(row, "since", None),
        "until": getattr(row, "until", None),
        **said,
    }
    return RowView(
        uid=row.uid,
        version=row.version,
        organisation=(organisation.uid, organisation.name) if organisation else None,
        person=user.name if user else "",
        is_mine=organisation is not None and organisation.pk == mine,
        **values,
    )


def _years(row: Any, _on: date) -> Mapping[str, Any]:
    value = "" if row.value is None else f"{row.value.normalize():f}".replace(".", ",")
    return {"name": f"{row.indicator.label}, {row.year}", "label": value, "words": row.words or row.source}


def _commitment(row: Any, on: date) -> Mapping[str, Any]:
    progress = Progress(row.progress)
    return {
        "name": row.words, "words": row.outcome, "until": row.ended_on or row.due_on, "progress": progress,
        "is_late": row.ended_on is None and row.due_on < on,
    }  # fmt: skip


def _action(row: Any, on: date) -> Mapping[str, Any]:
    progress = Progress(row.progress)
    over = progress in (Progress.DONE, Progress.DROPPED)
    return {
        "name": row.words, "words": row.role, "label": ActionKind(row.kind).label, "progress": progress,
        "is_late": not over and row.until is not None and row.until < on,
    }  # fmt: skip


_SAID: dict[RowKind, Callable[[Any, date], Mapping[str, Any]]] = {
    RowKind.CARRIER: lambda _row, _on: {},
    RowKind.MEMBER: lambda _row, _on: {},
    RowKind.PARTY: lambda _row, _on: {},
    RowKind.MEANS: lambda row, _on: {"words": row.words, "label": MeansKind(row.kind).label},
    RowKind.FUNDING: lambda row, _on: {"name": row.funder, "words": row.would_stop, "euros": row.euros},
    RowKind.PARTNER: lambda row, _on: {"words": row.part, "label": "pilote" if row.is_pilot else ""},
    RowKind.ACTION: _action,
    RowKind.INDICATOR: lambda row, _on: {"name": row.label, "words": row.how, "label": row.unit},
    RowKind.YEAR: _years,
    RowKind.PARTICIPANT: lambda row, _on: {"label": GroupRole(row.role).label},
    RowKind.MINUTES: lambda row, _on: {"since": row.held_on, "name": row.agenda, "words": row.words},
    RowKind.DECISION: lambda row, _on: {"since": row.decided_on, "name": row.words},
    RowKind.DELIVERABLE: lambda row, _on: {
        "since": row.delivered_on,
        "name": row.name,
        "url": row.url,
        "library_key": row.library_key,
    },
    RowKind.COMMITMENT: _commitment,
}


def row_values(kind: RowKind, uid: UUID) -> Mapping[str, Any]:
    """The columns of a row as a form shows them, its version among them. Raises NotFound."""
    row: Any = _row(kind, uid)
    values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.is_relation}
    chosen = {name: getattr(row, name, None) for name in ("organisation", "indicator")}
    return values | {name: str(found.uid) if found else "" for name, found in chosen.items()}


def page_of_row(kind: RowKind, uid: UUID) -> tuple[HeadKind, UUID]:
    """The page on which a row hangs. Raises NotFound."""
    row: Any = _row(kind, uid)
    row = getattr(row, "indicator", row)
    for head, name in _PARENTS.items():
        if (parent := getattr(row, name, None)) is not None:
            return head, parent.uid
    raise NotFound(NO_ROW)


def _row(kind: RowKind, uid: UUID) -> Keyed:
    row = TABLES[kind]._default_manager.filter(uid=uid).first()
    if row is None:
        raise NotFound(NO_ROW)
    return row
