"""Who may write in the animation of a territory: roles, and the organisations that keep a row."""

from collections.abc import Collection

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed

WRITERS = frozenset({"coordinator", "administrator", "system"})
"""They open cells, problems, groups, conventions… for the organisation for which they act."""
ORGANISERS = WRITERS | {"adviser", "team_lead", "directory_editor"}
"""They announce events, sit in groups, ask and answer, declare what their organisation does with others."""
CERTIFIERS = frozenset({"coordinator", "team_lead", "administrator", "system"})


def check_organiser(by: Actor) -> int:
    """The organisation for which somebody acts. Raises NotAllowed."""
    if by.organisation_id is None or not by.roles & ORGANISERS:
        raise NotAllowed("Agissez pour une structure du territoire : ce geste se fait en son nom.")
    return by.organisation_id


def check_writer(by: Actor) -> int:
    """The organisation for which somebody animates. Raises NotAllowed."""
    if by.organisation_id is None or not by.roles & WRITERS:
        raise NotAllowed("Seules les personnes qui animent le territoire écrivent ici.")
    return by.organisation_id


def may_keep(by: Actor, keepers: Collection[int], *, roles: frozenset[str] = WRITERS) -> bool:
    """Whether the actor acts for an organisation that keeps the row, in a role that writes."""
    return by.organisation_id in keepers and bool(by.roles & roles)


def check_keeper(by: Actor, keepers: Collection[int], *, roles: frozenset[str] = WRITERS) -> None:
    """Raises NotAllowed for somebody of another organisation, or in another role."""
    if not may_keep(by, keepers, roles=roles):
        raise NotAllowed("Cette page est tenue par une autre structure, ou par une autre fonction que la vôtre.")
