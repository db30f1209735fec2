"""Reads: one page of the animation, its sections, its events, who keeps it. A constant number of queries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ensemblier.animation.core.access import ORGANISERS, WRITERS, may_keep
from ensemblier.animation.core.heads import ROWS_OF, HeadKind, RowKind
from ensemblier.animation.core.kinds import Axis, CellKind, EventState, Precision, TimelineKind
from ensemblier.animation.models import (
    Cell,
    CircleMember,
    Commitment,
    Course,
    DecisionHolder,
    Event,
    Experiment,
    Funding,
    PartnerCircle,
    Partnership,
    Problem,
    TimelineEntry,
    WorkingGroup,
)
from ensemblier.animation.models.bases import Head
from ensemblier.animation.queries.events import EventCard, card_of, inside
from ensemblier.animation.queries.keepers import HEADS, head_row, keepers_of, members_of_group
from ensemblier.animation.queries.rows import RowView, rows_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.core.states import AgreementState
from ensemblier.routing.models import Agreement

ALERT = timedelta(days=180)
"""A funding that ends within six months is an alert: finding another one takes that long."""
BY_NAME = ("name", "id")
FOR_PROFESSIONALS = frozenset({HeadKind.GROUP, HeadKind.CIRCLE, HeadKind.COURSE})
"""Pages of work: the others are read by everybody."""


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one kind."""

    kind: RowKind
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Another page."""

    kind: HeadKind
    uid: UUID
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class HeadPage:
    """A page. `words`: its mission, mandate, public, question…; `alerts`: fundings that end soon."""

    kind: HeadKind
    uid: UUID
    version: int
    name: str
    label: str
    words: str
    holder: tuple[UUID, str]
    perimeter: str
    started_on: date | None
    ended_on: date | None
    url: str
    source: str
    labels: tuple[str, ...]
    after_words: str
    sections: tuple[Section, ...]
    events: tuple[EventCard, ...]
    links: tuple[Link, ...]
    alerts: tuple[RowView, ...]
    may_keep: bool
    is_member: bool
    is_fictitious: bool
    agreement: str = ""
    agreement_uid: UUID | None = None
    organisation_uid: UUID | None = None
    count: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)


def head_page(kind: HeadKind, uid: UUID, *, actor: Actor, on: date) -> HeadPage:
    """A page for who reads. Raises NotFound, NotAllowed (a page of work, for somebody without an account)."""
    if kind in FOR_PROFESSIONALS and not actor.is_signed_in:
        raise NotAllowed("Cette page est réservée aux professionnels : identifiez-vous pour la lire.")
    row = head_row(kind, uid)
    roles = ORGANISERS if kind is HeadKind.GROUP else WRITERS
    sections = tuple(
        Section(each, rows_of(kind, row.pk, each, mine=actor.organisation_id, on=on)) for each in ROWS_OF.get(kind, ())
    )
    said = _said(row)
    return HeadPage(
        kind=kind,
        uid=row.uid,
        version=row.version,
        name=said.pop("name", None) or getattr(row, "name", ""),
        holder=(row.holder.uid, row.holder.name),
        perimeter=row.perimeter.name,
        started_on=getattr(row, "started_on", None),
        ended_on=getattr(row, "ended_on", None),
        url=getattr(row, "url", ""),
        source=getattr(row, "source", ""),
        sections=sections,
        events=_events(row),
        links=_links(row, actor),
        alerts=_alerts(sections, on),
        may_keep=may_keep(actor, keepers_of(row), roles=roles),
        is_member=isinstance(row, WorkingGroup) and actor.organisation_id in members_of_group(row.pk),
        is_fictitious=row.holder.is_fictitious,
        values={each.name: getattr(row, each.name) for each in row._meta.concrete_fields if not each.is_relation},
        **({"label": "", "words": "", "labels": (), "after_words": ""} | said),
    )


def _said(row: Any) -> dict[str, Any]:
    """What is particular to each kind of page."""
    return _SAID[type(row)](row)


def _decider(row: DecisionHolder) -> dict[str, Any]:
    known = row.organisation
    decider, uid = (known.name, known.uid) if known else (row.decider, None)
    return {"name": row.subject, "label": decider, "words": row.words, "organisation_uid": uid}


def _partnership(row: Partnership) -> dict[str, Any]:
    labels = tuple(Axis(axis).label for axis in row.axes)
    agreed = row.agreement
    return {
        "labels": labels,
        "agreement": agreed.title if agreed else "",
        "agreement_uid": agreed.uid if agreed else None,
    }


def _turn(row: TimelineEntry) -> dict[str, Any]:
    return {"label": TimelineKind(row.kind).label, "words": happened(row.happened_on, Precision(row.precision))}


def _circle(row: PartnerCircle) -> dict[str, Any]:
    return {"count": CircleMember.objects.filter(circle=row, left_at__isnull=True).count()}


_SAID: dict[type[Head], Callable[[Any], dict[str, Any]]] = {
    Cell: lambda row: {"label": CellKind(row.kind).label, "words": row.mission},
    Problem: lambda row: {"words": row.public},
    WorkingGroup: lambda row: {"words": row.mandate},
    Partnership: _partnership,
    Experiment: lambda row: {"words": row.question, "after_words": row.evaluation},
    Course: lambda row: {"label": row.provider, "words": row.summary, "count": row.hours or 0},
    TimelineEntry: _turn,
    DecisionHolder: _decider,
    PartnerCircle: _circle,
}


def happened(on: date, precision: Precision) -> str:
    """A date no more precise than what is known."""
    if precision is Precision.YEAR:
        return str(on.year)
    return f"{on:%m/%Y}" if precision is Precision.MONTH else f"{on:%d/%m/%Y}"


def _events(row: Head) -> tuple[EventCard, ...]:
    column = {Cell: "cell", Problem: "problem", WorkingGroup: "group", Course: "course"}.get(type(row))
    if column is None:
        return ()
    rows = Event.objects.filter(**{column: row.pk}).exclude(state=EventState.DRAFT.value)
    found = rows.select_related("site", "commune", "organiser").order_by("-starts_at", "id")[:20]
    return tuple(map(card_of, found))


def _links(row: Head, actor: Actor) -> tuple[Link, ...]:
    """What hangs on a cell, as far as the reader may open it; the cell of anything else."""
    if not isinstance(row, Cell):
        cell = Cell.objects.filter(pk=getattr(row, "cell_id", None) or 0).first()
        return (Link(HeadKind.CELL, cell.uid, cell.name),) if cell else ()
    found = []
    for kind in (HeadKind.PROBLEM, HeadKind.GROUP, HeadKind.PARTNERSHIP, HeadKind.EXPERIMENT, HeadKind.COURSE):
        if kind in FOR_PROFESSIONALS and not actor.is_signed_in:
            continue
        of_cell = {"cell": row}
        rows: QuerySet[Any] = HEADS[kind]._default_manager.filter(**of_cell).order_by(*BY_NAME)
        found += [Link(kind, uid, name) for uid, name in rows.values_list("uid", "name")[:50]]
    return tuple(found)


def _alerts(sections: tuple[Section, ...], on: date) -> tuple[RowView, ...]:
    rows = [row for section in sections if section.kind is RowKind.FUNDING for row in section.rows]
    return tuple(row for row in rows if row.until is not None and on <= row.until <= on + ALERT)


@dataclass(frozen=True, slots=True)
class FundingAlert:
    """A funding that ends soon: whose, when, and what would stop."""

    head: Link
    funder: str
    until: date
    would_stop: str


def funding_alerts(communes: frozenset[str], *, on: date) -> tuple[FundingAlert, ...]:
    """Fundings of a territory that end within six months: one query."""
    ending = Funding.objects.filter(until__gte=on, until__lte=on + ALERT)
    here = ending.filter(inside(communes, "cell__") | inside(communes, "problem__"))
    return tuple(
        FundingAlert(
            Link(HeadKind.CELL, row.cell.uid, row.cell.name)
            if row.cell
            else Link(HeadKind.PROBLEM, row.problem.uid, row.problem.name),  # type: ignore[union-attr]
            row.funder,
            row.until or on,
            row.would_stop,
        )
        for row in here.select_related("cell", "problem").order_by("until", "id")[:20]
    )


_LIFE = {
    HeadKind.CELL: "mission",
    HeadKind.PROBLEM: "public",
    HeadKind.GROUP: "mandate",
    HeadKind.PARTNERSHIP: "holder__name",
    HeadKind.EXPERIMENT: "question",
    HeadKind.COURSE: "provider",
    HeadKind.CIRCLE: "holder__name",
}
"""What a territory's page lists, and the column that says more."""


@dataclass(frozen=True, slots=True)
class TerritoryLife:
    """What lives in a territory: its cells, problems, groups… by name, and its timeline, newest first."""

    heads: Mapping[HeadKind, tuple[Link, ...]]
    timeline: tuple[Link, ...]
    agreements: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Link, ...]:
        """The pages of one kind."""
        return self.heads.get(HeadKind(kind), ())


def territory_life(communes: frozenset[str], *, actor: Actor, on: date) -> TerritoryLife:
    """The pages whose perimeter has a commune of the territory: one query for each kind."""
    heads = {}
    for kind, words in _LIFE.items():
        if kind in FOR_PROFESSIONALS and not actor.is_signed_in:
            continue
        rows: QuerySet[Any] = HEADS[kind]._default_manager.filter(inside(communes)).order_by(*BY_NAME)
        if kind is not HeadKind.COURSE and kind is not HeadKind.CIRCLE:
            rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
        heads[kind] = tuple(Link(kind, *values) for values in rows.values_list("uid", "name", words)[:50])
    turns = TimelineEntry.objects.filter(inside(communes)).order_by("-happened_on", "-id")[:30]
    timeline = tuple(
        Link(HeadKind.TURN, row.uid, row.name, happened(row.happened_on, Precision(row.precision))) for row in turns
    )
    signed = Agreement.objects.filter(inside(communes), valid_on(on), state=AgreementState.IN_FORCE.value)
    titles = signed.order_by("title", "id").values_list("title", flat=True)[:20] if actor.is_signed_in else ()
    return TerritoryLife(heads, timeline, tuple(titles))


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides about a subject, here."""

    uid: UUID
    subject: str
    decider: str
    organisation_uid: UUID | None
    words: str
    source: str


def deciders(communes: frozenset[str]) -> tuple[Decider, ...]:
    """Who decides what in a territory, by subject: one query."""
    rows = DecisionHolder.objects.filter(inside(communes)).select_related("organisation").order_by("subject", "id")
    return tuple(
        Decider(
            row.uid,
            row.subject,
            row.organisation.name if row.organisation else row.decider,
            row.organisation.uid if row.organisation else None,
            row.words,
            row.source,
        )
        for row in rows[:100]
    )


@dataclass(frozen=True, slots=True)
class OwnCommitment:
    """A commitment of one's organisation that is not over."""

    uid: UUID
    group: Link
    words: str
    due_on: date
    is_late: bool
    person: str


def own_commitments(*, actor: Actor, on: date) -> tuple[OwnCommitment, ...]:
    """What one's organisation promised and did not end yet, the nearest first: one query."""
    rows = Commitment.objects.filter(organisation_id=actor.organisation_id or 0, ended_on__isnull=True)
    return tuple(
        OwnCommitment(
            row.uid, Link(HeadKind.GROUP, row.group.uid, row.group.name), row.words, row.due_on, row.due_on < on,
            row.user.name if row.user else "",
        )
        for row in rows.select_related("group", "user").order_by("due_on", "id")[:100]
    )  # fmt: skip


def cells_for(communes: frozenset[str], *, actor: Actor) -> list[tuple[UUID, str]]:
    """The cells of a territory, for a form: one query."""
    rows = Cell.objects.filter(inside(communes), ended_on__isnull=True).order_by("name", "id")
    return list(rows.values_list("uid", "name")[:50]) if actor.is_signed_in else []
