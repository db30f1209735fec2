"""Who is around the person and what was decided. Naming somebody here opens nothing to them, except to a colleague."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.rows import added, changed, editing, writing
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.group import DecisionDraft, MemberDraft
from ensemblier.journey.core.journal import Act
from ensemblier.journey.models import Decision, Episode, GroupMember, Person
from ensemblier.journey.queries.opened import open_to, readable
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound


def add_member(file: UUID, draft: MemberDraft, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """Note somebody around the person. Raises NotFound, BadInput (nobody named, for nothing)."""
    if not draft.purpose.strip():
        raise BadInput("Écrivez pour quoi cette personne accompagne.", field="purpose")
    organisation = Organisation.objects.filter(uid=draft.organisation_uid).first() if draft.organisation_uid else None
    if not draft.name.strip() and organisation is None:
        raise BadInput("Écrivez un nom, ou choisissez une structure.", field="name")
    with writing(by, file, at) as person:
        values = {
            "organisation": organisation,
            "name": draft.name.strip(),
            "role": draft.role.value,
            "purpose": draft.purpose.strip(),
            "since": draft.since,
            "until": draft.until,
        }
        return added(GroupMember, person, values, key=key)


def end_member(edit: Edit, *, by: Actor) -> None:
    """Somebody accompanies no more, from that day. Raises NotFound, StaleVersion."""
    with editing(GroupMember, edit, by) as row:
        changed(row, edit, {"until": max(edit.at.date(), row.since)}, by)


@contextmanager
def _deciding(by: Actor, file: UUID, at: datetime) -> Iterator[Person]:
    """The file, for who writes it, or who reads its project in a joint accompaniment. Journaled; raises NotFound."""
    with acting(by):
        is_whole = open_to(by).filter(uid=file).exists()
        shared = None if is_whole else _joint(by, file)
    if shared is None:
        with writing(by, file, at) as person:
            yield person
        return
    with acting(by):
        yield shared
        note(by, Act.WRITE_FILE, person_id=shared.pk, subject="decision", subject_uid=file, at=at)


def _joint(by: Actor, file: UUID) -> Person | None:
    try:
        found = readable(by, file)
    except NotFound:
        return None
    return found.person if found.shows(Category.PROJECT) else None


def write_decision(file: UUID, draft: DecisionDraft, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """Add a line to the decision log; a new decision may take the place of another, which stays readable.

    An adviser of a joint accompaniment adds hers too, where the person shares her project. Raises NotFound, BadInput.
    """
    if not draft.words.strip():
        raise BadInput("Écrivez ce qui est décidé.", field="words")
    with _deciding(by, file, at) as person:
        uid = once(key, Decision._meta.label)
        if Decision.objects.filter(uid=uid, person=person).exists():
            return uid
        Decision.objects.create(
            uid=uid,
            person=person,
            episode=Episode.objects.filter(person=person, closes_at=STILL_OPEN).first(),
            words=draft.words.strip(),
            decider=draft.decider.value,
            organisation_id=by.organisation_id,
            decided_on=draft.decided_on,
            replaces=Decision.objects.filter(person=person, uid=draft.replaces).first() if draft.replaces else None,
            author_id=by.user_id or 0,
            at=at,
        )
        return uid
