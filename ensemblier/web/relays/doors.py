"""The doors of the first screen: what `routing` explains for this person today, and whoever was looked for by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ensemblier.directory.core.operators import Operator
from ensemblier.journey.core.explained import kept_door
from ensemblier.journey.queries.packets import Recipient
from ensemblier.routing.core.answer import Level, Reason
from ensemblier.routing.core.orientation import Orientation
from ensemblier.web.public.presentation import Place, place_of
from ensemblier.web.templatetags import french


@dataclass(frozen=True, slots=True)
class Pick:
    """One structure to choose, at one place."""

    recipient: Recipient
    place: Place | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DoorChoice:
    """One door: why it is open to the person, and the structures that stand behind it."""

    operator: Operator
    name: str
    is_express: bool
    why: tuple[str, ...]
    picks: tuple[Pick, ...]


def organisations_of(orientation: Orientation | None) -> list[UUID]:
    """Every structure that the doors show."""
    if orientation is None:
        return []
    return [site.organisation_uid for door in orientation.doors for site in door.sites]


def door_choices(
    orientation: Orientation | None, known: Mapping[UUID, Recipient], chosen: str
) -> tuple[DoorChoice, ...]:
    """The doors, in the neutral order of `routing`; a structure stands once behind each, at its nearest place."""
    if orientation is None:
        return ()
    return tuple(
        DoorChoice(
            operator=door.operator,
            name=door.name,
            is_express=door.level is Level.EXPRESS,
            why=tuple(_words(reason) for reason in door.because),
            picks=tuple(_picks(door.sites, known, chosen)),
        )
        for door in orientation.doors
    )


def _picks(sites: Iterable[Any], known: Mapping[UUID, Recipient], chosen: str) -> list[Pick]:
    found: dict[UUID, Pick] = {}
    for site in sites:
        recipient = known.get(site.organisation_uid)
        if recipient is not None and site.organisation_uid not in found:
            is_chosen = chosen == str(recipient.uid)
            found[site.organisation_uid] = Pick(recipient, place_of(site), is_chosen)
    return list(found.values())


def _words(reason: Reason) -> str:
    return reason.plain_en if french.language() == "en" and reason.plain_en else reason.plain_fr


def kept(orientation: Orientation | None, offered: list[Recipient], chosen: int | None) -> dict[str, Any]:
    """What the relay keeps of the doors explained: each with its reasons as they were said that day and the structures
    that stood behind it, what was offered and chosen. The person reads it before she chooses."""
    numbers = {each.uid: each.organisation_id for each in offered}
    doors = [] if orientation is None else [kept_door(door, numbers).stored for door in orientation.doors]
    on = orientation.on.isoformat() if orientation else ""
    return {"on": on, "doors": doors, "offered": [each.organisation_id for each in offered], "chosen": chosen}
