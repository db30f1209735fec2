"""The territory that somebody coordinates, and the pairs of rows that are hers to judge (decision 20)."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from ensemblier.directory.core.access import EDITING_ROLES, PLATFORM_ROLES
from ensemblier.directory.core.exchange.states import PairKind
from ensemblier.directory.models import DuplicatePair, Organisation, Site
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.models import valid_on
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.models import Commune, Perimeter


def coordinated_communes(actor: Actor, on: date) -> QuerySet[Commune]:
    """The communes of the cells that the actor's organisation holds; without any, of the départements of its places.

    None for who coordinates nothing, or acts for an organisation that has neither.
    """
    if "coordinator" not in actor.roles or actor.organisation_id is None:
        return Commune.objects.none()
    own = Organisation.objects.filter(pk=actor.organisation_id)
    cells = Perimeter.objects.filter(
        valid_on(on), purpose=PerimeterPurpose.CELL.value, holder_uid__in=own.values("uid")
    )
    if cells.exists():
        return Commune.objects.filter(perimeters__in=cells)
    return _around(actor.organisation_id, on)


def home_communes(organisation_id: int, on: date) -> frozenset[str]:
    """Codes of the communes of the départements where an organisation has a place; empty without any."""
    return frozenset(_around(organisation_id, on).order_by("code").values_list("code", flat=True))


def _around(organisation_id: int, on: date) -> QuerySet[Commune]:
    places = Site.objects.filter(valid_on(on), organisation_id=organisation_id, merged_into=None)
    return Commune.objects.filter(departement__in=places.values("commune__departement"))


def pairs_for(actor: Actor, on: date) -> QuerySet[DuplicatePair]:
    """The pairs that concern the actor: all for the platform, a coordinator's territory, one row of an editor's."""
    pairs = DuplicatePair.objects.all()
    if actor.roles & PLATFORM_ROLES:
        return pairs
    communes = coordinated_communes(actor, on).values("pk")
    sites, organisations = Q(commune__in=communes), Q(sites__commune__in=communes)
    if actor.roles & EDITING_ROLES and actor.organisation_id is not None:
        sites |= Q(organisation_id=actor.organisation_id)
        organisations |= Q(pk=actor.organisation_id)
    return pairs.filter(
        _one_of(PairKind.SITE, Site.objects.filter(sites).values("pk"))
        | _one_of(PairKind.ORGANISATION, Organisation.objects.filter(organisations).values("pk"))
    )


def may_coordinate(actor: Actor, pair: DuplicatePair, on: date) -> bool:
    """Whether the pair stands in the territory that the actor coordinates, or the actor runs the platform."""
    if actor.roles & PLATFORM_ROLES:
        return True
    communes = coordinated_communes(actor, on).values("pk")
    ids = (pair.left_id, pair.right_id)
    if pair.kind == PairKind.SITE.value:
        return Site.objects.filter(pk__in=ids, commune__in=communes).exists()
    return Organisation.objects.filter(pk__in=ids, sites__commune__in=communes).exists()


def _one_of(kind: PairKind, rows: Any) -> Q:
    return Q(kind=kind.value) & (Q(left_id__in=rows) | Q(right_id__in=rows))
