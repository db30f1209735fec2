"""Contacts of level 1: written in one go, never about somebody who could be found again."""

import re
from datetime import datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.contacts import ContactDraft
from ensemblier.journey.models import LevelOneContact, Person
from ensemblier.journey.queries.opened import open_to
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound

DESKS = frozenset({Role.DESK, Role.ADVISER})
_NUMBER = re.compile(r"(\d[ .-]?){9}")


def record_contact(draft: ContactDraft, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """Count somebody who was welcomed and helped, without a file. Raises NotAllowed, BadInput (a number was typed)."""
    if not DESKS & by.roles or by.user_id is None or by.organisation_id is None:
        raise NotAllowed("Seuls un accueil ou un conseiller, pour leur structure, notent un contact.")
    for name in ("request", "given"):
        if _NUMBER.search(getattr(draft, name)):
            raise BadInput(
                "Ni numéro de téléphone ni autre numéro ici : ouvrez un dossier s’il faut rappeler.", field=name
            )
    with acting(by):
        uid = once(key, LevelOneContact._meta.label)
        if not LevelOneContact.objects.filter(uid=uid).exists():
            LevelOneContact.objects.create(
                uid=uid,
                organisation_id=by.organisation_id,
                user_id=by.user_id,
                at=at,
                channel=draft.channel.value,
                commune_id=draft.commune_id,
                statuses=sorted(draft.statuses),
                themes=sorted(draft.themes),
                request=draft.request.strip(),
                answer=draft.answer.value,
                given=draft.given.strip(),
            )
        return uid


def became_file(contact: UUID, file: UUID, *, by: Actor) -> None:
    """The contact led to a file that the same desk opened: it is counted once. Raises NotFound."""
    with acting(by):
        person: Person | None = open_to(by).filter(uid=file).first()
        rows = LevelOneContact.objects.filter(uid=contact, organisation_id=by.organisation_id or 0, person=None)
        if person is None or not rows.update(person=person, answer="file"):
            raise NotFound("Ce contact n’existe pas, ou il est déjà devenu un dossier.")
