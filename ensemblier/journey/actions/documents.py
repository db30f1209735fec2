"""Documents: added and destroyed. They join a relay one by one when it is prepared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ensemblier.journey.adapters import vault
from ensemblier.journey.core.documents import DocumentKind, received
from ensemblier.journey.core.movers import user_of
from ensemblier.journey.models import Document, Person, SharedDocument
from ensemblier.journey.queries.own_file import Author, own_file
from ensemblier.journey.sql.once import once
from ensemblier.kernel.errors import NotFound, RuleViolated

MAX_DOCUMENTS = 100
UNKNOWN_DOCUMENT = "Ce document n’existe pas dans ce dossier."


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """What is sent. `is_sensitive`: it says something of the health or of a disability."""

    kind: DocumentKind
    name: str
    content: bytes
    is_sensitive: bool = False


def add_document(file: UUID, draft: DocumentDraft, *, by: Author, at: datetime, key: UUID | None = None) -> UUID:
    """Keep a document, encrypted. Raises NotFound, BadInput (not a document, too big), SourceUnavailable (disk)."""
    found = received(draft.name, draft.content)
    stored = ""
    try:
        with own_file(file, by=by, at=at) as person:
            uid = once(key, f"document {person.pk}")
            if Document.objects.filter(uid=uid, person=person).exists():
                return uid
            if Document.objects.filter(person=person, deleted_at=None).count() >= MAX_DOCUMENTS:
                raise RuleViolated(
                    "Un dossier garde %(max_documents)s documents. Détruisez ceux qui ne servent plus.",
                    values={"max_documents": MAX_DOCUMENTS},
                )
            stored = vault.put(draft.content)
            Document.objects.create(
                uid=uid,
                person=person,
                kind=draft.kind.value,
                name=found.name,
                media_type=found.media_type.value,
                size=found.size,
                is_sensitive=draft.is_sensitive,
                stored_as=stored,
                added_at=at,
                author_id=user_of(by),
            )
            return uid
    except BaseException:
        if stored:
            vault.destroy(stored)
        raise


def destroy_document(file: UUID, document: UUID, *, by: Author, at: datetime) -> None:
    """Destroy the content for good; its name and dates stay as a trace. Raises NotFound."""
    with own_file(file, by=by, at=at) as person:
        row = _document(person, document, held=True)
        stored = row.stored_as
        row.stored_as, row.deleted_at = "", at
        row.save(update_fields=["stored_as", "deleted_at"])
        SharedDocument.objects.filter(document=row).delete()
        transaction.on_commit(lambda: vault.destroy(stored))


def _document(person: Person, uid: UUID, *, held: bool = False) -> Document:
    rows = Document.objects.select_for_update() if held else Document.objects.all()
    row = rows.filter(person=person, uid=uid, deleted_at=None).first()
    if row is None:
        raise NotFound(UNKNOWN_DOCUMENT)
    return row
