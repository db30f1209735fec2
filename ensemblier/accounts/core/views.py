"""What accounts answer: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ensemblier.accounts.core.roles import ABOUT_PERSONS, Role


@dataclass(frozen=True, slots=True)
class MembershipView:
    """An organisation that a user may act for on a date, with all her roles there."""

    organisation_id: int
    organisation_uid: UUID
    organisation_name: str
    roles: frozenset[Role]
    until: date | None
    is_fictitious: bool
    has_convention: bool

    @property
    def roles_in_force(self) -> frozenset[Role]:
        """The roles that hold: without a signed data convention, none that opens files of persons."""
        return self.roles if self.has_convention else self.roles - ABOUT_PERSONS


@dataclass(frozen=True, slots=True)
class UserView:
    """A user, as lists show her."""

    id: int
    email: str
    name: str
    is_active: bool
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class PersonAccountView:
    """The account of a person: no name, only what lets her in again."""

    id: int
    uid: UUID
    email: str
    phone: str
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """A browser where the account is open. `number` names it without opening it."""

    number: str
    device: str
    started_at: datetime
    last_seen_at: datetime
    is_current: bool
