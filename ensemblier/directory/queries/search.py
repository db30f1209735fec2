"""Reads: the directory searched by text and filters, page by page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import Exists, OuterRef

from ensemblier.directory.core.cursors import COUNT_CAP, count_text, decode_cursor, encode_cursor
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import DirectoryHit, DirectoryPage
from ensemblier.directory.core.words import search_words
from ensemblier.directory.models import NetworkMembership, Offer, Organisation, Site
from ensemblier.directory.queries.provenance import provenance_of
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.orm.models import valid_on

MAX_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Every filter is optional ("" or None = any). `kind`: "site" (default), "organisation" or "offer"."""

    kind: str = "site"
    operator: Operator | None = None
    network: str = ""
    departement: str = ""
    commune: str = ""
    public: str = ""
    need: str = ""


def search_directory(
    *, text: str = "", filters: Filters | None = None, on: date, cursor: str = "", limit: int = 20
) -> DirectoryPage:
    """A page of sites, organisations or offers by name: no gap nor double, even when rows are added meanwhile.

    Each word of the text must begin a word of the row's own name, town or needs, or of its organisation's name.
    Demonstration rows appear only when no real one answers. Four queries. Raises BadInput (cursor, kind).
    """
    wanted = filters or Filters()
    rows = _rows(wanted, on)
    for word in search_words(text):
        rows = rows.filter(_word(wanted.kind, word))
    real = rows.filter(is_fictitious=False)
    count = len(real.order_by().values_list("id", flat=True)[:COUNT_CAP])
    if not count:
        real = rows.filter(is_fictitious=True)
        count = len(real.order_by().values_list("id", flat=True)[:COUNT_CAP])
    limit = max(1, min(limit, MAX_LIMIT))
    page = list(_after(real, cursor).order_by("sort_key", "id")[: limit + 1])
    more = encode_cursor(page[limit - 1].sort_key, page[limit - 1].pk) if len(page) > limit else ""
    return DirectoryPage(tuple(_hits(page[:limit], wanted.kind, on)), more, count, count_text(count))


def _rows(wanted: Filters, on: date) -> "QuerySet[Any]":
    prefix = "" if wanted.kind == "organisation" else "organisation__"
    rows: QuerySet[Any]
    if wanted.kind == "site":
        rows = Site.objects.select_related("organisation", "source")
    elif wanted.kind == "organisation":
        rows = Organisation.objects.select_related("source")
    elif wanted.kind == "offer":
        rows = Offer.objects.select_related("organisation", "site", "source")
    else:
        raise BadInput("On peut chercher des lieux, des structures ou des offres.", field="kind")
    where = Q(merged_into=None) & valid_on(on) & _place(wanted) & _content(wanted)
    if wanted.operator or wanted.network:
        owner = OuterRef("pk") if wanted.kind == "organisation" else OuterRef("organisation_id")
        members = NetworkMembership.objects.filter(valid_on(on), organisation_id=owner)
        if wanted.operator:
            members = members.filter(network__role=wanted.operator.value)
        if wanted.network:
            members = members.filter(network_id=wanted.network)
        where &= Q(Exists(members))
    return rows.filter(where & Q((f"{prefix}merged_into", None)))


def _place(wanted: Filters) -> Q:
    """Where: a commune or a département, by the site of the row (any of its sites, for an organisation)."""
    sites = Site.objects.filter(merged_into=None)
    if wanted.commune:
        sites = sites.filter(commune_id=wanted.commune)
    if wanted.departement:
        sites = sites.filter(commune__departement__code=wanted.departement)
    if not (wanted.commune or wanted.departement):
        return Q()
    key = {"site": "pk", "organisation": "sites__pk", "offer": "site_id"}[wanted.kind]
    if wanted.kind == "organisation":
        return Q(Exists(sites.filter(organisation_id=OuterRef("pk"))))
    return Q(Exists(sites.filter(pk=OuterRef(key))))


def _content(wanted: Filters) -> Q:
    """For whom and for what: an offer of the row has the public (or none: everybody) and the need."""
    if not (wanted.public or wanted.need):
        return Q()
    public = Q(publics=[]) | Q(publics__contains=[wanted.public]) if wanted.public else Q()
    need = Q(needs__contains=[wanted.need]) if wanted.need else Q()
    if wanted.kind == "offer":
        return public & need
    owner = {"site": "site_id", "organisation": "organisation_id"}[wanted.kind]
    return Q(Exists(Offer.objects.filter(public & need, merged_into=None, **{owner: OuterRef("pk")})))


def _word(kind: str, word: str) -> Q:
    found = Q(call_key__contains=f" {word}")
    return found if kind == "organisation" else found | Q(organisation__call_key__contains=f" {word}")


def _after(rows: "QuerySet[Any]", cursor: str) -> "QuerySet[Any]":
    last = decode_cursor(cursor)
    if last is None:
        return rows
    key, row_id = last
    return rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, id__gt=row_id))


def _hits(page: list[Any], kind: str, on: date) -> list[DirectoryHit]:
    owners = {row.pk if kind == "organisation" else row.organisation_id for row in page}
    members = (
        NetworkMembership.objects.filter(valid_on(on), valid_on(on, "network__names__"), organisation_id__in=owners)
        .order_by("organisation_id", "-network__role", "network_id", "id")
        .values_list("organisation_id", "network__role", "network__names__name", "network__names__short_name")
    )
    networks: dict[int, tuple[str, str]] = {}
    for owner, role, name, short_name in members:
        networks.setdefault(owner, (role, short_name or name))
    return [_hit(row, kind, networks, on) for row in page]


def _hit(row: Any, kind: str, networks: dict[int, tuple[str, str]], on: date) -> DirectoryHit:
    owner = row if kind == "organisation" else row.organisation
    site = row if kind == "site" else getattr(row, "site", None)
    role, name = networks.get(owner.pk, ("", ""))
    return DirectoryHit(
        kind=kind,
        uid=row.uid,
        name=row.name,
        organisation_name=owner.name,
        city=site.city if site else "",
        phone=row.phone or owner.phone,
        operator=Operator(role) if role else None,
        network_name=name,
        is_stale=provenance_of(row, on=on).is_stale,
        is_fictitious=row.is_fictitious,
    )
