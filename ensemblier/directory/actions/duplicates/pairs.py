"""Duplicates across sources: found with their evidence, then merged or told apart by a person, and undone exactly."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from ensemblier.directory.actions.duplicates.merging import Cells, merge_rows, restore
from ensemblier.directory.core.access import PLATFORM_ROLES, may_edit
from ensemblier.directory.core.exchange.states import PairKind, PairState
from ensemblier.directory.core.matching import THRESHOLD, Candidate, compare, pairs_to_compare
from ensemblier.directory.models import DuplicatePair, Merge, NetworkMembership, Organisation, Site
from ensemblier.directory.queries.coordination import may_coordinate
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.territory.core.geo import Point

_JUDGES = PLATFORM_ROLES | {"coordinator"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search of duplicates gave."""

    rows: int
    compared: int
    new: int
    known: int


def find_pairs(*, actor: Actor) -> Found:
    """Compare the rows of different sources and queue the pairs that look alike; pairs already judged stay judged."""
    if not actor.roles & _JUDGES:
        raise NotAllowed("La recherche de doublons est réservée à l'animation du territoire.")
    rows = compared = new = known = 0
    for kind, candidates in ((PairKind.SITE, _sites()), (PairKind.ORGANISATION, _organisations())):
        places = pairs_to_compare(candidates)
        pairs = _alike(kind, candidates, places)
        before = set(DuplicatePair.objects.filter(kind=kind.value).values_list("left_id", "right_id"))
        fresh = [pair for pair in pairs if (pair.left_id, pair.right_id) not in before]
        DuplicatePair.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
        rows, compared = rows + len(candidates), compared + len(places)
        new, known = new + len(fresh), known + len(pairs) - len(fresh)
    return Found(rows, compared, new, known)


def _alike(kind: PairKind, rows: Sequence[Candidate], places: set[tuple[int, int]]) -> list[DuplicatePair]:
    pairs: list[DuplicatePair] = []
    for i, j in sorted(places):
        left, right = sorted((rows[i], rows[j]), key=lambda row: row.row_id)
        comparison = compare(left, right)
        if comparison.score >= THRESHOLD:
            evidence = [asdict(one) for one in comparison.evidence]
            pairs.append(
                DuplicatePair(
                    kind=kind.value,
                    left_id=left.row_id,
                    right_id=right.row_id,
                    score=comparison.score,
                    evidence=evidence,
                )
            )
    return pairs


def _networks() -> dict[int, set[str]]:
    held: dict[int, set[str]] = {}
    rows = NetworkMembership.objects.filter(valid_to__isnull=True).order_by("id")
    for organisation_id, network_id in rows.values_list("organisation_id", "network_id"):
        held.setdefault(organisation_id, set()).add(network_id)
    return held


def _commune(code: str | None) -> str:
    """Arrondissements municipaux of Paris, Lyon and Marseille meet in their commune."""
    text = code or ""
    return {"751": "75056", "132": "13055"}.get(text[:3], "69123" if text.startswith("6938") else text)


def _sites() -> list[Candidate]:
    networks = _networks()
    rows = Site.objects.filter(merged_into__isnull=True, valid_to__isnull=True).order_by("id")
    return [
        Candidate(
            row_id=site.pk,
            name=site.name,
            address=site.address,
            commune_code=_commune(site.commune_id),
            siret=site.siret,
            phone=site.phone,
            email=site.email,
            website=site.website,
            point=Point(site.lat, site.lon)
            if site.position == "exact" and site.lat is not None and site.lon is not None
            else None,
            networks=frozenset(networks.get(site.organisation_id, ())),
            source_id=site.source_id,
            is_fictitious=site.is_fictitious,
        )
        for site in rows.iterator(chunk_size=2000)
    ]


def _organisations() -> list[Candidate]:
    """Structures without a place, and the others that they may duplicate; their region of comparison is the network."""
    networks = _networks()
    rows = Organisation.objects.filter(merged_into__isnull=True, valid_to__isnull=True).order_by("id")
    held = set(Site.objects.filter(merged_into__isnull=True).values_list("organisation_id", flat=True))
    homeless = {row.pk for row in rows if row.pk not in held}
    wanted = {network for pk in homeless for network in networks.get(pk, ())}
    return [
        Candidate(
            row_id=row.pk,
            name=row.name,
            commune_code="" if row.siret else "/".join(sorted(networks.get(row.pk, ()))),
            siret=row.siret,
            phone=row.phone,
            email=row.email,
            website=row.website,
            networks=frozenset(networks.get(row.pk, ())),
            source_id=row.source_id,
            is_fictitious=row.is_fictitious,
        )
        for row in rows
        if row.pk in homeless or wanted & networks.get(row.pk, set())
    ]


def _judged(pair_id: int, actor: Actor) -> DuplicatePair:
    """The pair, locked, if the actor may judge it."""
    pair = DuplicatePair.objects.select_for_update().filter(pk=pair_id).first()
    if pair is None:
        raise NotFound("Cette paire de fiches n'existe plus : rechargez la liste.")
    holds_both = all(may_edit(actor, [owner]) for owner in _owners(pair))
    if not holds_both and not may_coordinate(actor, pair, timezone.localdate()):
        raise NotAllowed("Seule l'animation du territoire de ces fiches, ou qui tient les deux, peut en décider.")
    return pair


def _owners(pair: DuplicatePair) -> list[int]:
    ids = [pair.left_id, pair.right_id]
    if pair.kind == PairKind.ORGANISATION.value:
        return ids
    return list(Site.objects.filter(pk__in=ids).values_list("organisation_id", flat=True))


def _decide(pair: DuplicatePair, state: PairState, actor: Actor, note: str) -> None:
    pair.state, pair.note = state.value, note[:500]
    pair.decided_by = "" if state == PairState.OPEN else actor.label
    pair.decided_at = None if state == PairState.OPEN else timezone.now()
    pair.save(update_fields=["state", "note", "decided_by", "decided_at"])


@transaction.atomic
def reject_pair(*, pair_id: int, actor: Actor, note: str = "") -> None:
    """Say that the two rows are two things; they are not proposed again."""
    pair = _judged(pair_id, actor)
    if pair.state == PairState.MERGED.value:
        raise RuleViolated("Ces deux fiches sont déjà fusionnées : annulez d'abord la fusion.")
    _decide(pair, PairState.REJECTED, actor, note)
    _audit(actor, pair, "reject", {"note": note})


@transaction.atomic
def merge_pair(*, pair_id: int, kept_id: int, actor: Actor, note: str = "") -> int:
    """Merge the other row into `kept_id`; returns the number of the merge, which `undo_merge` takes.

    The kept row fills its empty fields, receives what hung on the other, whose old links lead to it. When both sites
    were the only ones of two structures of one network, the structures are merged with them.
    """
    pair = _judged(pair_id, actor)
    if pair.state == PairState.MERGED.value:
        raise RuleViolated("Ces deux fiches sont déjà fusionnées.")
    if kept_id not in {pair.left_id, pair.right_id}:
        raise RuleViolated("La fiche à garder n'est pas l'une des deux.", field="kept_id")
    absorbed_id = pair.right_id if kept_id == pair.left_id else pair.left_id
    cells = Cells()
    merge_rows(PairKind(pair.kind), kept_id, absorbed_id, cells)
    merge = Merge.objects.create(
        pair=pair,
        kept_id=kept_id,
        absorbed_id=absorbed_id,
        cells=cells.changed,
        actor_id=actor.user_id,
        actor_label=actor.label,
    )
    _decide(pair, PairState.MERGED, actor, note)
    _audit(actor, pair, "merge", {"kept": kept_id, "absorbed": absorbed_id, "cells": len(cells.changed)})
    return merge.pk


@transaction.atomic
def undo_merge(*, merge_id: int, actor: Actor) -> None:
    """Put every cell back as it was before the merge; the pair is open again.

    A cell that somebody changed since keeps the newer value.
    """
    merge = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise NotFound("Cette fusion n'existe pas.")
    pair = _judged(merge.pair_id, actor)
    if merge.undone_at is not None:
        raise RuleViolated("Cette fusion est déjà annulée.")
    kept_since = restore(merge.cells)
    merge.undone_at, merge.undone_by = timezone.now(), actor.label
    merge.save(update_fields=["undone_at", "undone_by"])
    _decide(pair, PairState.OPEN, actor, "")
    _audit(actor, pair, "undo_merge", {"merge": merge_id, "kept_newer": kept_since})


def _audit(actor: Actor, pair: DuplicatePair, verb: str, changes: dict[str, object]) -> None:
    table = (Site if pair.kind == PairKind.SITE.value else Organisation)._meta.label_lower
    AuditRow.objects.bulk_create(
        AuditRow(
            actor_id=actor.user_id,
            actor_label=actor.label,
            organisation_id=actor.organisation_id,
            table=table,
            row_id=str(row_id),
            verb=verb,
            changes={"pair": pair.pk, **changes},
        )
        for row_id in (pair.left_id, pair.right_id)
    )
