"""The file that a query or an action is about, opened once: who asks, may they, and the line of the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import Person
from ensemblier.journey.queries.files import UNKNOWN_FILE, open_to
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound

Author = Actor | PersonHerself
"""Who reads and writes a file: an adviser of the organisation that holds it, or the person herself."""


@contextmanager
def own_file(uid: UUID, *, by: Author, at: datetime, act: Act = Act.WRITE_FILE) -> Iterator[Person]:
    """One transaction in the name of `by`, on this file: the person's own, or one open to the adviser.

    The line of the journal is written last, in the same transaction: what it says was done was done.

    Raises NotFound with the same words whether the file is unknown or not theirs.
    """
    with acting(by):
        person = _file(uid, by)
        if person is None:
            raise NotFound(UNKNOWN_FILE)
        yield person
        note(by, act, person_id=person.pk, at=at)


@contextmanager
def reading(uid: UUID, *, by: Author, at: datetime) -> Iterator[Person]:
    """The same, for who only reads."""
    with own_file(uid, by=by, at=at, act=Act.READ_FILE) as person:
        yield person


def _file(uid: UUID, by: Author) -> Person | None:
    if isinstance(by, PersonHerself):
        return Person.objects.filter(uid=uid, pk=by.person_id).first()
    return open_to(by).filter(uid=uid).first()
