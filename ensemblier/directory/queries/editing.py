"""Reads: a row as its owner edits it, and the few words that a correction by anybody needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from ensemblier.directory.core.access import check_may_edit
from ensemblier.directory.core.fields import FIELDS
from ensemblier.directory.core.views import ContactView
from ensemblier.directory.models import Contact, NetworkMembership, Offer, Organisation, Site, Sourced
from ensemblier.directory.queries.contacts import contacts_where
from ensemblier.directory.queries.freshness import KINDS
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on

MAX_OPERATORS = 800


@dataclass(frozen=True, slots=True)
class Editable:
    """A row to edit: the text of each field of `core.fields`, its version, and the organisation that owns it."""

    kind: str
    uid: UUID
    label: str
    owner_uid: UUID
    version: int
    values: Mapping[str, str]


def _row(kind: str, uid: UUID | str) -> tuple[Sourced, Organisation]:
    if kind not in KINDS:
        raise NotFound("Cette sorte de fiche n'existe pas.")
    table, path = KINDS[kind]
    joined = [path] if path else []
    row = table._default_manager.select_related(*joined).filter(uid=uid).first()
    if row is None:
        raise NotFound("Cette fiche n'existe pas (ou plus) dans l'annuaire. Reprenez la recherche.")
    return row, _owner(row)


def _owner(row: Sourced) -> Organisation:
    if isinstance(row, Organisation):
        return row
    if isinstance(row, Site | Offer | Contact):
        return row.organisation
    raise NotFound("Cette sorte de fiche n'existe pas.")


def editable(kind: str, uid: UUID | str, *, actor: Actor) -> Editable:
    """The row as text fields, for those who may edit it: one query. Raises NotFound, NotAllowed."""
    row, owner = _row(kind, uid)
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette fiche")
    values = {field: _text(getattr(row, field)) for field in FIELDS[kind]}
    return Editable(kind, row.uid, str(row), owner.uid, row.version, values)


def owned(organisation_uid: UUID | str, *, actor: Actor) -> tuple[str, tuple[tuple[UUID, str], ...]]:
    """Name and (uid, name) of the sites of an organisation that the actor may edit: two queries."""
    _, owner = _row("organisation", organisation_uid)
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette structure")
    sites = Site.objects.filter(organisation=owner, merged_into=None).order_by("sort_key", "id")
    return owner.name, tuple(sites.values_list("uid", "name")[:200])


def suggestable(kind: str, uid: UUID | str) -> str:
    """The name of an organisation or a site that anybody may correct: one query. Raises NotFound."""
    if kind not in {"organisation", "site"}:
        raise NotFound("On peut proposer une correction pour une structure ou pour un lieu.")
    row, _ = _row(kind, uid)
    return str(row)


def operator_organisations(*, on: date) -> tuple[tuple[UUID, str], ...]:
    """(uid, name) of the organisations of the operators of the CEP on a day, by name: one query."""
    members = NetworkMembership.objects.filter(valid_on(on), organisation__merged_into=None).exclude(network__role="")
    rows = members.order_by("organisation__sort_key", "organisation_id")
    return tuple(dict.fromkeys(rows.values_list("organisation__uid", "organisation__name")[:MAX_OPERATORS]))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def contact_seen(uid: UUID | str, *, actor: Actor, on: date) -> ContactView:
    """One interlocutor that the actor may see: two queries. Raises NotFound, whether hidden or absent."""
    found = contacts_where(Q(uid=uid), actor=actor, on=on)
    if not found:
        raise NotFound("Cet interlocuteur n'est pas dans l'annuaire, ou n'est montré qu'aux professionnels identifiés.")
    return found[0]
