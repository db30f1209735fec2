"""A structure as one row of the open data: nothing private, no interlocutor."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenOrganisation:
    """A structure; `networks`: (code, name on the date) of the networks it belongs to, sorted by code."""

    uid: UUID
    name: str
    acronym: str
    siren: str
    siret: str
    description: str
    phone: str
    email: str
    website: str
    networks: tuple[tuple[str, str], ...]
    reviewed_on: date | None
    source_name: str
    source_url: str
    is_fictitious: bool
