"""What leaves the directory, whatever the format: organisations, sites and offers as values, with nothing private.

No interlocutor is in here: contacts leave only by the page that shows them.
"""

from dataclasses import dataclass
from datetime import date, datetime
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
    updated_at: datetime
    reviewed_on: date | None
    source_name: str
    source_url: str
    is_fictitious: bool


@dataclass(frozen=True, slots=True)
class OpenSite:
    """A place of an organisation; `position` says what the coordinates are worth (PositionKind)."""

    uid: UUID
    organisation: OpenOrganisation
    name: str
    siret: str
    address: str
    address_more: str
    postcode: str
    city: str
    commune_code: str
    lat: float | None
    lon: float | None
    position: str
    phone: str
    email: str
    website: str
    hours_osm: str
    accessibility: str
    description: str
    updated_at: datetime
    reviewed_on: date | None
    source_name: str
    is_fictitious: bool


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """What an organisation proposes, at `site` or at a distance (None)."""

    uid: UUID
    organisation: OpenOrganisation
    site: OpenSite | None
    name: str
    description: str
    kind: str
    is_cep: bool
    publics: tuple[str, ...]
    needs: tuple[str, ...]
    modes: tuple[str, ...]
    mobilisation: tuple[str, ...]
    mobilisation_note: str
    mobilisation_url: str
    languages: tuple[str, ...]
    conditions: str
    publics_note: str
    fee: str
    fee_note: str
    phone: str
    email: str
    hours_osm: str
    first_appointment_days: int | None
    updated_at: datetime
    reviewed_on: date | None
    source_name: str
    is_fictitious: bool
