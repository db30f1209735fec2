"""Reads: the files that an adviser may open. Anybody else gets the answer of a file that does not exist."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from ensemblier.directory.core.cursors import COUNT_CAP, count_text, decode_cursor, encode_cursor
from ensemblier.directory.core.words import search_words
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.files import Contact, FileFilters, FileHead, FileList, FilePage, FileRow, LeadView
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.needs import NeedView
from ensemblier.journey.core.notes import NoteView
from ensemblier.journey.core.persons import PreferredContact, full_name
from ensemblier.journey.core.skills import ProjectView, SkillView
from ensemblier.journey.core.statuses import StatusView
from ensemblier.journey.models import Episode, Lead, Person, StatusPeriod
from ensemblier.journey.queries import contents
from ensemblier.journey.queries.group import around_of, shared_decisions
from ensemblier.journey.queries.merges import merged_below, read_with
from ensemblier.journey.queries.opened import UNKNOWN_FILE, Opened, open_to, readable
from ensemblier.journey.sql.journal import note, note_refusal
from ensemblier.journey.sql.scope import acting
from ensemblier.journey.sql.whole_file import whole_file
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.core.facts import age_on

RowView = StatusView | NeedView | SkillView | ProjectView | NoteView
PER_PAGE = 20
LAST_NOTES = 3


def file_head(*, actor: Actor, uid: UUID, on: date) -> FileHead:
    """What stands above every tab. Raises NotFound, with the same words whether the file is unknown or not theirs.

    The reading, or its refusal, is journaled here.
    """
    with read_by(actor, uid) as found:
        return head_of(found.person, actor, on)


def file_page(*, actor: Actor, uid: UUID, on: date) -> FilePage:
    """The first tab of a file, as far as the reader may read it. Raises NotFound (the same words). Journaled."""
    with read_by(actor, uid) as found:
        return _whole_page(found.person, actor, on) if found.categories is None else _shared_page(found, actor, on)


def _whole_page(person: Person, actor: Actor, on: date) -> FilePage:
    file = whole_file(person.pk, reader=actor.user_id or 0, notes=LAST_NOTES)
    return FilePage(
        head=head_of(person, actor, on),
        contact=Contact(person.phone, person.email, person.born, person.commune_id),
        is_whole=True,
        together=file.below or file.above,
        timeline=contents.one_timeline(file.statuses, file.activities),
        needs=contents.sorted_needs(file.needs),
        qualities=contents.said_qualities(file.qualities),
        skills=contents.shown_skills(file.skills),
        projects=contents.sorted_projects(file.projects),
        notes=contents.shown_notes(file.notes, actor.user_id),
        reading=contents.last_reading(file.readings),
        around=around_of(file),
    )


def _shared_page(found: Opened, actor: Actor, on: date) -> FilePage:
    """What a joint accompaniment shares."""
    person, pk = found.person, found.person.pk
    situation, project = found.shows(Category.SITUATION), found.shows(Category.PROJECT)
    health = found.shows(Category.HEALTH)
    return FilePage(
        head=head_of(person, actor, on),
        contact=Contact(person.phone, person.email, person.born, person.commune_id),
        is_whole=False,
        together=(),
        timeline=contents.timeline_of(pk) if situation else (),
        needs=contents.needs_of(pk, health=health) if found.shows(Category.CONSTRAINTS) else (),
        qualities=contents.qualities_of(pk, health=health) if situation else {},
        skills=contents.skills_of(pk) if project else (),
        projects=contents.projects_of(pk) if project else (),
        notes=(),
        reading=contents.last_reading_of(pk, health=health) if situation else None,
        around=shared_decisions(person) if project else None,
    )


def file_rows(*, actor: Actor, uid: UUID, kind: str, on: date) -> tuple[FileHead, Mapping[UUID, RowView]]:
    """The header, and the rows of one subject that may be corrected, by identifier. Raises NotFound. Journaled."""
    with read_by(actor, uid) as found:
        pk = [each.pk for each in read_with(found.person)]
        if found.categories is not None:
            return head_of(found.person, actor, on), {}
        rows: Mapping[str, Callable[[], Iterable[RowView]]] = {
            "situations": lambda: (line for line in contents.timeline_of(pk) if not line.is_activity),
            "besoins": lambda: contents.needs_of(pk, health=True),
            "competences": lambda: contents.skills_of(pk),
            "projets": lambda: contents.projects_of(pk),
            "notes": lambda: (row for row in contents.notes_of(pk, actor.user_id) if row.is_mine),
        }
        return head_of(found.person, actor, on), {row.uid: row for row in rows[kind]() if row.uid is not None}


def file_notes(*, actor: Actor, uid: UUID, on: date) -> tuple[FileHead, tuple[NoteView, ...]]:
    """The header and every note that the reader may read. Raises NotFound. Journaled."""
    with read_by(actor, uid) as found:
        notes = contents.notes_of(_pks(found), actor.user_id) if found.categories is None else ()
        return head_of(found.person, actor, on), notes


def _pks(found: Opened) -> list[int]:
    return [each.pk for each in read_with(found.person)]


@contextmanager
def read_by(actor: Actor, uid: UUID, act: Act = Act.READ_FILE) -> Iterator[Opened]:
    """`with read_by(actor, uid) as found:` in the name of the actor; journaled, as a refusal when it is not theirs."""
    at, missing = timezone.now(), False
    with acting(actor):
        try:
            found = readable(actor, uid, _with_head())
        except NotFound:
            missing = True
            note_refusal(actor, act, subject="person", subject_uid=uid, at=at)
        else:
            yield found
            note(actor, act, person_id=found.person.pk, subject="person", subject_uid=uid, at=at)
    if missing:
        raise NotFound(UNKNOWN_FILE)


def _with_head() -> "QuerySet[Person]":
    return Person.objects.select_related("commune").prefetch_related(_episodes())


def _episodes() -> "Prefetch[str, QuerySet[Episode], str]":
    last = Lead.objects.filter(until=F("episode__closes_at")).select_related("adviser", "organisation")
    rows = Episode.objects.order_by("-opened_at", "-pk").prefetch_related(Prefetch("leads", last))
    return Prefetch("episodes", rows)


def head_of(person: Person, actor: Actor, on: date) -> FileHead:
    """What stands above every tab, of a file read with `read_by`."""
    episode = next((row for row in person.episodes.all() if row.closes_at == STILL_OPEN), None)
    return FileHead(
        uid=person.uid,
        person_id=person.pk,
        version=person.version,
        given_name=person.given_name,
        family_name=person.family_name,
        age=age_on(person.born, on) if person.born else None,
        commune_name=(person.commune.name or "") if person.commune else "",
        preferred_contact=PreferredContact(person.preferred_contact) if person.preferred_contact else None,
        availability=person.availability,
        opened_at=person.created_at,
        episode_id=episode.pk if episode else None,
        episode_uid=episode.uid if episode else None,
        episode_version=episode.version if episode else 0,
        request=episode.request if episode else "",
        episode_opened_at=episode.opened_at if episode else None,
        lead=_lead(episode, actor) if episode else None,
    )


def _lead(episode: Episode, actor: Actor) -> LeadView | None:
    row = next(iter(episode.leads.all()), None)
    if row is None:
        return None
    return LeadView(
        adviser_name=row.adviser.name,
        organisation_name=row.organisation.name,
        since=row.since,
        is_me=row.adviser_id == actor.user_id and row.organisation_id == actor.organisation_id,
        is_elsewhere=row.organisation_id != actor.organisation_id,
    )


def list_files(*, actor: Actor, filters: FileFilters, on: date, cursor: str = "", limit: int = PER_PAGE) -> FileList:
    """The files that the actor may open, by name, page by page. Raises BadInput (a cursor somebody made up)."""
    after = decode_cursor(cursor)
    with acting(actor):
        rows = _filtered(open_to(actor).exclude(Exists(merged_below())), filters, actor, on)
        count = len(rows.order_by().values_list("pk", flat=True)[:COUNT_CAP])
        if after is not None:
            rows = rows.filter(Q(name_key__gt=after[0]) | Q(name_key=after[0], pk__gt=after[1]))
        shown = rows.select_related("commune").prefetch_related(_episodes()).order_by("name_key", "pk")
        page = list(shown[: limit + 1])
        note(actor, Act.SEARCH_FILES, subject="person", at=timezone.now())
    more = encode_cursor(page[limit - 1].name_key, page[limit - 1].pk) if len(page) > limit else ""
    return FileList(tuple(_row(person, actor) for person in page[:limit]), more, count, count_text(count))


def _filtered(rows: "QuerySet[Person]", filters: FileFilters, actor: Actor, on: date) -> "QuerySet[Person]":
    for word in search_words(filters.text):
        rows = rows.filter(name_key__contains=f" {word}")
    episodes = Episode.objects.filter(person=OuterRef("pk"), closes_at=STILL_OPEN)
    if filters.mine:
        me = {"leads__adviser_id": actor.user_id, "leads__organisation_id": actor.organisation_id}
        episodes = episodes.filter(leads__until=STILL_OPEN, **me)
    if filters.state == "closed":
        rows = rows.exclude(Exists(episodes))
    elif filters.state == "open" or filters.mine:
        rows = rows.filter(Exists(episodes))
    if filters.status:
        held = StatusPeriod.objects.filter(valid_on(on), person=OuterRef("pk"), status=filters.status)
        rows = rows.filter(Exists(held))
    return rows


def _row(person: Person, actor: Actor) -> FileRow:
    open_one = next((row for row in person.episodes.all() if row.closes_at == STILL_OPEN), None)
    lead = _lead(open_one, actor) if open_one else None
    return FileRow(
        uid=person.uid,
        name=full_name(person.given_name, person.family_name),
        commune_name=(person.commune.name or "") if person.commune else "",
        lead_name=lead.adviser_name if lead and not lead.is_elsewhere else "",
        is_mine=bool(lead and lead.is_me),
        is_open=open_one is not None,
        since=open_one.opened_at if open_one else person.created_at,
    )
