"""Importing a file of notices: what can be kept is, what cannot is said; twice the same file changes nothing."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from hashlib import sha256
from itertools import islice

from django.db import transaction

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.library.actions.intake import Taken, source_named, take_notices
from ensemblier.library.adapters.bibliography import Unread, read_bibtex, read_ris
from ensemblier.library.adapters.readers import read_articles, read_csv, read_feed, read_sheets, read_thesaurus
from ensemblier.library.core.access import PLATFORM
from ensemblier.library.core.notices import Notice
from ensemblier.library.models import Synonym
from ensemblier.library.sql.index import count_words

LARGEST = 200_000_000


class FileForm(StrEnum):
    """Forms of files that hold notices."""

    RIS = "ris"
    BIBTEX = "bibtex"
    CSV = "csv"
    SHEETS = "fiches-travail"
    ARTICLES = "code-travail"
    FEED = "feed"


_READERS: dict[FileForm, Callable[[str], Iterable[Notice | Unread]]] = {
    FileForm.RIS: read_ris,
    FileForm.BIBTEX: read_bibtex,
    FileForm.CSV: read_csv,
    FileForm.SHEETS: read_sheets,
    FileForm.ARTICLES: read_articles,
    FileForm.FEED: lambda text: read_feed(text.encode()),
}


def import_notices(content: bytes, form: FileForm, name: str, *, actor: Actor, on: date) -> Taken:
    """Take the notices of a file as those of the source `name`. Raises NotAllowed, BadInput (the file as a whole)."""
    source = source_named(name, url="", actor=actor)
    done = Taken()
    entries = iter(_READERS[form](_text(content)))
    while batch := list(islice(entries, 500)):
        kept: list[tuple[str, Notice]] = []
        for entry in batch:
            if isinstance(entry, Unread):
                done.refuse(f"n° {entry.number}", entry.why)
            else:
                kept.append((entry.identifier or _mark(entry), entry))
        take_notices(kept, source, done, actor=actor, on=on)
    count_words()
    return done


@transaction.atomic
def import_thesaurus(content: bytes, name: str, *, actor: Actor) -> int:
    """Take the synonyms of a thesaurus, in place of those of the same name; how many words have some."""
    if not actor.roles & PLATFORM:
        raise NotAllowed("Seule l’administration de la plateforme peut importer un thésaurus.")
    found = read_thesaurus(_text(content))
    Synonym.objects.filter(source=name[:80]).delete()
    Synonym.objects.bulk_create(
        (Synonym(term=term, near=list(near), source=name[:80]) for term, near in found.items()), ignore_conflicts=True
    )
    return len(found)


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise BadInput("Ce fichier est démesuré : 200 Mo au plus.", field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _mark(notice: Notice) -> str:
    """An identifier for a notice that brings none: the same notice has the same one."""
    said = "\n".join((notice.title, *notice.authors, notice.issued.iso if notice.issued else "", notice.link))
    return sha256(said.encode()).hexdigest()[:32]
