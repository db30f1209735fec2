"""What the queries give: notices as pages show them. Nothing here reads anything."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ensemblier.kernel.files import FileType
from ensemblier.library.core.kinds import Audience, Domain, Licence, ResourceKind
from ensemblier.library.core.notices import Issued


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    uid: UUID
    title: str
    kind: ResourceKind
    abstract: str
    authors: tuple[str, ...]
    publisher: str
    series: str
    number: str
    issued: Issued | None
    domain: Domain | None
    audience: Audience
    is_repealed: bool
    is_stale: bool
    is_fictitious: bool


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a resource. `size`: bytes."""

    uid: UUID
    name: str
    media_type: FileType
    size: int


@dataclass(frozen=True, slots=True)
class PassageView:
    """What is said in a video from a second on."""

    start: float
    text: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What happened to a notice."""

    at: datetime
    verb: str
    who: str


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A notice, whole. When `is_open` is False, the content (body, files, film, transcript) is not in it."""

    row: Row
    version: int
    pages: str
    body: str
    commissioner: str
    deposited_on: date | None
    keywords: tuple[str, ...]
    language: str
    licence: Licence | None
    identifier: str
    doi: str
    link: str
    media_url: str
    zone_key: str
    zone_name: str
    in_force_from: date | None
    repealed_on: date | None
    reviewed_on: date | None
    due_on: date
    source_name: str
    holder_name: str
    is_open: bool
    may_change: bool
    withdrawn_on: date | None
    withdrawn_why: str
    attachments: tuple[AttachmentView, ...] = ()
    passages: tuple[PassageView, ...] = ()
    history: tuple[HistoryLine, ...] = field(default_factory=tuple)
