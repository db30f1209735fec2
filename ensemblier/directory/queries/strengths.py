"""Reads: what a network, a structure or a place is known for, with who says it; and who may write it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from ensemblier.directory.core.access import PLATFORM_ROLES, may_edit
from ensemblier.directory.core.views import StrengthView
from ensemblier.directory.models import NetworkMembership, NetworkName, Organisation, Site, Strength
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on


@dataclass(frozen=True, slots=True)
class NetworkStrengths:
    """A network under its name of the day; `can_write`: who reads may add to it and end it."""

    code: str
    name: str
    rows: tuple[StrengthView, ...]
    can_write: bool


def strengths_of(code: str, *, actor: Actor, on: date) -> NetworkStrengths:
    """What is written of a network, in the order it was written. Three queries. Raises NotFound."""
    name = NetworkName.objects.filter(valid_on(on), network_id=code).order_by("-valid_from", "id").first()
    if name is None:
        raise NotFound(
            "Le réseau « %(code)s » n'est pas connu à cette date.", field="network", values={"code": code[:60]}
        )
    rows = Strength.objects.filter(valid_on(on), network_id=code).order_by("id")
    return NetworkStrengths(
        code=code,
        name=name.name,
        rows=_views(rows),
        can_write=may_write(code, actor=actor, on=on),
    )


@dataclass(frozen=True, slots=True)
class OwnStrengths:
    """A structure or a place; `can_write`: who reads keeps its row."""

    kind: str
    uid: UUID
    name: str
    rows: tuple[StrengthView, ...]
    can_write: bool


def own_strengths_of(kind: str, uid: UUID, *, actor: Actor, on: date) -> OwnStrengths:
    """What is written of a structure ("organisation") or a place ("site"): two queries. Raises NotFound."""
    row: Organisation | Site | None
    if kind == "organisation":
        row = Organisation.objects.filter(uid=uid).first()
        owners = () if row is None else (row.pk, row.maintainer_id)
    elif kind == "site":
        row = Site.objects.select_related("organisation").filter(uid=uid).first()
        owners = () if row is None else (row.organisation_id, row.organisation.maintainer_id)
    else:
        row, owners = None, ()
    if row is None:
        raise NotFound("Cette fiche n'existe pas (ou plus) dans l'annuaire. Reprenez la recherche.")
    return OwnStrengths(kind, uid, row.name, own_strengths(row, on=on), may_edit(actor, owners))


def own_strengths(row: Organisation | Site, *, on: date) -> tuple[StrengthView, ...]:
    """What holds of this structure, or of this place, in the order it was written: one query."""
    owner = {"site": row} if isinstance(row, Site) else {"organisation": row}
    return _views(Strength.objects.filter(valid_on(on), **owner).order_by("id"))


def _views(rows: QuerySet[Strength]) -> tuple[StrengthView, ...]:
    return tuple(StrengthView(r.pk, r.text, r.source_name, r.source_url, r.valid_from) for r in rows)


def may_write(code: str, *, actor: Actor, on: date) -> bool:
    """Whether the organisation that the actor acts for belongs to the network; the platform may always."""
    if actor.roles & PLATFORM_ROLES:
        return True
    if actor.organisation_id is None:
        return False
    members = NetworkMembership.objects.filter(valid_on(on), network_id=code, organisation_id=actor.organisation_id)
    return members.exists()
