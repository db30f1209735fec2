"""Reads: the documents of a file, and those that a relay carries. Each content that is read is journaled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ensemblier.journey.adapters import vault
from ensemblier.journey.core.documents import DocumentKind, MediaType
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import Mover, party_of
from ensemblier.journey.core.states import Move, Party, View
from ensemblier.journey.models import Document, Relay, SharedDocument
from ensemblier.journey.queries.holding import goes_on
from ensemblier.journey.queries.merges import read_with
from ensemblier.journey.queries.own_file import Author, reading
from ensemblier.journey.queries.relays import seen_by
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound

UNKNOWN_DOCUMENT = "Ce document n’existe pas, ou il ne vous est pas ouvert."


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as a page lists it. `by`: "" = the person; `size`: bytes; `deleted_at`: its content was destroyed."""

    uid: UUID
    kind: DocumentKind
    name: str
    media_type: MediaType
    size: int
    is_sensitive: bool
    added_at: datetime
    by: str
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Content:
    """A document and what it holds."""

    name: str
    media_type: MediaType
    content: bytes


def list_documents(file: UUID, *, by: Author, at: datetime) -> tuple[DocumentView, ...]:
    """The documents of a file and of those read as one with it, newest first, those destroyed last. NotFound."""
    with reading(file, by=by, at=at) as person:
        rows = (
            Document.objects.filter(person__in=read_with(person)).select_related("author").order_by("-added_at", "-pk")
        )
        return tuple(sorted(_views(rows), key=lambda view: view.deleted_at is not None))


def read_document(file: UUID, document: UUID, *, by: Author, at: datetime) -> Content:
    """One content. Raises NotFound (not of this file, destroyed, no longer readable)."""
    with reading(file, by=by, at=at) as person:
        row = Document.objects.filter(person__in=read_with(person), uid=document, deleted_at=None).first()
        if row is None:
            raise NotFound(UNKNOWN_DOCUMENT)
        note(by, Act.READ_FILE, person_id=person.pk, subject="document", subject_uid=document, at=at)
        return _content(row)


def carried_documents(relay: UUID, *, by: Mover) -> tuple[DocumentView, ...]:
    """The documents that a relay carries, for who may read what it carries; nobody else sees any."""
    with acting(by):
        rows = SharedDocument.objects.filter(relay__uid=relay, document__deleted_at=None)
        shared = rows.select_related("document__author").order_by("pk")
        return tuple(_views(row.document for row in shared))


def read_carried(relay: UUID, document: UUID, *, by: Mover, at: datetime) -> Content:
    """One content that a relay carries, for who reads its text. Raises NotFound: not carried, in a colleague's hands,
    or its sharing has ended (the same words)."""
    with acting(by):
        rows = SharedDocument.objects.filter(relay__uid=relay, document__uid=document, document__deleted_at=None)
        row = rows.select_related("document", "relay__consent").first()
        if row is None or not _is_read(row.relay, by, at):
            raise NotFound(UNKNOWN_DOCUMENT)
        note(by, Act.READ_RELAY, person_id=row.person_id, subject="document", subject_uid=document, at=at)
        return _content(row.document)


def _is_read(relay: Relay, by: Mover, at: datetime) -> bool:
    """Whether the reader reads what the relay carries: of a desk, only who has it in hand."""
    party = party_of(relay.value, Move.GIVE_INFO, by)
    holds = party is Party.RECIPIENT and goes_on(relay, by, at)
    return seen_by(relay, party, by, at, holds=holds) in (View.WHOLE, View.SUMMARY)


def _content(row: Document) -> Content:
    return Content(row.name, MediaType(row.media_type), vault.get(row.stored_as))


def _views(rows: Iterable[Document]) -> Iterable[DocumentView]:
    for row in rows:
        yield DocumentView(
            uid=row.uid,
            kind=DocumentKind(row.kind),
            name=row.name,
            media_type=MediaType(row.media_type),
            size=row.size,
            is_sensitive=row.is_sensitive,
            added_at=row.added_at,
            by=row.author.name if row.author else "",
            deleted_at=row.deleted_at,
        )
