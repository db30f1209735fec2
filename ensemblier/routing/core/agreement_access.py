"""Whose an aiguillage agreement is: who may review or end it."""

from collections.abc import Collection

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed

PLATFORM = frozenset({"administrator", "system"})


def may_change(actor: Actor, organisations: Collection[int | None]) -> bool:
    """Whether the actor may review or end an agreement of these organisations: its parties, and who recorded it."""
    if actor.roles & PLATFORM:
        return True
    return "coordinator" in actor.roles and actor.organisation_id is not None and actor.organisation_id in organisations


def of_others() -> NotAllowed:
    """The refusal that is said to a coordinator from elsewhere."""
    return NotAllowed(
        "Cet accord est celui d’autres structures : seules celles qui le signent ou l’ont écrit peuvent y toucher."
    )
