"""What a person's file answers to those who may open it: frozen values, no row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ensemblier.journey.core.group import Around
from ensemblier.journey.core.needs import NeedView
from ensemblier.journey.core.notes import NoteView
from ensemblier.journey.core.persons import PreferredContact, full_name
from ensemblier.journey.core.readings import ReadingView
from ensemblier.journey.core.skills import ProjectView, SkillView
from ensemblier.journey.core.statuses import StatusView
from ensemblier.routing.core.facts import Quality


@dataclass(frozen=True, slots=True)
class LeadView:
    """Who leads the accompaniment now. `is_me`: the reader; `is_elsewhere`: in another organisation."""

    adviser_name: str
    organisation_name: str
    since: datetime
    is_me: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class FileHead:
    """What stands above every tab of a file. `person_id` is for neighbouring queries, never for a page.

    `episode_uid` and `lead` are None when nothing is open; `request` is in the person's own words.
    """

    uid: UUID
    person_id: int
    version: int
    given_name: str
    family_name: str
    age: int | None
    commune_name: str
    preferred_contact: PreferredContact | None
    availability: str
    opened_at: datetime
    episode_id: int | None
    episode_uid: UUID | None
    episode_version: int
    request: str
    episode_opened_at: datetime | None
    lead: LeadView | None

    @property
    def name(self) -> str:
        """Given and family name; "" when the person gave none."""
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody, and what was typed at the opening."""

    phone: str
    email: str
    born: date | None
    commune_code: str | None


@dataclass(frozen=True, slots=True)
class FilePage:
    """The first tab of a file. `is_whole`: False for a joint accompaniment, which reads what is shared, writes nothing.

    `qualities`: what she said of herself for the rules; absent: not asked. `together`: files read as one with it.
    """

    head: FileHead
    contact: Contact
    is_whole: bool
    together: tuple[UUID, ...]
    timeline: tuple[StatusView, ...]
    needs: tuple[NeedView, ...]
    qualities: Mapping[Quality, bool]
    skills: tuple[SkillView, ...]
    projects: tuple[ProjectView, ...]
    notes: tuple[NoteView, ...]
    reading: ReadingView | None
    around: Around | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A line of the list of files."""

    uid: UUID
    name: str
    commune_name: str
    lead_name: str
    is_mine: bool
    is_open: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class FileFilters:
    """Every filter is optional. `mine`: led by the reader; `state`: "open", "closed" or "" (any)."""

    text: str = ""
    mine: bool = False
    state: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class FileList:
    """A page of the list, by name; `next_cursor` is "" on the last one."""

    rows: tuple[FileRow, ...]
    next_cursor: str
    count: int
    count_text: str
