"""The queue of possible duplicates, and the merges that can be undone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from ensemblier.directory.core.access import PLATFORM_ROLES
from ensemblier.directory.core.exchange.states import PairKind, PairState
from ensemblier.directory.core.matching import LABELS, Evidence, Verdict
from ensemblier.directory.models import DuplicatePair, Merge, Organisation, Site
from ensemblier.directory.queries.coordination import pairs_for
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed

PAGE = 20


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of the two rows: enough to recognise it and to open its page."""

    row_id: int
    uid: UUID
    name: str
    organisation_name: str
    address: str
    postcode: str
    city: str
    phone: str
    source_name: str


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair with its evidence. `field_labels` gives the French name of each field of the evidence."""

    pair_id: int
    kind: PairKind
    score: float
    left: PairSide
    right: PairSide
    evidence: tuple[Evidence, ...]
    state: PairState
    field_labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class MergeView:
    """A merge that was made; `can_undo` while nobody undid it."""

    merge_id: int
    kind: PairKind
    kept_name: str
    absorbed_name: str
    at: datetime
    by: str
    can_undo: bool


def may_judge(actor: Actor) -> bool:
    """Whether the actor may say that two rows are one."""
    return bool(actor.roles & (PLATFORM_ROLES | {"coordinator", "directory_editor"}))


def _check(actor: Actor) -> None:
    if not may_judge(actor):
        raise NotAllowed("La revue des doublons est réservée à l'animation du territoire et à qui tient l'annuaire.")


def duplicate_queue(*, actor: Actor, after: int = 0, limit: int = PAGE) -> list[PairView]:
    """The actor's open pairs, the most alike first, from the position `after`; rows merged meanwhile are left out."""
    _check(actor)
    pairs = list(
        pairs_for(actor, timezone.localdate())
        .filter(state=PairState.OPEN.value)
        .order_by("-score", "id")[after : after + limit]
    )
    return _views(pairs)


def duplicate_pair(pair_id: int, *, actor: Actor) -> PairView | None:
    """One pair, whatever its state; None when it, or one of its rows, is gone."""
    _check(actor)
    views = _views(list(pairs_for(actor, timezone.localdate()).filter(pk=pair_id)))
    return views[0] if views else None


def open_pairs(*, actor: Actor) -> int:
    """How many pairs wait."""
    _check(actor)
    return pairs_for(actor, timezone.localdate()).filter(state=PairState.OPEN.value).count()


def latest_merges(*, actor: Actor, limit: int = PAGE) -> list[MergeView]:
    """The latest merges, newest first."""
    _check(actor)
    theirs = pairs_for(actor, timezone.localdate())
    merges = list(Merge.objects.filter(pair__in=theirs).select_related("pair").order_by("-at", "-id")[:limit])
    ids = {
        kind: {pk for one in merges if one.pair.kind == kind for pk in (one.kept_id, one.absorbed_id)}
        for kind in PairKind
    }
    names = {
        PairKind.SITE: dict(Site.objects.filter(pk__in=ids[PairKind.SITE]).values_list("pk", "name")),
        PairKind.ORGANISATION: dict(
            Organisation.objects.filter(pk__in=ids[PairKind.ORGANISATION]).values_list("pk", "name")
        ),
    }
    return [
        MergeView(
            merge_id=one.pk,
            kind=PairKind(one.pair.kind),
            kept_name=names[PairKind(one.pair.kind)].get(one.kept_id, ""),
            absorbed_name=names[PairKind(one.pair.kind)].get(one.absorbed_id, ""),
            at=one.at,
            by=one.actor_label,
            can_undo=one.undone_at is None,
        )
        for one in merges
    ]


def _views(pairs: list[DuplicatePair]) -> list[PairView]:
    sides = {kind: _sides(kind, pairs) for kind in PairKind}
    views: list[PairView] = []
    for pair in pairs:
        held = sides[PairKind(pair.kind)]
        if pair.left_id not in held or pair.right_id not in held:
            continue
        evidence = tuple(
            Evidence(one["field"], one["left"], one["right"], one["likeness"], Verdict(one["verdict"]))
            for one in pair.evidence
        )
        views.append(
            PairView(
                pair_id=pair.pk,
                kind=PairKind(pair.kind),
                score=pair.score,
                left=held[pair.left_id],
                right=held[pair.right_id],
                evidence=evidence,
                state=PairState(pair.state),
                field_labels={one.field: LABELS.get(one.field, one.field) for one in evidence},
            )
        )
    return views


def _sides(kind: PairKind, pairs: list[DuplicatePair]) -> dict[int, PairSide]:
    ids = {pk for pair in pairs if pair.kind == kind.value for pk in (pair.left_id, pair.right_id)}
    open_ids = {pk for pair in pairs if pair.state == PairState.OPEN.value for pk in (pair.left_id, pair.right_id)}
    if kind == PairKind.ORGANISATION:
        organisations = Organisation.objects.filter(pk__in=ids).select_related("source").order_by("pk")
        return {
            row.pk: PairSide(
                row.pk, row.uid, row.name, row.name, "", "", "", row.phone, row.source.name if row.source else ""
            )
            for row in organisations
            if row.merged_into_id is None or row.pk not in open_ids
        }
    sites = Site.objects.filter(pk__in=ids).select_related("source", "organisation").order_by("pk")
    return {
        row.pk: PairSide(
            row.pk, row.uid, row.name, row.organisation.name, row.address, row.postcode, row.city, row.phone,
            row.source.name if row.source else "",
        )
        for row in sites
        if row.merged_into_id is None or row.pk not in open_ids
    }  # fmt: skip
