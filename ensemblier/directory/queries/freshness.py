"""Reads: rows whose review is overdue, and the history of a row."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import DateField, DurationField, ExpressionWrapper, F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Greatest

from ensemblier.directory.core.access import PLATFORM_ROLES, may_edit
from ensemblier.directory.core.freshness import freshness
from ensemblier.directory.core.views import Change, StaleRow
from ensemblier.directory.models import Contact, Offer, Organisation, Site, Sourced
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import AuditRow, valid_on

KINDS: dict[str, tuple[type[Sourced], str]] = {
    "organisation": (Organisation, ""),
    "site": (Site, "organisation"),
    "offer": (Offer, "organisation"),
    "contact": (Contact, "organisation"),
}
"""Kind of row → its table and the path to the organisation that owns it ("" = itself)."""


class _Months(Func):
    """An interval of n months."""

    function = "make_interval"
    template = "make_interval(months => %(expressions)s::int)"
    output_field: models.Field[object, object] = DurationField()


def stale_rows(*, actor: Actor, on: date, limit: int = 100, ahead_days: int = 0) -> list[StaleRow]:
    """Rows of the actor's organisation (all rows for the platform) whose review is overdue, oldest first.

    `ahead_days`: also those that will be within so many days – the reminders. One query per kind of row.
    """
    found: list[StaleRow] = []
    for kind in KINDS:
        found += _stale(kind, actor, on + timedelta(days=ahead_days), limit)
    return sorted(found, key=lambda r: (r.due_on, r.kind, r.name))[:limit]


def count_stale(*, on: date) -> int:
    """How many rows of the whole directory wait for their review on a day: one query per kind of row."""
    return sum(_late(kind, on).count() for kind in KINDS)


def _late(kind: str, on: date) -> "models.QuerySet[Any]":
    rows = KINDS[kind][0]._default_manager.filter(valid_on(on), is_fictitious=False)
    if kind != "contact":
        rows = rows.filter(Q(("merged_into", None)))
    known = Coalesce(Greatest("reviewed_on", "source_updated_on"), Cast("created_at", DateField()))
    due = ExpressionWrapper(known + _Months(F("review_every_months")), output_field=DateField())
    return rows.annotate(due=due).filter(due__lt=Value(on, output_field=DateField()))


def _stale(kind: str, actor: Actor, on: date, limit: int) -> list[StaleRow]:
    path = KINDS[kind][1]
    owner, maintainer = (f"{path}_id", f"{path}__maintainer_id") if path else ("id", "maintainer_id")
    late = _late(kind, on)
    if not actor.roles & PLATFORM_ROLES:
        if actor.organisation_id is None:
            return []
        late = late.filter(Q((owner, actor.organisation_id)) | Q((maintainer, actor.organisation_id)))
    return [
        _stale_row(kind, row, on) for row in late.select_related(*filter(None, [path])).order_by("due", "id")[:limit]
    ]


def _stale_row(kind: str, row: Sourced, on: date) -> StaleRow:
    name = str(getattr(row, "name", ""))
    owner = row if isinstance(row, Organisation) else getattr(row, "organisation")  # noqa: B009  # every other kind has one
    known = freshness(
        reviewed_on=row.reviewed_on,
        updated_on=row.source_updated_on,
        created_on=row.created_at.date(),
        months=row.review_every_months,
        on=on,
    )
    return StaleRow(kind, row.uid, name, str(owner), row.reviewed_on, known.due_on, row.version)


def history_of(kind: str, row_id: int, *, actor: Actor, limit: int = 100) -> list[Change]:
    """Who changed a row, when and what, newest first: for those who may edit it. Raises NotAllowed. Two queries."""
    owners = _owners(kind, row_id)
    if not may_edit(actor, owners):
        raise NotAllowed("L'historique est montré à la structure concernée. Connectez-vous pour elle.")
    rows = AuditRow.objects.filter(table=kind, row_id=str(row_id)).order_by("-at", "-id")[:limit]
    return [Change(r.at, r.actor_label, r.verb, r.changes) for r in rows]


def _owners(kind: str, row_id: int) -> set[int | None]:
    if kind not in KINDS:
        return set()
    table, path = KINDS[kind]
    columns = (f"{path}_id", f"{path}__maintainer_id") if path else ("id", "maintainer_id")
    return {pk for row in table._default_manager.filter(pk=row_id).values_list(*columns) for pk in row}
