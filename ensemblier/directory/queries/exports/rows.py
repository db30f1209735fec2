"""Reads for exports: live rows as plain values, streamed by chunks; queries grow with chunks, not with rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from ensemblier.directory.core.exchange.exported import ExportedOffer, ExportedOrganisation, ExportedSite
from ensemblier.directory.core.exchange.records import RecordKind
from ensemblier.directory.models import ImportedRow, NetworkMembership, NetworkName, Offer, Organisation, Site
from ensemblier.kernel.orm.models import valid_on

CHUNK = 1000
OURS = "ensemblier"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scope:
    """What leaves: rows in force on a day, of some communes or networks (empty: all). Fictitious rows only when asked,
    and then alone: they never leave among real ones."""

    on: date
    communes: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    fictitious: bool = False


def sites(scope: Scope) -> Iterator[ExportedSite]:
    """Places in force, by their number."""
    rows = Site.objects.filter(_live(scope), **_owner_is_live()).select_related("organisation", "source")
    if scope.communes:
        rows = rows.filter(commune_id__in=scope.communes)
    rows = _of_networks(rows, scope, "organisation_id")
    for chunk in _chunks(rows):
        yield from Outgoing(chunk, [], scope.on).sites(chunk)


def organisations_without_place(scope: Scope) -> Iterator[tuple[ExportedOrganisation, str]]:
    """Structures in force that have no place, with the code of their source. None when communes are asked for."""
    if scope.communes:
        return
    places = Site.objects.filter(organisation=OuterRef("pk"), merged_into__isnull=True)
    rows = Organisation.objects.filter(_live(scope)).exclude(Exists(places)).select_related("source")
    rows = _of_networks(rows, scope, "pk")
    for chunk in _chunks(rows):
        outgoing = Outgoing([], chunk, scope.on)
        for row in chunk:
            organisation = outgoing.organisation(row)
            yield organisation, _producer(organisation.key, row.source.code if row.source else "")


def offers(scope: Scope) -> Iterator[ExportedOffer]:
    """Offers in force, by their number."""
    rows = Offer.objects.filter(_live(scope), **_owner_is_live())
    rows = rows.select_related("organisation", "source", "site__organisation", "site__source")
    if scope.communes:
        rows = rows.filter(site__commune_id__in=scope.communes)
    rows = _of_networks(rows, scope, "organisation_id")
    for chunk in _chunks(rows):
        places = [offer.site for offer in chunk if offer.site is not None and offer.site.merged_into_id is None]
        outgoing = Outgoing(places, [offer.organisation for offer in chunk], scope.on)
        keys = keys_of(RecordKind.OFFER, [offer.pk for offer in chunk])
        for offer in chunk:
            yield exported_offer(offer, outgoing, keys)


def _live(scope: Scope) -> Q:
    return valid_on(scope.on) & Q(merged_into__isnull=True, is_fictitious=scope.fictitious)


def _owner_is_live() -> dict[str, Any]:
    return {"organisation__merged_into__isnull": True}


def _of_networks(rows: "QuerySet[Any]", scope: Scope, column: str) -> "QuerySet[Any]":
    if not scope.networks:
        return rows
    held = NetworkMembership.objects.filter(
        valid_on(scope.on), organisation_id=OuterRef(column), network_id__in=scope.networks
    )
    return rows.filter(Exists(held))


def _chunks(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    stream = rows.order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def keys_of(kind: RecordKind, ids: Sequence[int]) -> dict[int, str]:
    """Identifiers that name their producer ("dora--42"): a row that came with one leaves with it."""
    rows = ImportedRow.objects.filter(kind=kind.value, row_id__in=ids).order_by("-pk")
    found: dict[int, str] = {}
    for row_id, key, source in rows.values_list("row_id", "key", "source__code"):
        if key.startswith(f"{source}--") or key.startswith(f"{OURS}--"):
            found[row_id] = key
    return found


def _producer(key: str, source: str) -> str:
    return source if source and key.startswith(f"{source}--") else OURS


class Outgoing:
    """A chunk of rows on their way out: their outside identifiers and networks, fetched together."""

    def __init__(self, places: Sequence[Site], owners: Sequence[Organisation], on: date) -> None:
        ids = sorted({site.organisation_id for site in places} | {owner.pk for owner in owners})
        self._owner_keys = keys_of(RecordKind.ORGANISATION, ids)
        self._site_keys = keys_of(RecordKind.SITE, [site.pk for site in places])
        self._networks: dict[int, list[tuple[str, str, str]]] = {}
        held = NetworkMembership.objects.filter(valid_on(on), organisation_id__in=ids).order_by("network_id", "id")
        names = dict(NetworkName.objects.filter(valid_on(on)).order_by("-id").values_list("network_id", "name"))
        for owner, code, other in held.values_list("organisation_id", "network_id", "network__data_inclusion_code"):
            self._networks.setdefault(owner, []).append((code, names.get(code, code), other))
        self._done: dict[int, ExportedOrganisation] = {}

    def organisation(self, row: Organisation) -> ExportedOrganisation:
        """The structure as a value."""
        if row.pk not in self._done:
            held = self._networks.get(row.pk, [])
            self._done[row.pk] = ExportedOrganisation(
                key=self._owner_keys.get(row.pk, f"{OURS}--{row.uid}"),
                uid=row.uid,
                name=row.name,
                siret=row.siret,
                description=row.description,
                phone=row.phone,
                email=row.email,
                website=row.website,
                source_url=row.source_url,
                updated_on=row.source_updated_on or row.updated_at.date(),
                is_date_known=row.source_updated_on is not None,
                networks=tuple(code for code, _name, _other in held),
                network_names=tuple(name for _code, name, _other in held),
                di_networks=tuple(other for _code, _name, other in held if other),
            )
        return self._done[row.pk]

    def sites(self, rows: Sequence[Site]) -> Iterator[ExportedSite]:
        """Places as values."""
        for row in rows:
            yield self.site(row)

    def site(self, row: Site) -> ExportedSite:
        """The place as a value."""
        key = self._site_keys.get(row.pk, f"{OURS}--{row.uid}")
        return ExportedSite(
            key=key,
            uid=row.uid,
            source=_producer(key, row.source.code if row.source else ""),
            source_name=row.source.name if row.source else "",
            organisation=self.organisation(row.organisation),
            name=row.name,
            siret=row.siret,
            description=row.description,
            address=row.address,
            address_more=row.address_more,
            postcode=row.postcode,
            city=row.city,
            commune_code=row.commune_id or "",
            lat=row.lat,
            lon=row.lon,
            position=row.position,
            phone=row.phone,
            email=row.email,
            website=row.website,
            hours_osm=row.hours_osm,
            hours_note=row.hours_note,
            by_appointment=row.by_appointment,
            accessibility=row.accessibility,
            source_url=row.source_url,
            updated_on=row.source_updated_on or row.updated_at.date(),
            is_date_known=row.source_updated_on is not None,
            is_fictitious=row.is_fictitious,
        )


def exported_offer(row: Offer, outgoing: Outgoing, keys: dict[int, str]) -> ExportedOffer:
    """The offer as a value; `outgoing` knows its structure and its place."""
    organisation = outgoing.organisation(row.organisation)
    place = outgoing.site(row.site) if row.site is not None and row.site.merged_into_id is None else None
    key = keys.get(row.pk, f"{OURS}--{row.uid}")
    return ExportedOffer(
        key=key,
        uid=row.uid,
        source=_producer(key, row.source.code if row.source else ""),
        organisation=organisation,
        site=place,
        structure_key=place.key if place else organisation.key,
        name=row.name,
        description=row.description,
        kind=row.kind,
        is_cep=row.is_cep,
        publics=tuple(sorted(row.publics)),
        publics_note=row.publics_note,
        needs=tuple(sorted(row.needs)),
        modes=tuple(sorted(row.modes)),
        mobilisation=tuple(sorted(row.mobilisation)),
        mobilisable_by=tuple(sorted(row.mobilisable_by)),
        mobilisation_note=row.mobilisation_note,
        mobilisation_url=row.mobilisation_url,
        languages=tuple(sorted(row.languages)),
        conditions=row.conditions,
        fee=row.fee,
        fee_note=row.fee_note,
        accessibility=row.accessibility,
        eligibility_zones=tuple(sorted(row.eligibility_zones)),
        contact_name=row.contact_name,
        phone=row.phone,
        email=row.email,
        hours_osm=row.hours_osm,
        weekly_hours=row.weekly_hours,
        weeks=row.weeks,
        source_url=row.source_url,
        updated_on=row.source_updated_on or row.updated_at.date(),
        is_date_known=row.source_updated_on is not None,
    )
