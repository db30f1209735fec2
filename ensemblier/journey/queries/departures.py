"""How much somebody leads, before she leaves: a number, and no name."""

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.models import Lead
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotAllowed


def count_led(user_id: int, *, by: Actor) -> int:
    """Open accompaniments that a member of the actor's organisation leads there. One query.

    Raises NotAllowed: only herself, her team lead or who manages the accounts.
    """
    allowed = {Role.ACCOUNT_MANAGER.value, Role.TEAM_LEAD.value}
    if by.organisation_id is None or (by.user_id != user_id and not by.roles & allowed):
        raise NotAllowed("Seules cette personne et la personne référente de l'équipe voient ce nombre.")
    with acting(SYSTEM):
        return Lead.objects.filter(organisation_id=by.organisation_id, adviser_id=user_id, until=STILL_OPEN).count()
