"""Files and transcripts of a resource: looked at, kept, taken away."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound, RuleViolated
from ensemblier.library.actions.resources import audit, owned
from ensemblier.library.adapters import shelf
from ensemblier.library.core.attachments import MAX_FILES, looked_at
from ensemblier.library.core.captions import passages, read_captions
from ensemblier.library.models import Attachment, Passage
from ensemblier.library.sql.index import index_resources


def attach_file(uid: UUID, name: str, content: bytes, *, actor: Actor, at: datetime) -> UUID:
    """Keep a file beside its notice. Raises NotAllowed, NotFound, BadInput (what it is, its size), RuleViolated."""
    found = looked_at(name, content)
    stored = ""
    try:
        with transaction.atomic():
            row = owned(uid, actor)
            mark = sha256(content).hexdigest()
            same = Attachment.objects.filter(resource=row, sha256=mark).first()
            if same is not None:
                return same.uid
            if Attachment.objects.filter(resource=row).count() >= MAX_FILES:
                raise RuleViolated("Une ressource garde %(most)s fichiers au plus.", values={"most": MAX_FILES})
            stored = shelf.put(content)
            kept = Attachment.objects.create(
                resource=row, name=found.name, media_type=found.media_type.value, size=found.size, sha256=mark,
                stored_as=stored, added_at=at,
            )  # fmt: skip
            audit(row, "attach_file", {"file": ["", found.name]}, actor=actor)
            return kept.uid
    except BaseException:
        if stored:
            shelf.destroy(stored)
        raise


@transaction.atomic
def detach_file(uid: UUID, file: UUID, *, actor: Actor) -> None:
    """Take a file away for good. Raises NotAllowed, NotFound."""
    row = owned(uid, actor)
    kept = Attachment.objects.filter(resource=row, uid=file).first()
    if kept is None:
        raise NotFound("Ce fichier n’est pas joint à cette ressource.")
    stored, name = kept.stored_as, kept.name
    kept.delete()
    audit(row, "detach_file", {"file": [name, ""]}, actor=actor)
    transaction.on_commit(lambda: shelf.destroy(stored))


@transaction.atomic
def write_transcript(uid: UUID, captions: str, *, actor: Actor) -> int:
    """Read captions (WebVTT or SubRip) as the transcript of a resource, in place of the one before.

    Returns how many passages can be found by the search. Raises NotAllowed, NotFound, BadInput.
    """
    row = owned(uid, actor)
    found = passages(read_captions(captions))
    Passage.objects.filter(resource=row).delete()
    Passage.objects.bulk_create(
        Passage(resource=row, start_ms=int(cue.start * 1000), end_ms=int(cue.end * 1000), text=cue.text)
        for cue in found
    )
    audit(row, "write_transcript", {"passages": ["", len(found)]}, actor=actor)
    index_resources([row.pk])
    return len(found)
