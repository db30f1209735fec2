"""Who may change a row of the directory, and who may see its interlocutors.

Roles are plain strings here: they are granted by `accounts`, one floor above (`accounts.core.roles.Role`).
"""

from collections.abc import Collection

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed

EDITING_ROLES = frozenset({"directory_editor", "coordinator"})
PLATFORM_ROLES = frozenset({"administrator", "system"})


def may_edit(actor: Actor, owner_ids: Collection[int | None]) -> bool:
    """Whether the actor edits rows owned by one of these organisations (the owner, or who keeps its row for it)."""
    if actor.roles & PLATFORM_ROLES:
        return True
    if actor.organisation_id is None or actor.organisation_id not in owner_ids:
        return False
    return bool(actor.roles & EDITING_ROLES)


def check_may_edit(actor: Actor, owner_ids: Collection[int | None], what: str) -> None:
    """Raise NotAllowed with what to do when the actor may not edit `what` (French, e.g. "ce lieu")."""
    if may_edit(actor, owner_ids):
        return
    if not actor.is_signed_in:
        raise NotAllowed(
            "Connectez-vous pour modifier %(what)s, ou proposez une correction : la structure la recevra.",
            values={"what": what},
        )
    raise NotAllowed(
        "Seule la structure concernée peut modifier %(what)s. Vous pouvez proposer une correction : elle la recevra.",
        values={"what": what},
    )


def acts_for_a_structure(actor: Actor) -> bool:
    """Whether the actor is a professional of the territory: signed in and acting for an organisation."""
    return bool(actor.roles & PLATFORM_ROLES) or (actor.is_signed_in and actor.organisation_id is not None)


def may_see_contacts(actor: Actor) -> bool:
    """Whether unpublished interlocutors are shown: to professionals who act for an organisation."""
    return acts_for_a_structure(actor)
