"""What accounts answer: frozen values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.accounts.core.roles import Role


@dataclass(frozen=True, slots=True)
class MembershipView:
    """An organisation that a user may act for on a date, with all her roles there."""

    organisation_id: int
    organisation_uid: UUID
    organisation_name: str
    roles: frozenset[Role]
    until: date | None
    is_fictitious: bool


@dataclass(frozen=True, slots=True)
class UserView:
    """A user, as lists show her."""

    id: int
    email: str
    name: str
    is_active: bool
    is_demonstration: bool
