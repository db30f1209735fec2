"""Who deposits, who changes, who reads. Roles are strings here, granted by `accounts` below."""

from collections.abc import Collection

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.library.core.kinds import Audience

DEPOSITING = frozenset({"adviser", "team_lead", "directory_editor", "coordinator", "administrator", "system"})
PLATFORM = frozenset({"administrator", "system"})


def may_deposit(actor: Actor) -> bool:
    """Any professional who acts for an organisation, and the platform itself."""
    return bool(actor.roles & PLATFORM) or (actor.organisation_id is not None and bool(actor.roles & DEPOSITING))


def may_change(actor: Actor, holder_id: int | None) -> bool:
    """The organisation that deposited it, and the platform."""
    return bool(actor.roles & PLATFORM) or (may_deposit(actor) and actor.organisation_id == holder_id)


def check_may_deposit(actor: Actor) -> None:
    """Raises NotAllowed with what to do."""
    if not may_deposit(actor):
        raise NotAllowed("Pour déposer une ressource, connectez-vous et agissez pour une structure.")


def check_may_change(actor: Actor, holder_id: int | None) -> None:
    """Raises NotAllowed with what to do."""
    if not may_change(actor, holder_id):
        raise NotAllowed("Seule la structure qui a déposé cette ressource peut la modifier ou la retirer.")


def reads_content(actor: Actor, audience: Audience, key: str, keys: Collection[str]) -> bool:
    """Whether the content opens to the actor. `keys`: the corners that the actor belongs to, opaque here."""
    if audience is Audience.PUBLIC or "system" in actor.roles:
        return True
    if audience is Audience.MEMBERS:
        return actor.is_signed_in
    return key in keys
