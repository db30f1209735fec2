"""What an import brings, whatever its format: records of four kinds, and the problems met while reading a row.

A reader of a format is a total function: any row of the file gives a `Reading`, never an exception. A problem is either
*blocking* (the whole row is set aside, nothing of it is stored) or not (the field is left empty, the row is kept).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ensemblier.kernel.words import marked

NATIONAL = "national:"


class RecordKind(StrEnum):
    """Kinds of things that an import can bring."""

    ORGANISATION = "organisation"
    SITE = "site"
    OFFER = "offer"
    SERVED_AREA = "served_area"
    DESK = "desk"

    @property
    def label(self) -> str:
        """French name, plural, for reports."""
        return {
            "organisation": marked("structures"),
            "site": marked("lieux"),
            "offer": marked("offres"),
            "served_area": marked("zones d'intervention"),
            "desk": marked("guichets régionaux"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a field could not be read: which one, the reason and what to do (French), the start of what stood there."""

    field: str
    reason: str
    value: str = ""
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file: `number` counts from 1 as a person would (header included for tables).

    `flaw` says what is wrong with the row as such (more cells than columns, not an object), "" otherwise.
    """

    number: int
    fields: dict[str, object]
    sheet: str = ""
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where rows come from, as it must be shown when they are reused."""

    code: str
    name: str
    publisher: str = ""
    licence: str = ""
    url: str = ""
    mention: str = ""
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """A structure. `key` is its identifier at the source; `networks` are network codes, ours or data·inclusion's.

    A key that begins with NATIONAL is shared by all sources: France Travail is one structure, whoever speaks of it.
    """

    key: str
    name: str
    networks: tuple[str, ...] = ()
    siret: str = ""
    description: str = ""
    website: str = ""
    phone: str = ""
    email: str = ""
    source_url: str = ""
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """A place that receives people. Coordinates in degrees (WGS 84); `position` says how they were obtained.

    `parent_key` names another site of the same file: when both are the same place, only that one is kept.
    """

    key: str
    organisation_key: str
    name: str
    address: str = ""
    address_more: str = ""
    postcode: str = ""
    city: str = ""
    commune_code: str = ""
    lat: float | None = None
    lon: float | None = None
    position: str = "unknown"
    phone: str = ""
    email: str = ""
    website: str = ""
    accessibility: str = ""
    hours_osm: str = ""
    hours_note: str = ""
    by_appointment: bool | None = None
    siret: str = ""
    description: str = ""
    source_url: str = ""
    updated_on: date | None = None
    parent_key: str = ""


@dataclass(frozen=True, slots=True)
class OfferRecord:
    """What a structure does for people. `site_key` is "" when the offer is not tied to a place; lists hold codes."""

    key: str
    organisation_key: str
    site_key: str
    name: str
    description: str = ""
    kind: str = ""
    needs: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    publics_note: str = ""
    modes: tuple[str, ...] = ()
    conditions: str = ""
    fee: str = ""
    fee_note: str = ""
    mobilisation: tuple[str, ...] = ()
    mobilisable_by: tuple[str, ...] = ()
    mobilisation_note: str = ""
    mobilisation_url: str = ""
    eligibility_zones: tuple[str, ...] = ()
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    hours_osm: str = ""
    weekly_hours: float | None = None
    weeks: int | None = None
    languages: tuple[str, ...] = ()
    accessibility: str = ""
    is_cep: bool = False
    source_url: str = ""
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class ServedAreaRecord:
    """Communes that a site says it serves (its intervention zone); records with one key are added up.

    `departements` stands for all communes of these départements. Without `site_key`, the organisation named by
    `organisation_key` serves them, from whichever of its sites.
    """

    key: str
    site_key: str
    communes: tuple[str, ...]
    departements: tuple[str, ...] = ()
    organisation_key: str = ""


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """The regional portal and number of the CEP for people in work."""

    key: str
    region_code: str
    name: str
    phone: str = ""
    portal_url: str = ""


Record = OrganisationRecord | SiteRecord | OfferRecord | ServedAreaRecord | DeskRecord

KIND_OF: dict[type, RecordKind] = {
    OrganisationRecord: RecordKind.ORGANISATION,
    SiteRecord: RecordKind.SITE,
    OfferRecord: RecordKind.OFFER,
    ServedAreaRecord: RecordKind.SERVED_AREA,
    DeskRecord: RecordKind.DESK,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row gave. `source` is set when the row itself names its producer (data·inclusion does).

    `ignored` says why a sound row is not for this directory (a town hall, a help line of a template), "" otherwise.
    """

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""
    ignored: str = ""

    @property
    def is_set_aside(self) -> bool:
        """Whether the whole row must be left out."""
        return any(problem.blocking for problem in self.problems)
