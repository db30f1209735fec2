"""Opening a file to a colleague, taking a colleague's place, closing an access. Each is journaled."""

from datetime import datetime
from uuid import UUID

from ensemblier.journey.core.access import check_substitution
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import Mover
from ensemblier.journey.models import Access, Person
from ensemblier.journey.sql import access as doors
from ensemblier.journey.sql.journal import note, note_refusal
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound

Term = doors.Term

_NO_FILE = "Ce dossier n’existe pas."


def grant(person_uid: UUID, *, colleague_id: int, by: Actor, term: Term) -> None:
    """A colleague of the same organisation joins the follow-up of a file. Raises NotFound, BadInput (no colleague)."""
    with acting(by):
        person = Person.objects.filter(uid=person_uid).first()
        if person is None:
            raise NotFound(_NO_FILE)
        if doors.grant(person.pk, colleague_id, term) is None:
            raise BadInput("Ce compte n’est pas celui d’un conseiller de votre structure.", field="colleague")
        note(by, Act.GRANT_ACCESS, person_id=person.pk, subject="person", subject_uid=person_uid, at=term.since)


def substitute(person_uid: UUID, *, by: Actor, term: Term) -> int:
    """Open a colleague's file for a written reason and until a day; the person reads both. Returns its number.

    Raises RuleViolated (no reason, no end, too long), NotFound (none such in the organisation, journaled as refused).
    """
    check_substitution(term.why, term.since, term.until)
    with acting(by):
        person_id = doors.substitute(person_uid, term)
        write = note_refusal if person_id is None else note
        write(by, Act.SUBSTITUTE, person_id=person_id, subject="person", subject_uid=person_uid, at=term.since)
    if person_id is None:
        raise NotFound(_NO_FILE)
    return person_id


def end_access(access_id: int, *, by: Mover, at: datetime) -> None:
    """Close an access: one's own, one to a file that one opens whole, or, for the person, any to hers. Raises NotFound.

    The accesses of a joint accompaniment end with its relay or its consent, never here.
    """
    with acting(by):
        row = Access.objects.filter(pk=access_id).first()
        if row is None or not doors.end(access_id, at):
            raise NotFound("Cet accès n’existe pas, ou il est déjà fermé.")
        note(by, Act.END_ACCESS, person_id=row.person_id, subject="access", at=at)
