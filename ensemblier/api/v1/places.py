"""Places as the interface shows them: a site, its position and how sure it is, the way there."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import PositionKind
from ensemblier.territory.core.geo import TravelMethod


class PointOut(Schema):
    """Degrees, WGS 84."""

    lat: float
    lon: float


class TravelOut(Schema):
    """By car. `method` says how it is known: imported matrix, fitted model, or unknown (then no figure)."""

    minutes: float | None
    km: float | None
    method: TravelMethod


class SiteOut(Schema):
    """A place where an organisation receives. Empty text, null: not known, never guessed."""

    uid: UUID
    name: str
    organisation_uid: UUID
    organisation_name: str
    network_code: str
    network_name: str
    operator: Operator | None
    address: str
    postcode: str
    city: str
    commune_code: str
    point: PointOut | None
    position: PositionKind = Field(description="Ce que vaut `point` : exact, centre de commune, estimé, inconnu.")
    phone: str
    email: str
    website: str
    hours_osm: str = Field(description="Horaires dans la syntaxe d'OpenStreetMap ; vide : non connus.")
    hours_text: list[str]
    accessibility: str
    modes: list[str]
    first_appointment_days: int | None
    first_appointment_on: date | None
    next_permanence: datetime | None
    km: float | None = Field(description="À vol d'oiseau depuis la commune demandée.")
    travel: TravelOut
    serves: bool | None = Field(description="Un périmètre dit que ce lieu dessert la commune ; null : on ne sait pas.")
    source_name: str
    source_url: str
    reviewed_on: date | None
    is_stale: bool
    is_fictitious: bool = Field(description="Lieu fictif du territoire de démonstration.")


class DeskOut(Schema):
    """The number and the portal of the regional operator."""

    name: str
    phone: str
    portal_url: str
    source_name: str
    is_fictitious: bool
