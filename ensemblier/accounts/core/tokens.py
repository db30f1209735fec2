"""Tokens by which the system of an organisation reads the interface for programs: what they open, and how long."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from ensemblier.kernel.words import marked

PREFIX = "ens_"
"""What a token begins with: whoever finds one in a file or a log knows what it is."""
LONGEST = timedelta(days=366)


class TokenScope(StrEnum):
    """What a token opens. An administrator of accounts reads no file, so neither does the token that she makes."""

    RELAY_STATES = "relay_states"

    @property
    def label(self) -> str:
        """The French name."""
        return _SCOPES[self]


_SCOPES = {
    TokenScope.RELAY_STATES: marked("états et échéances des relais de la structure, sans nom ni contenu"),
}


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as its page shows it: never the token itself."""

    uid: UUID
    name: str
    scopes: frozenset[TokenScope]
    made_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """The system that showed a good token: for which organisation, and what it may read."""

    organisation_id: int
    token_uid: UUID
    scopes: frozenset[TokenScope]


def token_mark(token: str) -> str:
    """Under which mark a token is kept: SHA-256 is enough for 256 bits drawn at random."""
    return hashlib.sha256(token.encode()).hexdigest()
