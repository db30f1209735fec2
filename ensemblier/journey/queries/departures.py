"""How much somebody leads and holds, before she leaves: numbers, and no name."""

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.departures import Held
from ensemblier.journey.sql import departures
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed


def count_led(user_id: int, *, by: Actor) -> int:
    """Open accompaniments that a member of the actor's organisation leads there. One query.

    Raises NotAllowed: only herself, her team lead or who manages the accounts.
    """
    allowed = {Role.ACCOUNT_MANAGER.value, Role.TEAM_LEAD.value}
    if by.organisation_id is None or (by.user_id != user_id and not by.roles & allowed):
        raise NotAllowed("Seules cette personne et la personne référente de l'équipe voient ce nombre.")
    with acting(by):
        return departures.count_led(user_id)


def count_held(user_id: int, *, by: Actor) -> dict[Held, int]:
    """What a member of the actor's organisation holds there, by kind, without what there is none of. One query.

    Raises NotAllowed: only herself, her team lead or who manages the accounts.
    """
    allowed = {Role.ACCOUNT_MANAGER.value, Role.TEAM_LEAD.value}
    if by.organisation_id is None or (by.user_id != user_id and not by.roles & allowed):
        raise NotAllowed("Seules cette personne et la personne référente de l'équipe voient ce nombre.")
    with acting(by):
        found = departures.count_held(user_id)
    return {kind: found[kind.value] for kind in Held if kind.value in found}
