"""Who stands before a relay, from what a door knows of them."""

from dataclasses import dataclass
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.consent import ConsentChannel
from ensemblier.journey.core.relay import Relay
from ensemblier.journey.core.states import Move, Party
from ensemblier.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PersonHerself:
    """The person, proven by her own account or by a signed link and its second proof. A door makes it, nobody else."""

    person_id: int
    channel: ConsentChannel = ConsentChannel.ACCOUNT

    @property
    def label(self) -> str:
        """What a history shows: never her name."""
        return "la personne"


@dataclass(frozen=True, slots=True)
class PartnerByLink:
    """Somebody of the recipient who has no account: a signed link and its second proof opened this one relay.

    `name`: who she says she is. A door makes it, nobody else.
    """

    relay: UUID
    organisation_id: int
    name: str

    @property
    def label(self) -> str:
        """What a history shows."""
        return f"{self.name} (par lien)"


CLERK = Actor(label="système", roles=frozenset({"clerk"}))
"""What a page must know before anybody acts, or do beside: whose files an account reads, a queue to join."""

Mover = Actor | PersonHerself | PartnerByLink


def user_of(by: Mover) -> int | None:
    """The account that acts; None for the person and for the clock."""
    return by.user_id if isinstance(by, Actor) else None


def organisation_of(by: Mover) -> int | None:
    """The organisation that it acts for; None for the person and for the clock."""
    return None if isinstance(by, PersonHerself) else by.organisation_id


def party_of(relay: Relay, move: Move, by: Mover) -> Party:
    """As what somebody acts on this relay; OUTSIDER when it is none of theirs."""
    if not isinstance(by, Actor):
        return _party_without_account(relay, by)
    if "system" in by.roles:
        return Party.CLOCK
    if move is Move.MARK_ERROR and Role.ADMINISTRATOR in by.roles:
        return Party.ADMINISTRATOR
    if Role.ADVISER in by.roles and by.user_id is not None and by.organisation_id is not None:
        if by.organisation_id == relay.source:
            return Party.PAPER if move is Move.SEND else Party.SOURCE
        if by.organisation_id == relay.recipient:
            return Party.RECIPIENT
    return Party.COORDINATOR if Role.COORDINATOR in by.roles else Party.OUTSIDER


def _party_without_account(relay: Relay, by: PersonHerself | PartnerByLink) -> Party:
    if isinstance(by, PersonHerself):
        return Party.PERSON if by.person_id == relay.person else Party.OUTSIDER
    return Party.RECIPIENT if by.organisation_id == relay.recipient else Party.OUTSIDER
