"""Reads: the page of an organisation."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ensemblier.directory.core.access import may_edit
from ensemblier.directory.core.quality import OrganisationFacts, organisation_quality
from ensemblier.directory.core.views import NetworkView, OrganisationPage
from ensemblier.directory.models import GroupementMember, LotHolder, NetworkMembership, Offer, Organisation, Site
from ensemblier.directory.queries.contacts import contacts_where, hidden_contacts
from ensemblier.directory.queries.networks import networks
from ensemblier.directory.queries.permanences import permanences_of
from ensemblier.directory.queries.provenance import provenance_of
from ensemblier.directory.queries.served import served_by
from ensemblier.directory.queries.strengths import own_strengths
from ensemblier.directory.sql.cards import offer_cards, site_cards
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on

MAX_SITES = 200
MAX_OFFERS = 200


def organisation_page(uid: UUID | str, *, actor: Actor, on: date) -> OrganisationPage:
    """Everything the page of an organisation shows, MAX_SITES sites and MAX_OFFERS offers at most, by name.

    A merged one leads to the one that is kept. A constant number of queries. Raises NotFound.
    """
    row, moved_from = _organisation(uid)
    own = Q(organisation=row)
    cards = site_cards(site_ids := list(_ids(Site.objects.filter(own), on)[:MAX_SITES]), on=on)
    contacts, found = contacts_where(own, actor=actor, on=on), _networks(row, on)
    provenance = provenance_of(row, on=on)
    hidden = hidden_contacts(own, actor=actor, on=on)
    facts = OrganisationFacts(row.description, row.siren or row.siret, len(found), row.phone, len(site_ids),
                              len(contacts) + hidden, bool(provenance.source_name), provenance.is_stale)  # fmt: skip
    return OrganisationPage(
        uid=row.uid,
        id=row.pk,
        name=row.name,
        acronym=row.acronym,
        description=row.description,
        phone=row.phone,
        email=row.email,
        website=row.website,
        siret=row.siret,
        networks=tuple(found),
        sites=tuple(cards[pk] for pk in site_ids),
        offers=tuple(offer_cards(list(_ids(Offer.objects.filter(own), on)[:MAX_OFFERS]), on=on)),
        permanences=tuple(permanences_of(Q(holder=row) | Q(site__organisation=row), actor=actor, on=on)),
        contacts=tuple(contacts),
        served=tuple(served_by(own, on=on)),
        members=_pairs(row, "member", "groupement", on),
        groupements=_pairs(row, "groupement", "member", on),
        lots=_lots(row, on),
        provenance=provenance,
        quality=organisation_quality(facts),
        version=row.version,
        can_edit=may_edit(actor, {row.pk, row.maintainer_id}),
        contacts_hidden=hidden,
        moved_from=moved_from,
        strengths=own_strengths(row, on=on),
    )  # fmt: skip


def _organisation(uid: UUID | str) -> tuple[Organisation, UUID | None]:
    missing = "Cette structure n'existe pas dans l'annuaire. Cherchez-la par son nom ou sa commune."
    try:
        wanted = UUID(str(uid))
    except ValueError:
        raise NotFound(missing) from None
    row = Organisation.objects.select_related("source", "merged_into").filter(uid=wanted).first()
    if row is None:
        raise NotFound(missing)
    if row.merged_into is None:
        return row, None
    return Organisation.objects.select_related("source").get(pk=row.merged_into.pk), wanted


def _ids(rows: "QuerySet[Site] | QuerySet[Offer]", on: date) -> "QuerySet[Any, int]":
    return rows.filter(valid_on(on), merged_into=None).order_by("sort_key", "id").values_list("id", flat=True)


def _pairs(row: Organisation, side: str, own: str, on: date) -> tuple[tuple[UUID, str], ...]:
    """The organisations on one side of the groupements in which `row` stands on the other (`own`)."""
    rows = GroupementMember.objects.filter(valid_on(on), **{own: row})
    return tuple(rows.order_by(f"{side}__sort_key", "id").values_list(f"{side}__uid", f"{side}__name"))


def _lots(row: Organisation, on: date) -> tuple[str, ...]:
    held = LotHolder.objects.filter(valid_on(on), organisation=row)
    return tuple(held.order_by("lot__name", "id").values_list("lot__name", flat=True))


def _networks(row: Organisation, on: date) -> list[NetworkView]:
    codes = NetworkMembership.objects.filter(valid_on(on), organisation=row).values_list("network_id", flat=True)
    return networks(on=on, codes=list(codes))
