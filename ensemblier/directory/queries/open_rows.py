"""Reads of the whole directory, page by page, for whoever copies it: open rows only, never an interlocutor.

Pages follow the public identifier, which never changes and is drawn at random: a row that stays for the whole reading
comes exactly once, whatever is added, renamed or still being written beside it.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet

from ensemblier.directory.core.exchange.rows import OpenOffer, OpenOrganisation, OpenSite
from ensemblier.directory.models import NetworkMembership, NetworkName, Offer, Organisation, Site
from ensemblier.kernel.orm.models import valid_on

_Row = TypeVar("_Row", bound=Model)


def open_organisations(
    *, on: date, after: UUID | None = None, limit: int = 100, is_fictitious: bool = False, uid: UUID | None = None
) -> list[OpenOrganisation]:
    """At most `limit` organisations valid on the day, after the identifier `after`; `uid` asks for one only."""
    rows = _page(_organisations(on, is_fictitious=is_fictitious), after=after, limit=limit, uid=uid)
    return [_organisation(row) for row in rows]


def open_sites(
    *, on: date, after: UUID | None = None, limit: int = 100, is_fictitious: bool = False, uid: UUID | None = None
) -> list[OpenSite]:
    """At most `limit` sites valid on the day, with their organisation, in a constant number of queries."""
    rows = _page(_open(Site.objects.all(), on, is_fictitious=is_fictitious), after=after, limit=limit, uid=uid)
    found = _organisations_of({row.organisation_id for row in rows}, on)
    return [_site(row, found[row.organisation_id]) for row in rows if row.organisation_id in found]


def open_offers(
    *,
    on: date,
    after: UUID | None = None,
    limit: int = 100,
    is_fictitious: bool = False,
    uid: UUID | None = None,
    at_site: bool = False,
) -> list[OpenOffer]:
    """At most `limit` offers valid on the day, with organisation and site, in a constant number of queries.

    `at_site`: only those that are proposed at a site.
    """
    chosen = _open(Offer.objects.all(), on, is_fictitious=is_fictitious)
    chosen = chosen.select_related("site__source", "source")
    if at_site:
        chosen = chosen.filter(site__isnull=False)
    rows = _page(chosen, after=after, limit=limit, uid=uid)
    owners = {row.organisation_id for row in rows} | {row.site.organisation_id for row in rows if row.site}
    found = _organisations_of(owners, on)
    return [_offer(row, found) for row in rows if row.organisation_id in found]


def count_open(table: str, *, on: date, is_fictitious: bool = False) -> int:
    """How many rows the whole reading of "organisation", "site", "offer" or "offer_at_site" gives on the day."""
    tables: dict[str, QuerySet[Organisation] | QuerySet[Site] | QuerySet[Offer]] = {
        "organisation": Organisation.objects.all(),
        "site": Site.objects.all(),
        "offer": Offer.objects.all(),
        "offer_at_site": Offer.objects.filter(site__isnull=False),
    }
    return tables[table].filter(_condition(on, is_fictitious=is_fictitious)).count()


def _condition(on: date, *, is_fictitious: bool) -> Q:
    return valid_on(on) & Q(merged_into__isnull=True, is_fictitious=is_fictitious)


def _open(rows: QuerySet[_Row], on: date, *, is_fictitious: bool) -> QuerySet[_Row]:
    return rows.filter(_condition(on, is_fictitious=is_fictitious)).select_related("source")


def _page(rows: QuerySet[_Row], *, after: UUID | None, limit: int, uid: UUID | None) -> list[_Row]:
    if uid is not None:
        rows = rows.filter(uid=uid)
    if after is not None:
        rows = rows.filter(uid__gt=after)
    return list(rows.order_by("uid")[:limit])


def _organisations(on: date, *, is_fictitious: bool) -> QuerySet[Organisation]:
    return _open(Organisation.objects.all(), on, is_fictitious=is_fictitious).prefetch_related(*_networks(on))


def _networks(on: date) -> list[Prefetch[str, QuerySet[Model], str]]:
    """The memberships of the day and the names of their networks on the day."""
    memberships = NetworkMembership.objects.filter(valid_on(on)).select_related("network").order_by("network_id")
    names = NetworkName.objects.filter(valid_on(on)).order_by("id")
    return [
        Prefetch("network_memberships", queryset=memberships),
        Prefetch("network_memberships__network__names", queryset=names),
    ]


def _organisations_of(ids: Iterable[int], on: date) -> dict[int, OpenOrganisation]:
    rows = Organisation.objects.filter(id__in=set(ids)).select_related("source").prefetch_related(*_networks(on))
    return {row.id: _organisation(row) for row in rows.order_by("id")}


def _organisation(row: Organisation) -> OpenOrganisation:
    networks = [(m.network_id, next((n.name for n in m.network.names.all()), m.network_id)) for m in
                row.network_memberships.all()]  # fmt: skip
    return OpenOrganisation(
        uid=row.uid, name=row.name, acronym=row.acronym, siren=row.siren, siret=row.siret,
        description=row.description, phone=row.phone, email=row.email, website=row.website,
        networks=tuple(networks), updated_at=row.updated_at, reviewed_on=row.reviewed_on,
        source_name=row.source.name if row.source else "", source_url=row.source_url, is_fictitious=row.is_fictitious,
    )  # fmt: skip


def _site(row: Site, organisation: OpenOrganisation) -> OpenSite:
    return OpenSite(
        uid=row.uid, organisation=organisation, name=row.name, siret=row.siret, address=row.address,
        address_more=row.address_more, postcode=row.postcode, city=row.city, commune_code=row.commune_id or "",
        lat=row.lat, lon=row.lon, position=row.position, phone=row.phone, email=row.email, website=row.website,
        hours_osm=row.hours_osm, accessibility=row.accessibility, description=row.description,
        updated_at=row.updated_at, reviewed_on=row.reviewed_on,
        source_name=row.source.name if row.source else "", is_fictitious=row.is_fictitious,
    )  # fmt: skip


def _offer(row: Offer, found: dict[int, OpenOrganisation]) -> OpenOffer:
    owner = found[row.organisation_id]
    site = _site(row.site, found.get(row.site.organisation_id, owner)) if row.site else None
    return OpenOffer(
        uid=row.uid, organisation=owner, site=site, name=row.name, description=row.description, kind=row.kind,
        is_cep=row.is_cep, publics=tuple(row.publics), needs=tuple(row.needs), modes=tuple(row.modes),
        mobilisation=tuple(row.mobilisation), mobilisation_note=row.mobilisation_note,
        mobilisation_url=row.mobilisation_url, languages=tuple(row.languages), conditions=row.conditions,
        publics_note=row.publics_note, fee=row.fee, fee_note=row.fee_note, phone=row.phone, email=row.email,
        hours_osm=row.hours_osm, first_appointment_days=row.first_appointment_days, updated_at=row.updated_at,
        reviewed_on=row.reviewed_on, source_name=row.source.name if row.source else "",
        is_fictitious=row.is_fictitious,
    )  # fmt: skip
