"""What an export is made of: the rows of the directory as plain values, whatever the format that leaves."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ExportedOrganisation:
    """A structure that leaves. `key`: its name outside; `networks`: our codes; `di_networks`: data·inclusion's."""

    key: str
    uid: UUID
    name: str
    siret: str
    description: str
    phone: str
    email: str
    website: str
    source_url: str
    updated_on: date
    is_date_known: bool
    networks: tuple[str, ...] = ()
    network_names: tuple[str, ...] = ()
    di_networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportedSite:
    """A place that leaves, with its structure. `source` is the producer's code, `source_name` its name to be shown."""

    key: str
    uid: UUID
    source: str
    source_name: str
    organisation: ExportedOrganisation
    name: str
    siret: str
    description: str
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
    hours_note: str
    by_appointment: bool | None
    accessibility: str
    source_url: str
    updated_on: date
    is_date_known: bool
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class ExportedOffer:
    """An offer that leaves, with its structure and its place (None: at a distance, or anywhere)."""

    key: str
    uid: UUID
    source: str
    organisation: ExportedOrganisation
    site: ExportedSite | None
    structure_key: str
    name: str
    description: str
    kind: str
    is_cep: bool
    publics: tuple[str, ...]
    publics_note: str
    needs: tuple[str, ...]
    modes: tuple[str, ...]
    mobilisation: tuple[str, ...]
    mobilisable_by: tuple[str, ...]
    mobilisation_note: str
    mobilisation_url: str
    languages: tuple[str, ...]
    conditions: str
    fee: str
    fee_note: str
    accessibility: str
    eligibility_zones: tuple[str, ...]
    contact_name: str
    phone: str
    email: str
    hours_osm: str
    weekly_hours: float | None
    weeks: int | None
    source_url: str
    updated_on: date
    is_date_known: bool
