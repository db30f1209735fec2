"""What hangs on the rows of an import: memberships of networks, areas served, regional desks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from ensemblier.directory.actions.imports.rows import Identity, Writer, Written, digest_of, payload_of
from ensemblier.directory.actions.imports.sources import Sources
from ensemblier.directory.core.exchange.records import DeskRecord, OrganisationRecord, Record, RecordKind
from ensemblier.directory.core.exchange.report import Outcome
from ensemblier.directory.models import (
    ImportedRow,
    ImportRun,
    NetworkMembership,
    RegionalDesk,
    ServedCommune,
    Site,
    Source,
)
from ensemblier.kernel.orm.models import AuditRow

BULK = 2000


@dataclass(frozen=True, slots=True)
class Area:
    """Communes served by a site (`site`) or, without one, by an organisation from anywhere."""

    site: Identity | None
    organisation_id: int | None
    communes: frozenset[str]


def write_memberships(
    records: Mapping[Identity, Record], written: Mapping[Identity, Written], sources: Sources
) -> None:
    """Make the networks of each written structure what its source says; one that it no longer says ends today."""
    wanted: dict[int, tuple[int, set[str]]] = {}
    for identity, record in records.items():
        row = written.get(identity)
        if row is not None and row.outcome != Outcome.UNCHANGED and isinstance(record, OrganisationRecord):
            codes = {code for network in record.networks if (code := sources.network(network))}
            wanted[row.row_id] = (identity.source_id, codes)
    if not wanted:
        return
    held: dict[int, dict[str, NetworkMembership]] = {}
    rows = NetworkMembership.objects.filter(organisation_id__in=wanted, valid_to__isnull=True).order_by("id")
    for membership in rows:
        held.setdefault(membership.organisation_id, {})[membership.network_id] = membership
    new: list[NetworkMembership] = []
    ended: list[NetworkMembership] = []
    for organisation_id, (source_id, codes) in wanted.items():
        mine = held.get(organisation_id, {})
        for code in sorted(codes - mine.keys()):
            new.append(NetworkMembership(organisation_id=organisation_id, network_id=code, source_id=source_id))
        for code, membership in mine.items():
            if membership.source_id == source_id and code not in codes:
                membership.valid_to = sources.on
                ended.append(membership)
    # A membership that ended and comes back begins today: its first period stays in the history.
    ids = [one.organisation_id for one in new]
    before = set(NetworkMembership.objects.filter(organisation_id__in=ids).values_list("organisation_id", "network_id"))
    for membership in new:
        if (membership.organisation_id, membership.network_id) in before:
            membership.valid_from = sources.on
    NetworkMembership.objects.bulk_create(new, batch_size=BULK, ignore_conflicts=True)
    NetworkMembership.objects.bulk_update(ended, ["valid_to"], batch_size=BULK)


def write_areas(run: ImportRun, areas: Mapping[Identity, Area], sites: Writer, on: date) -> tuple[list[Outcome], int]:
    """Write the areas added up over a file; returns what became of each, and how many belong to no known site."""
    outcomes: list[Outcome] = []
    unknown = 0
    identities = list(areas)
    for start in range(0, len(identities), 500):
        chunk = {identity: areas[identity] for identity in identities[start : start + 500]}
        places = sites.known([area.site for area in chunk.values() if area.site is not None])
        owner = dict(
            Site.objects.filter(pk__in=[row.row_id for row in places.values()]).values_list("pk", "organisation_id")
        )
        ready: dict[Identity, tuple[int, int | None, frozenset[str]]] = {}
        for identity, area in chunk.items():
            site_id = places[area.site].row_id if area.site is not None and area.site in places else None
            organisation_id = owner.get(site_id) if site_id is not None else area.organisation_id
            if organisation_id is None or (area.site is not None and site_id is None):
                unknown += 1
            else:
                ready[identity] = (organisation_id, site_id, area.communes)
        outcomes.extend(_write_chunk(run, ready, on))
    return outcomes, unknown


def _write_chunk(
    run: ImportRun, ready: Mapping[Identity, tuple[int, int | None, frozenset[str]]], on: date
) -> list[Outcome]:
    keys, sources = [identity.key for identity in ready], {identity.source_id for identity in ready}
    rows = ImportedRow.objects.filter(source_id__in=sources, kind=RecordKind.SERVED_AREA.value, key__in=keys)
    known = {Identity(row.source_id, row.key): row for row in rows.order_by("id")}
    outcomes: list[Outcome] = []
    links: list[ServedCommune] = []
    fresh: list[ImportedRow] = []
    moved: list[ImportedRow] = []
    for identity, (organisation_id, site_id, communes) in ready.items():
        payload: dict[str, Any] = {"communes": sorted(communes)}
        row, digest = known.get(identity), digest_of(payload)
        if row is not None and row.digest == digest:
            outcomes.append(Outcome.UNCHANGED)
            continue
        before = frozenset(row.payload.get("communes", ())) if row is not None else frozenset()
        since = on if row is not None else None
        links.extend(_links(identity.source_id, (organisation_id, site_id), communes - before, since))
        _end(organisation_id, site_id, identity.source_id, before - communes, on)
        outcomes.append(Outcome.ACCEPTED if row is None else Outcome.CHANGED)
        if row is None:
            row = _new_area(run, identity, site_id or organisation_id)
            fresh.append(row)
        else:
            moved.append(row)
        row.payload, row.digest, row.last_run = payload, digest, run
    ServedCommune.objects.bulk_create(links, batch_size=BULK, ignore_conflicts=True)
    ImportedRow.objects.bulk_create(fresh, batch_size=BULK)
    ImportedRow.objects.bulk_update(moved, ["payload", "digest", "last_run"], batch_size=500)
    return outcomes


def _links(
    source_id: int, place: tuple[int, int | None], codes: Iterable[str], since: date | None
) -> list[ServedCommune]:
    organisation_id, site_id = place
    return [
        ServedCommune(
            organisation_id=organisation_id, site_id=site_id, commune_id=code, source_id=source_id, valid_from=since
        )
        for code in sorted(codes)
    ]


def _new_area(run: ImportRun, identity: Identity, row_id: int) -> ImportedRow:
    return ImportedRow(
        source_id=identity.source_id, kind=RecordKind.SERVED_AREA.value, key=identity.key, row_id=row_id, first_run=run
    )


def _end(organisation_id: int, site_id: int | None, source_id: int, codes: Iterable[str], on: date) -> None:
    gone = list(codes)
    if not gone:
        return
    rows = ServedCommune.objects.filter(
        Q(site_id__isnull=True) if site_id is None else Q(site_id=site_id),
        organisation_id=organisation_id,
        source_id=source_id,
        commune_id__in=gone,
        valid_to=None,
    )
    rows.filter(valid_from=on).delete()  # it began today: it never held a whole day
    rows.update(valid_to=on)


def write_desks(
    run: ImportRun, records: Sequence[tuple[int, DeskRecord]], sources: Sources, actor: tuple[int | None, str]
) -> dict[Identity, Written]:
    """Write the regional desks, one by one: there are eighteen."""
    return {
        Identity(source_id, record.key): _write_desk(run, record, sources.by_id[source_id], actor)
        for source_id, record in records
    }


def _write_desk(run: ImportRun, record: DeskRecord, source: Source, actor: tuple[int | None, str]) -> Written:
    payload = payload_of(record)
    row = ImportedRow.objects.filter(source=source, kind=RecordKind.DESK.value, key=record.key).first()
    if row is not None and row.digest == digest_of(payload):
        return Written(row.row_id, Outcome.UNCHANGED)
    said = {"source_name": source.name, "source_url": source.url, "is_fictitious": source.is_fictitious}
    outcome = Outcome.CHANGED
    if row is None:
        desk = RegionalDesk.objects.create(**payload, **said)
        row = ImportedRow(source=source, kind=RecordKind.DESK.value, key=record.key, row_id=desk.pk, first_run=run)
        outcome = Outcome.ACCEPTED
    else:
        RegionalDesk.objects.filter(pk=row.row_id).update(**payload, **said)
        AuditRow.objects.create(
            actor_id=actor[0],
            actor_label=actor[1],
            table=RegionalDesk._meta.label_lower,
            row_id=str(row.row_id),
            verb="import",
            changes={name: [row.payload.get(name), payload[name]] for name in payload},
        )
    row.payload, row.digest, row.last_run = payload, digest_of(payload), run
    row.save()
    return Written(row.row_id, outcome)
