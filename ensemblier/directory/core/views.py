"""What the directory answers: frozen values. Missing text is "", a missing number or date is None (= not known)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.quality import Quality
from ensemblier.directory.core.states import (
    Circle,
    ContactPreference,
    HalfDay,
    PermanenceState,
    PositionKind,
    Season,
    SuggestionState,
)
from ensemblier.territory.core.geo import UNKNOWN_TRAVEL, Point, Travel


@dataclass(frozen=True, slots=True)
class SiteCard:
    """A place where an organisation receives, as one card of a list.

    `km` is the great-circle distance from the origin asked for, `serves` what an intervention perimeter says of that
    commune (None: nothing is known), `hours_text` French lines (empty: not known), `next_permanence` the next published
    one within two months.
    """

    uid: UUID
    name: str
    organisation_uid: UUID
    organisation_name: str
    network_code: str = ""
    network_name: str = ""
    operator: Operator | None = None
    address: str = ""
    postcode: str = ""
    city: str = ""
    commune_code: str = ""
    point: Point | None = None
    position: PositionKind = PositionKind.UNKNOWN
    phone: str = ""
    email: str = ""
    website: str = ""
    hours_osm: str = ""
    hours_text: tuple[str, ...] = ()
    accessibility: str = ""
    modes: tuple[str, ...] = ()
    first_appointment_days: int | None = None
    first_appointment_on: date | None = None
    next_permanence: datetime | None = None
    km: float | None = None
    travel: Travel = UNKNOWN_TRAVEL
    serves: bool | None = None
    source_name: str = ""
    source_url: str = ""
    reviewed_on: date | None = None
    is_stale: bool = False
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class RegionalDesk:
    """The number and portal of the regional operator of a region on a date."""

    name: str
    phone: str = ""
    portal_url: str = ""
    source_name: str = ""
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class StrengthView:
    """A strength or an own modality that holds on the day, and who says it."""

    id: int
    text: str
    source_name: str
    source_url: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network under its name of the date."""

    code: str
    name: str
    short_name: str
    circle: Circle
    operator: Operator | None
    strengths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer, as one card of a list. Empty `publics`: everybody. `is_free_by_law`: L6111-6."""

    uid: UUID
    name: str
    organisation_uid: UUID
    organisation_name: str
    site_uid: UUID | None = None
    site_name: str = ""
    city: str = ""
    commune_code: str = ""
    point: Point | None = None
    publics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    mobilisation: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    conditions: str = ""
    description: str = ""
    fee: str = ""
    is_free_by_law: bool = False
    phone: str = ""
    first_appointment_days: int | None = None
    first_appointment_on: date | None = None
    km: float | None = None
    hours_text: tuple[str, ...] = ()
    is_stale: bool = False
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class PermanenceView:
    """A permanence with its sentence in French and its next days (at most `core.permanence.MAX_DATES`)."""

    uid: UUID
    holder_uid: UUID
    holder_name: str
    site_uid: UUID
    site_name: str
    city: str
    sentence: str
    half_day: HalfDay
    season: Season
    state: PermanenceState
    next_days: tuple[date, ...] = ()
    starts_at: str = ""
    ends_at: str = ""
    on_appointment: bool | None = None
    capacity: int | None = None
    note: str = ""
    refusal_reason: str = ""
    proposed_by_name: str = ""
    can_decide: bool = False
    version: int = 1
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class ContactView:
    """An interlocutor. Away on the date: `absent_until` (last day included) and who stands in."""

    uid: UUID
    name: str
    role: str
    subjects: tuple[str, ...]
    organisation_uid: UUID
    organisation_name: str
    site_uid: UUID | None = None
    site_name: str = ""
    phone: str = ""
    email: str = ""
    preference: ContactPreference | None = None
    availability: str = ""
    absent_until: date | None = None
    replacement_name: str = ""
    replacement_phone: str = ""
    is_published: bool = False
    is_stale: bool = False
    is_fictitious: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class CallCard:
    """Whom to call: a named interlocutor, else the counter itself (`contact` is None)."""

    organisation_uid: UUID
    organisation_name: str
    site_uid: UUID | None
    site_name: str
    city: str
    phone: str
    email: str
    operator: Operator | None = None
    network_name: str = ""
    contact: ContactView | None = None
    why: tuple[str, ...] = ()
    km: float | None = None
    is_stale: bool = False
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a row comes from and how fresh it is."""

    source_name: str
    source_url: str
    updated_on: date | None
    reviewed_on: date | None
    review_due_on: date | None
    is_stale: bool
    is_fictitious: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a history: who, when, what (field → [before, after])."""

    at: datetime
    who: str
    verb: str
    changes: dict[str, object]


@dataclass(frozen=True, slots=True)
class Served:
    """A perimeter that an organisation or a site serves, by its name, or the number of communes listed one by one."""

    label: str
    communes: int
    site_uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """Everything the page of an organisation shows. `moved_from`: the uid asked for was merged into this one."""

    uid: UUID
    id: int
    name: str
    acronym: str
    description: str
    phone: str
    email: str
    website: str
    siret: str
    networks: tuple[NetworkView, ...]
    sites: tuple[SiteCard, ...]
    offers: tuple[OfferCard, ...]
    permanences: tuple[PermanenceView, ...]
    contacts: tuple[ContactView, ...]
    served: tuple[Served, ...]
    members: tuple[tuple[UUID, str], ...]
    groupements: tuple[tuple[UUID, str], ...]
    lots: tuple[str, ...]
    provenance: Provenance
    quality: Quality
    version: int
    can_edit: bool
    contacts_hidden: bool
    moved_from: UUID | None = None
    strengths: tuple[StrengthView, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursExceptionView:
    """Days on which the usual hours do not apply; no line means closed."""

    first_day: date
    last_day: date
    hours_text: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """Everything the page of a site shows. `open_on_day` is None when the hours are not known."""

    card: SiteCard
    id: int
    description: str
    hours_note: str
    by_appointment: bool | None
    open_on_day: bool | None
    next_opening: datetime | None
    exceptions: tuple[HoursExceptionView, ...]
    offers: tuple[OfferCard, ...]
    permanences: tuple[PermanenceView, ...]
    contacts: tuple[ContactView, ...]
    served: tuple[Served, ...]
    provenance: Provenance
    quality: Quality
    version: int
    can_edit: bool
    contacts_hidden: bool
    moved_from: UUID | None = None
    strengths: tuple[StrengthView, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryHit:
    """One row of a directory search, ordered by name."""

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


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """A page of a search. `next_cursor` is "" at the end; `count` is capped (`count_text` shows "1 000+")."""

    hits: tuple[DirectoryHit, ...]
    next_cursor: str
    count: int
    count_text: str


@dataclass(frozen=True, slots=True)
class OffersNear:
    """Nearest offers, and apart the ones that are at a distance only (never sorted by place)."""

    near: tuple[OfferCard, ...]
    remote: tuple[OfferCard, ...]


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A row whose review is overdue, oldest first."""

    kind: str
    uid: UUID
    name: str
    organisation_name: str
    reviewed_on: date | None
    due_on: date
    version: int


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A correction to examine."""

    uid: UUID
    kind: str
    row_uid: UUID
    row_label: str
    organisation_name: str
    field: str
    current_value: str
    proposed_value: str
    message: str
    author_label: str
    state: SuggestionState
    created_at: datetime
    decided_by: str
    decision_note: str


@dataclass(frozen=True, slots=True)
class CallbackView:
    """Somebody waits for a call."""

    uid: UUID
    phone: str
    commune_name: str
    operator: Operator | None
    when: str
    created_at: datetime
