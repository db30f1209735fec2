"""Reads: where relays wait and loops stay open on a territory – counts for who coordinates it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation, Site
from ensemblier.journey.core.loops import PERIOD, Cell, LoopCount, LoopKind, added, hidden, share_closed
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.sql.loops import loops
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import valid_on
from ensemblier.territory.models import Zone

SHOWN = (LoopKind.UNANSWERED, LoopKind.EXPIRED, LoopKind.OPEN)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A zone of employment. `cells`: for each kind of `SHOWN`, in its order; `closed`: percent, None when too small."""

    name: str
    cells: tuple[tuple[LoopKind, Cell], ...]
    closed: int | None


@dataclass(frozen=True, slots=True)
class StructureRow:
    """A structure whose turn it is, and how to reach its desk."""

    uid: UUID
    name: str
    phone: str
    cells: tuple[tuple[LoopKind, Cell], ...]


@dataclass(frozen=True, slots=True)
class Loops:
    """The page. `departements`: those of the coordinator's own places, by name; empty: the whole network."""

    departements: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    structures: tuple[StructureRow, ...]


def open_loops(*, actor: Actor, at: datetime) -> Loops:
    """The counts of the coordinator's territory: the départements where her structure has a place. NotAllowed."""
    if Role.COORDINATOR not in actor.roles:
        raise NotAllowed("Seul qui coordonne un territoire lit ces comptes.")
    with acting(actor):
        counts = loops(at - PERIOD, at)
    places = departements_of(actor.organisation_id or 0, on=at.astimezone(PARIS).date())
    if places:
        counts = tuple(each for each in counts if each.departement in places)
    names = Zone.objects.in_bulk({place for each in counts if (place := _place(each)) is not None})
    return Loops(
        departements=tuple(sorted(row.name for row in Zone.objects.filter(pk__in=places).order_by("pk"))),
        places=_places(counts, {pk: zone.name for pk, zone in names.items()}),
        structures=_structures(counts),
    )


def departements_of(organisation_id: int, *, on: date) -> frozenset[str]:
    """The départements where a structure has a place."""
    rows = Site.objects.filter(valid_on(on), organisation=organisation_id, merged_into=None)
    known = rows.exclude(commune__departement=None).order_by("pk")
    return frozenset(str(key) for key in known.values_list("commune__departement_id", flat=True))


def _place(each: LoopCount) -> str | None:
    """Its zone of employment; the département of a commune whose zone is not known."""
    return each.zone or each.departement


def _places(counts: tuple[LoopCount, ...], names: dict[str, str]) -> tuple[PlaceRow, ...]:
    found = added(counts, _place)
    cells = {kind: hidden(found[kind]) for kind in SHOWN}
    keys = sorted({_place(each) for each in counts}, key=lambda zone: names.get(zone or "", "\uffff"))
    return tuple(
        PlaceRow(
            names.get(zone or "", ""),
            tuple((kind, cells[kind].get(zone, Cell(0))) for kind in SHOWN),
            share_closed(found[LoopKind.ENDED].get(zone, 0), found[LoopKind.OPEN].get(zone, 0)),
        )
        for zone in keys
    )


def _structures(counts: tuple[LoopCount, ...]) -> tuple[StructureRow, ...]:
    found = added(counts, lambda each: each.structure)
    cells = {kind: hidden(found[kind]) for kind in SHOWN}
    waiting = {pk for kind in SHOWN for pk in found[kind] if pk is not None}
    rows = Organisation.objects.filter(pk__in=waiting).order_by("sort_key", "pk")
    return tuple(
        StructureRow(
            row.uid, row.name, row.phone, tuple((kind, cells[kind][row.pk]) for kind in SHOWN if row.pk in cells[kind])
        )
        for row in rows
    )
