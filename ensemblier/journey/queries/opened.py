"""The file that somebody may open, or the answer of a file that does not exist. Call inside `acting(by)`."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ensemblier.journey.core.movers import Mover, PersonHerself
from ensemblier.journey.models import Lead, Person
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound

UNKNOWN_FILE = "Ce dossier n’existe pas, ou il ne vous est pas ouvert."


def open_to(by: Mover) -> "QuerySet[Person]":
    """The files that somebody may open whole: the person's own, or those of the adviser's organisation."""
    if isinstance(by, PersonHerself):
        return Person.objects.filter(pk=by.person_id)
    if not isinstance(by, Actor):
        return Person.objects.none()
    leads = Lead.objects.filter(episode__person=OuterRef("pk"), adviser_id=by.user_id)
    return Person.objects.filter(Exists(leads), organisation_id=by.organisation_id or 0)


def opened(by: Mover, uid: UUID) -> Person:
    """The file. Raises NotFound, with the same words whether it is unknown or not theirs."""
    person = open_to(by).filter(uid=uid).first()
    if person is None:
        raise NotFound(UNKNOWN_FILE)
    return person
