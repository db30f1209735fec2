"""Reads: the lists of a row as its owner edits them, colleagues who may stand in, perimeters that are served."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.directory.core.access import check_may_edit
from ensemblier.directory.models import Contact, InterventionPerimeter, Offer, Organisation, Site, Sourced
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on

MAX_CHOICES = 200
Choices = tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """A row that the actor edits: its name, its organisation, its version, where to go back to."""

    label: str
    owner_uid: UUID
    site_uid: UUID | None
    version: int


@dataclass(frozen=True, slots=True)
class ContactLists:
    """What an interlocutor deals with, and who or what can be chosen for her."""

    row: Owned
    subjects: tuple[str, ...]
    preference: str
    is_published: bool
    sites: Choices
    colleagues: Choices


@dataclass(frozen=True, slots=True)
class OfferLists:
    """For whom, for what and how an offer works."""

    row: Owned
    publics: tuple[str, ...]
    needs: tuple[str, ...]
    modes: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServedRow:
    """A perimeter that an organisation serves, with the uid by which it can be ended."""

    uid: UUID
    name: str
    site_name: str
    valid_from: date | None


def owned_row(kind: str, uid: UUID, *, actor: Actor) -> Owned:
    """An organisation, site, offer or interlocutor that the actor edits: one query. Raises NotFound, NotAllowed."""
    tables: dict[str, type[Sourced]] = {"organisation": Organisation, "site": Site, "offer": Offer, "contact": Contact}
    if kind not in tables:
        raise NotFound("Cette sorte de fiche n'existe pas.")
    path = () if kind == "organisation" else ("organisation",)
    row = tables[kind]._default_manager.select_related(*path).filter(uid=uid).first()
    if row is None:
        raise NotFound("Cette fiche n'existe pas (ou plus) dans l'annuaire. Reprenez la recherche.")
    return _owned(row, actor)


def _owned(row: Sourced, actor: Actor) -> Owned:
    owner: Organisation = row if isinstance(row, Organisation) else getattr(row, "organisation")  # noqa: B009
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette fiche")
    return Owned(str(row), owner.uid, row.uid if isinstance(row, Site) else None, row.version)


def contact_lists(uid: UUID, *, actor: Actor, on: date) -> ContactLists:
    """An interlocutor as her structure edits her: three queries. Raises NotFound, NotAllowed."""
    row = Contact.objects.select_related("organisation", "site").filter(uid=uid).first()
    if row is None:
        raise NotFound("Cet interlocuteur n'est pas (ou plus) dans l'annuaire.")
    found = _owned(row, actor)
    others = Contact.objects.filter(valid_on(on), organisation=row.organisation).exclude(pk=row.pk)
    sites = Site.objects.filter(valid_on(on), organisation=row.organisation, merged_into=None)
    return ContactLists(
        Owned(found.label, found.owner_uid, row.site.uid if row.site else None, found.version),
        tuple(row.subjects),
        row.preference,
        row.is_published,
        tuple(sites.order_by("sort_key", "id").values_list("uid", "name")[:MAX_CHOICES]),
        tuple(others.order_by("sort_key", "id").values_list("uid", "name")[:MAX_CHOICES]),
    )


def offer_lists(uid: UUID, *, actor: Actor) -> OfferLists:
    """An offer as its structure edits it: one query. Raises NotFound, NotAllowed."""
    row = Offer.objects.select_related("organisation").filter(uid=uid).first()
    if row is None:
        raise NotFound("Cette offre n'est pas (ou plus) dans l'annuaire.")
    lists = (tuple(row.publics), tuple(row.needs), tuple(row.modes), tuple(row.languages))
    return OfferLists(_owned(row, actor), *lists)


def served_rows(organisation_uid: UUID, *, on: date) -> tuple[ServedRow, ...]:
    """Perimeters that an organisation says to serve on a day, by name: one query."""
    rows = InterventionPerimeter.objects.filter(valid_on(on), organisation__uid=organisation_uid)
    found = rows.order_by("perimeter__name", "id").values_list("uid", "perimeter__name", "site__name", "valid_from")
    return tuple(ServedRow(uid, name, site or "", start) for uid, name, site, start in found[:MAX_CHOICES])
