"""The file that somebody may open, or the answer of a file that does not exist. Call inside `acting(by)`."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from ensemblier.journey.core.access import AccessReason
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.movers import Mover, PersonHerself
from ensemblier.journey.models import Access, Person
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound

UNKNOWN_FILE = "Ce dossier n’existe pas, ou il ne vous est pas ouvert."


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as somebody may read it. `categories` None: whole, and written; else only these, and only read."""

    person: Person
    categories: frozenset[Category] | None

    def shows(self, category: Category) -> bool:
        """Whether what belongs to the category may be read."""
        return self.categories is None or category in self.categories


def accesses_of(by: Actor) -> "QuerySet[Access]":
    """Her accesses that let in now, for the organisation she acts for."""
    lets_in = Q(ended_at=None) & (Q(until=None) | Q(until__gt=Now()))
    return Access.objects.filter(lets_in, user_id=by.user_id or 0, organisation_id=by.organisation_id or 0)


def open_to(by: Mover) -> "QuerySet[Person]":
    """The files that somebody may open whole, and write: the person's own, or those of the adviser's organisation."""
    if isinstance(by, PersonHerself):
        return Person.objects.filter(pk=by.person_id)
    if not isinstance(by, Actor):
        return Person.objects.none()
    whole = accesses_of(by).filter(person=OuterRef("pk"), categories=[]).exclude(reason=AccessReason.JOINT.value)
    return Person.objects.filter(Exists(whole), organisation_id=by.organisation_id or 0)


def opened(by: Mover, uid: UUID) -> Person:
    """The file, to write in it. Raises NotFound, with the same words whether it is unknown or not theirs."""
    person = open_to(by).filter(uid=uid).first()
    if person is None:
        raise NotFound(UNKNOWN_FILE)
    return person


def readable(by: Actor, uid: UUID, rows: "QuerySet[Person] | None" = None) -> Opened:
    """The file, to read it: whole, or what a joint accompaniment shares. Raises NotFound (the same words)."""
    found = (rows if rows is not None else Person.objects.all()).filter(uid=uid).first()
    accesses = list(accesses_of(by).filter(person=found)) if found is not None else []
    if found is None or not accesses:
        raise NotFound(UNKNOWN_FILE)
    if any(row.reason != AccessReason.JOINT and not row.categories for row in accesses):
        return Opened(found, None)
    return Opened(found, frozenset(Category(name) for row in accesses for name in row.categories))
