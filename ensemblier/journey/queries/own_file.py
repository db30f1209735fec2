"""The file that a query or an action is about, opened once: who asks, may they, and the line of the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import Person
from ensemblier.journey.queries.opened import UNKNOWN_FILE, open_to, opened, readable
from ensemblier.journey.sql.journal import note, note_refusal
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound

Author = Actor | PersonHerself
"""Who reads and writes a file: an adviser of the organisation that holds it, or the person herself."""


@contextmanager
def own_file(uid: UUID, *, by: Author, at: datetime, act: Act = Act.WRITE_FILE) -> Iterator[Person]:
    """One transaction in the name of `by`, to write in this file: the person's own, or one open whole to the adviser.

    The line of the journal is written last, in the same transaction: what it says was done was done. A refusal is
    journaled too. Raises NotFound with the same words whether the file is unknown or not theirs.
    """
    with _journaled(uid, by=by, at=at, act=act, needs=None) as person:
        yield person


@contextmanager
def reading(uid: UUID, *, by: Author, at: datetime, needs: Category | None = None) -> Iterator[Person]:
    """The same, to read. `needs`: the category that lets an adviser of a joint accompaniment read it too."""
    with _journaled(uid, by=by, at=at, act=Act.READ_FILE, needs=needs) as person:
        yield person


@contextmanager
def _journaled(uid: UUID, *, by: Author, at: datetime, act: Act, needs: Category | None) -> Iterator[Person]:
    is_missing = False
    with acting(by):
        try:
            person = _file(uid, by, needs)
        except NotFound:
            is_missing = True
            note_refusal(by, act, subject="person", subject_uid=uid, at=at)
        else:
            yield person
            note(by, act, person_id=person.pk, at=at)
    if is_missing:
        raise NotFound(UNKNOWN_FILE)


def _file(uid: UUID, by: Author, needs: Category | None) -> Person:
    if needs is None or isinstance(by, PersonHerself):
        return opened(by, uid)
    found = readable(by, uid)
    if not found.shows(needs):
        raise NotFound(UNKNOWN_FILE)
    return found.person


def may_write(uid: UUID, *, by: Author) -> bool:
    """Whether the file is open whole to `by`: pages then show the buttons that write."""
    with acting(by):
        return open_to(by).filter(uid=uid).exists()
