"""Reads: what a network is known for, with who says it; and who may write it."""

from dataclasses import dataclass
from datetime import date

from ensemblier.directory.core.access import PLATFORM_ROLES
from ensemblier.directory.models import NetworkMembership, NetworkName, Strength
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """A strength or an own modality that holds on the day."""

    id: int
    text: str
    source_name: str
    source_url: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class NetworkStrengths:
    """A network under its name of the day; `can_write`: who reads may add to it and end it."""

    code: str
    name: str
    rows: tuple[StrengthRow, ...]
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
        rows=tuple(StrengthRow(r.pk, r.text, r.source_name, r.source_url, r.valid_from) for r in rows),
        can_write=may_write(code, actor=actor, on=on),
    )


def may_write(code: str, *, actor: Actor, on: date) -> bool:
    """Whether the organisation that the actor acts for belongs to the network; the platform may always."""
    if actor.roles & PLATFORM_ROLES:
        return True
    if actor.organisation_id is None:
        return False
    members = NetworkMembership.objects.filter(valid_on(on), network_id=code, organisation_id=actor.organisation_id)
    return members.exists()
