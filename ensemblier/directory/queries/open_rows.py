"""Reads of the whole directory, page by page, for whoever copies it: open rows only, never an interlocutor.

Pages follow the public identifier, which never changes and is drawn at random: a row that stays for the whole reading
comes exactly once, whatever is added, renamed or still being written beside it.
"""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet

from ensemblier.directory.core.exchange.exported import ExportedOffer, ExportedOrganisation
from ensemblier.directory.core.exchange.records import RecordKind
from ensemblier.directory.core.exchange.rows import OpenOrganisation
from ensemblier.directory.models import NetworkMembership, NetworkName, Offer, Organisation
from ensemblier.directory.queries.exports.rows import Outgoing, exported_offer, keys_of
from ensemblier.kernel.orm.models import valid_on

_Row = TypeVar("_Row", bound=Model)


def open_organisations(
    *, on: date, after: UUID | None = None, limit: int = 100, is_fictitious: bool = False, uid: UUID | None = None
) -> list[OpenOrganisation]:
    """At most `limit` organisations valid on the day, after the identifier `after`; `uid` asks for one only."""
    rows = _page(_organisations(on, is_fictitious=is_fictitious), after=after, limit=limit, uid=uid)
    return [_organisation(row) for row in rows]


def exported_organisations(
    *, on: date, after: UUID | None = None, limit: int = 100, is_fictitious: bool = False, uid: UUID | None = None
) -> list[ExportedOrganisation]:
    """The same organisations as `open_organisations`, as the export formats take them."""
    rows = _page(_open(Organisation.objects.all(), on, is_fictitious=is_fictitious), after=after, limit=limit, uid=uid)
    outgoing = Outgoing([], rows, on)
    return [outgoing.organisation(row) for row in rows]


def open_offers(
    *,
    on: date,
    after: UUID | None = None,
    limit: int = 100,
    is_fictitious: bool = False,
    uid: UUID | None = None,
    at_site: bool = False,
) -> list[ExportedOffer]:
    """At most `limit` offers valid on the day, with organisation and site, in a constant number of queries.

    `at_site`: only those that are proposed at a site.
    """
    chosen = _open(Offer.objects.all(), on, is_fictitious=is_fictitious)
    chosen = chosen.select_related("organisation", "site__organisation", "site__source", "source")
    if at_site:
        chosen = chosen.filter(site__isnull=False)
    rows = _page(chosen, after=after, limit=limit, uid=uid)
    places = [row.site for row in rows if row.site is not None and row.site.merged_into_id is None]
    outgoing = Outgoing(places, [row.organisation for row in rows], on)
    keys = keys_of(RecordKind.OFFER, [row.pk for row in rows])
    return [exported_offer(row, outgoing, keys) for row in rows]


def count_open(table: str, *, on: date, is_fictitious: bool = False, until: UUID | None = None) -> int:
    """How many rows the whole reading of "organisation", "offer" or "offer_at_site" gives on the day.

    `until`: only as far as this identifier, included.
    """
    rows = _whole(table, on, is_fictitious=is_fictitious)
    return (rows if until is None else rows.filter(uid__lte=until)).count()


def nth_open(table: str, rank: int, *, on: date, is_fictitious: bool = False) -> UUID | None:
    """The identifier of the row of that rank (from 1) in the whole reading; None when there are fewer."""
    rows = _whole(table, on, is_fictitious=is_fictitious).order_by("uid")
    return next(iter(rows.values_list("uid", flat=True)[rank - 1 : rank]), None)


def _whole(table: str, on: date, *, is_fictitious: bool) -> QuerySet[Organisation] | QuerySet[Offer]:
    tables: dict[str, QuerySet[Organisation] | QuerySet[Offer]] = {
        "organisation": Organisation.objects.all(),
        "offer": Offer.objects.all(),
        "offer_at_site": Offer.objects.filter(site__isnull=False),
    }
    return tables[table].filter(_condition(on, is_fictitious=is_fictitious))


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


def _organisation(row: Organisation) -> OpenOrganisation:
    networks = [(m.network_id, next((n.name for n in m.network.names.all()), m.network_id)) for m in
                row.network_memberships.all()]  # fmt: skip
    return OpenOrganisation(
        uid=row.uid, name=row.name, acronym=row.acronym, siren=row.siren, siret=row.siret,
        description=row.description, phone=row.phone, email=row.email, website=row.website,
        networks=tuple(networks), reviewed_on=row.reviewed_on,
        source_name=row.source.name if row.source else "", source_url=row.source_url, is_fictitious=row.is_fictitious,
    )  # fmt: skip
