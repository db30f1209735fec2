"""The store of an import: batches of rows go in, in the order structures → sites → offers; areas are added up last."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from ensemblier.directory.actions.imports.areas import Area, write_areas, write_desks, write_memberships
from ensemblier.directory.actions.imports.rows import Identity, Writer, Written
from ensemblier.directory.actions.imports.sources import Sources
from ensemblier.directory.actions.imports.vanished import Met
from ensemblier.directory.core.exchange.records import (
    NATIONAL,
    DeskRecord,
    OfferRecord,
    OrganisationRecord,
    Problem,
    RawRow,
    Record,
    RecordKind,
    ServedAreaRecord,
    SiteRecord,
)
from ensemblier.directory.core.exchange.report import Outcome, Tally
from ensemblier.directory.core.exchange.text import key_of
from ensemblier.directory.core.hours import open_days
from ensemblier.directory.models import ImportRun, Offer, Organisation, Site
from ensemblier.kernel.words import Sentence

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that was read and checked: its records, the source that speaks."""

    row: RawRow
    source_id: int
    records: tuple[Record, ...]


class Store:
    """Writes the batches of one run and keeps the tally."""

    def __init__(self, run: ImportRun, actor: tuple[int | None, str], sources: Sources, tally: Tally) -> None:
        self.run = run
        self.actor = actor
        self.sources = sources
        self.tally = tally
        self.on: date = sources.on
        self._organisations = Writer(RecordKind.ORGANISATION, Organisation, run, actor)
        self._sites = Writer(RecordKind.SITE, Site, run, actor)
        self._offers = Writer(RecordKind.OFFER, Offer, run, actor)
        self._done: set[Identity] = set()
        self._areas: dict[Identity, Area] = {}
        self.met = Met()

    def identity(self, source_id: int, key: str) -> Identity:
        """Who speaks and under what name; a national structure speaks for itself."""
        return Identity(self.sources.national_id if key.startswith(NATIONAL) else source_id, key)

    def write(self, batch: list[Ready]) -> None:
        """Write a batch of rows."""
        self.met.sources.update(ready.source_id for ready in batch)
        organisations = self._write_organisations(batch)
        batch = self._with_owner(batch, organisations)
        sites, aliases = self._write_sites(batch, organisations)
        offers = self._write_offers(batch, organisations, sites, aliases)
        self._add_areas(batch, organisations)
        desks = write_desks(self.run, _of(batch, DeskRecord), self.sources, self.actor)
        self._count(RecordKind.DESK, desks)
        for ready in batch:
            keys = [(type(record), self.identity(ready.source_id, record.key)) for record in ready.records]
            tables: dict[type, Mapping[Identity, Written]] = {
                OrganisationRecord: organisations,
                SiteRecord: sites,
                OfferRecord: offers,
                DeskRecord: desks,
            }
            found = [tables[kind][key].outcome for kind, key in keys if kind in tables and key in tables[kind]]
            self.tally.outcomes[_strongest(found)] += 1

    def _count(self, kind: RecordKind, written: Mapping[Identity, Written]) -> None:
        for one in written.values():
            self.tally.by_kind[kind.value, one.outcome] += 1
            self.met.rows.setdefault(kind.value, set()).add(one.row_id)

    def _write_organisations(self, batch: list[Ready]) -> dict[Identity, Written]:
        """A structure named by several rows is written once per run: the first row speaks for it."""
        records: dict[Identity, Record] = {}
        for source_id, record in _of(batch, OrganisationRecord):
            identity = self.identity(source_id, record.key)
            if identity not in self._done:
                records.setdefault(identity, record)
        extras = {
            identity: {"siren": record.siret[:9]}
            for identity, record in records.items()
            if isinstance(record, OrganisationRecord)
        }
        written = self._organisations.write(records, extras, self.sources.by_id)
        self._done.update(written)
        write_memberships(records, written, self.sources)
        self._count(RecordKind.ORGANISATION, written)
        return written

    def _with_owner(self, batch: list[Ready], organisations: dict[Identity, Written]) -> list[Ready]:
        """Rows whose structure is known, here or from an earlier file; the others are set aside."""
        needed = {
            self.identity(ready.source_id, record.organisation_key)
            for ready in batch
            for record in ready.records
            if isinstance(record, SiteRecord | OfferRecord | ServedAreaRecord) and record.organisation_key
        }
        missing = [identity for identity in needed if identity not in organisations]
        for identity, row in self._organisations.known(missing).items():
            organisations[identity] = Written(row.row_id, Outcome.UNCHANGED)
        kept: list[Ready] = []
        for ready in batch:
            lost = [
                record.organisation_key
                for record in ready.records
                if isinstance(record, SiteRecord | OfferRecord)
                and self.identity(ready.source_id, record.organisation_key) not in organisations
            ]
            if lost:
                reason = Sentence(
                    "Structure inconnue « %(lost)s » : importez d'abord le fichier des structures.", lost=lost[0][:80]
                )
                self.tally.aside(ready.row, (Problem("structure_id", reason, lost[0][:120]),))
            else:
                kept.append(ready)
        return kept

    def _write_sites(
        self, batch: list[Ready], organisations: Mapping[Identity, Written]
    ) -> tuple[dict[Identity, Written], dict[Identity, Identity]]:
        records: dict[Identity, SiteRecord] = {}
        for source_id, record in _of(batch, SiteRecord):
            records.setdefault(self.identity(source_id, record.key), record)
        aliases = self._same_places(records)
        kept: dict[Identity, Record] = {key: records[key] for key in scattered(records) if key not in aliases}
        extras = {
            key: {
                "organisation_id": organisations[self.identity(key.source_id, record.organisation_key)].row_id,
                "open_days": open_days(record.hours_osm),
            }
            for key, record in kept.items()
            if isinstance(record, SiteRecord)
        }
        written = self._sites.write(kept, extras, self.sources.by_id)
        self._count(RecordKind.SITE, written)
        return written, aliases

    def _same_places(self, records: Mapping[Identity, SiteRecord]) -> dict[Identity, Identity]:
        """Sites of offers that stand where their structure stands: they are that site."""
        children = {key: record for key, record in records.items() if record.parent_key}
        parents = {key: Identity(key.source_id, record.parent_key) for key, record in children.items()}
        said = {key: (row.payload.get("address", ""), row.payload.get("commune_code", ""))
                for key, row in self._sites.known(list(set(parents.values()))).items()}  # fmt: skip
        said |= {key: (record.address, record.commune_code) for key, record in records.items() if not record.parent_key}
        aliases: dict[Identity, Identity] = {}
        for key, record in children.items():
            there = said.get(parents[key])
            if there is None:
                continue
            same_commune = there[1] == record.commune_code or not there[1] or not record.commune_code
            if same_commune and key_of(there[0]) == key_of(record.address):
                aliases[key] = parents[key]
        return aliases

    def _write_offers(
        self,
        batch: list[Ready],
        organisations: Mapping[Identity, Written],
        sites: Mapping[Identity, Written],
        aliases: Mapping[Identity, Identity],
    ) -> dict[Identity, Written]:
        records = {self.identity(source_id, one.key): one for source_id, one in _of(batch, OfferRecord)}
        place: dict[Identity, Identity] = {}
        for key, record in records.items():
            site = self.identity(key.source_id, record.site_key)
            place[key] = aliases.get(site, site)
        wanted = {site for site in place.values() if site.key and site not in sites}
        elsewhere = {key: row.row_id for key, row in self._sites.known(list(wanted)).items()}
        at = {key: written.row_id for key, written in sites.items()} | elsewhere
        extras: dict[Identity, dict[str, Any]] = {
            key: {
                "organisation_id": organisations[self.identity(key.source_id, record.organisation_key)].row_id,
                "site_id": at.get(place[key]),
            }
            for key, record in records.items()
        }
        written = self._offers.write(dict(records), extras, self.sources.by_id)
        self._count(RecordKind.OFFER, written)
        return written

    def _add_areas(self, batch: list[Ready], organisations: Mapping[Identity, Written]) -> None:
        for source_id, record in _of(batch, ServedAreaRecord):
            identity = self.identity(source_id, record.key)
            site = self.identity(source_id, record.site_key) if record.site_key else None
            owner = organisations.get(self.identity(source_id, record.organisation_key))
            area = self._areas.get(identity) or Area(site, owner.row_id if owner else None, frozenset())
            self._areas[identity] = replace(area, communes=area.communes | frozenset(record.communes))

    def finish(self) -> None:
        """Write what was added up over the whole file: the areas served."""
        outcomes, unknown = write_areas(self.run, self._areas, self._sites, self.on)
        for outcome in outcomes:
            self.tally.by_kind[RecordKind.SERVED_AREA.value, outcome] += 1
        if unknown:
            self.tally.ignored[Sentence("zone d'un lieu qui n'est pas dans l'annuaire")] += unknown


def _of(batch: Iterable[Ready], kind: type[R]) -> list[tuple[int, R]]:
    return [(ready.source_id, record) for ready in batch for record in ready.records if isinstance(record, kind)]


def _strongest(outcomes: list[Outcome]) -> Outcome:
    if Outcome.ACCEPTED in outcomes:
        return Outcome.ACCEPTED
    return Outcome.CHANGED if Outcome.CHANGED in outcomes else Outcome.UNCHANGED


def scattered(identities: Iterable[Identity]) -> list[Identity]:
    """The identities in an order that follows no line on the ground, the same each time (decision 3).

    Places written one after the other along a line make their index grow by several pages a point.
    """
    return sorted(identities, key=lambda one: hashlib.blake2b(one.key.encode(), digest_size=8).digest())
