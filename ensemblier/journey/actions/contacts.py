"""Contacts of level 1: written in one go, never about somebody who could be found again."""

import re
from datetime import datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.needs import add_need
from ensemblier.journey.core.contacts import Answer, ContactDraft
from ensemblier.journey.core.needs import NeedDraft, NeedTheme
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import LevelOneContact, StatusPeriod
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound

NO_CONTACT = "Ce contact n’existe pas, ou il est déjà devenu un dossier."
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


def open_from_contact(contact: UUID, draft: PersonDraft, *, request: str, by: Actor, at: datetime, key: UUID) -> UUID:
    """Open a file from a contact of the same desk: what was noted then is not typed again, and it is counted once.

    Statuses and needs of the contact stand in the file; the contact keeps which file it became. The same click opens
    one. Raises NotFound (not of this desk, or another file already), NotAllowed. Returns the file.
    """
    with acting(by):
        row = LevelOneContact.objects.select_for_update().filter(uid=contact, organisation_id=by.organisation_id or 0)
        found = row.first()
        if found is None:
            raise NotFound(NO_CONTACT)
        person = open_file(draft, request=request, by=by, at=at, key=key).person
        if found.person_id == person.pk:
            return person.uid
        if found.person_id is not None:
            raise NotFound(NO_CONTACT)
        day = found.at.astimezone(PARIS).date()
        StatusPeriod.objects.bulk_create(
            StatusPeriod(person=person, status=status, valid_from=day) for status in found.statuses
        )
        for theme in found.themes:
            add_need(person.uid, NeedDraft(NeedTheme(theme)), by=by, at=at)
        row.update(person=person, answer=Answer.FILE.value)
        return person.uid
