"""Rows of the directory as the interface shows them: offers, permanences, contacts who publish themselves, networks."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from ensemblier.api.v1.places import PointOut, SiteOut
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Circle, HalfDay, Season


class NetworkOut(Schema):
    """A network under its name of the date."""

    code: str
    name: str
    short_name: str
    circle: Circle
    operator: Operator | None
    strengths: list[str]


class OfferOut(Schema):
    """An offer. Empty `publics`: everybody. `is_free_by_law`: the CEP is free (L6111-6)."""

    uid: UUID
    name: str
    organisation_uid: UUID
    organisation_name: str
    site_uid: UUID | None
    site_name: str
    city: str
    commune_code: str
    point: PointOut | None
    publics: list[str]
    needs: list[str]
    modes: list[str]
    mobilisation: list[str]
    languages: list[str]
    conditions: str
    description: str
    fee: str
    is_free_by_law: bool
    phone: str
    first_appointment_days: int | None
    first_appointment_on: date | None
    km: float | None
    hours_text: list[str]
    is_stale: bool
    is_fictitious: bool


class PermanenceOut(Schema):
    """A published permanence, its rhythm in French and its next days."""

    uid: UUID
    holder_uid: UUID
    holder_name: str
    site_uid: UUID
    site_name: str
    city: str
    sentence: str
    half_day: HalfDay
    season: Season
    next_days: list[date]
    starts_at: str
    ends_at: str
    on_appointment: bool | None
    capacity: int | None
    note: str
    is_fictitious: bool


class ContactOut(Schema):
    """An interlocutor who chose to be shown to everybody; the others are for signed-in professionals."""

    uid: UUID
    name: str
    role: str
    subjects: list[str]
    phone: str
    email: str
    availability: str
    absent_until: date | None
    is_fictitious: bool


class ProvenanceOut(Schema):
    """Where the row comes from and how fresh it is."""

    source_name: str
    source_url: str
    updated_on: date | None
    reviewed_on: date | None
    review_due_on: date | None
    is_stale: bool
    is_fictitious: bool


class OrganisationDetailOut(Schema):
    """A structure with all that is open about it."""

    uid: UUID
    name: str
    acronym: str
    description: str
    phone: str
    email: str
    website: str
    siret: str
    networks: list[NetworkOut]
    sites: list[SiteOut]
    offers: list[OfferOut]
    permanences: list[PermanenceOut]
    contacts: list[ContactOut]
    contacts_hidden: bool = Field(description="D'autres interlocuteurs existent, montrés aux professionnels connectés.")
    provenance: ProvenanceOut
    moved_from: UUID | None = Field(description="L'identifiant demandé, s'il a été fondu dans celui-ci.")


class HoursExceptionOut(Schema):
    """Days on which the usual hours do not hold; no line: closed."""

    first_day: date
    last_day: date
    hours_text: list[str]
    reason: str


class SiteDetailOut(Schema):
    """A place with all that is open about it."""

    card: SiteOut
    description: str
    hours_note: str
    by_appointment: bool | None
    open_on_day: bool | None = Field(description="Ouvert ce jour-là ; null : horaires non connus.")
    next_opening: datetime | None
    exceptions: list[HoursExceptionOut]
    offers: list[OfferOut]
    permanences: list[PermanenceOut]
    contacts: list[ContactOut]
    contacts_hidden: bool
    provenance: ProvenanceOut
    moved_from: UUID | None


class HitOut(Schema):
    """One row of a search."""

    kind: str
    uid: UUID
    name: str
    organisation_name: str
    city: str
    phone: str
    operator: Operator | None
    network_name: str
    is_stale: bool
    is_fictitious: bool
