"""Reads: the files that an adviser may open. Anybody else gets the answer of a file that does not exist."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from ensemblier.directory.core.cursors import COUNT_CAP, count_text, decode_cursor, encode_cursor
from ensemblier.directory.core.words import search_words
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.files import Contact, FileFilters, FileHead, FileList, FilePage, FileRow, LeadView
from ensemblier.journey.core.persons import PreferredContact, full_name
from ensemblier.journey.models import Episode, Lead, Person, StatusPeriod
from ensemblier.journey.queries import contents
from ensemblier.journey.queries.opened import UNKNOWN_FILE, open_to
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.core.facts import age_on

PER_PAGE = 20
LAST_NOTES = 3


def file_head(*, actor: Actor, uid: UUID, on: date) -> FileHead:
    """What stands above every tab. Raises NotFound, with the same words whether the file is unknown or not theirs."""
    with acting(actor):
        return _head(_person(actor, uid), actor, on)


def file_page(*, actor: Actor, uid: UUID, on: date) -> FilePage:
    """The first tab of a file. Raises NotFound (unknown, or not theirs: the same words)."""
    with acting(actor):
        person = _person(actor, uid)
        return FilePage(
            head=_head(person, actor, on),
            contact=Contact(person.phone, person.email, person.born, person.commune_id),
            timeline=contents.timeline_of(person.pk),
            needs=contents.needs_of(person.pk),
            qualities=contents.qualities_of(person.pk),
            skills=contents.skills_of(person.pk),
            projects=contents.projects_of(person.pk),
            notes=contents.notes_of(person.pk, actor.user_id, limit=LAST_NOTES),
            reading=contents.last_reading_of(person.pk),
        )


def _person(actor: Actor, uid: UUID) -> Person:
    person = open_to(actor).select_related("commune").prefetch_related(_episodes()).filter(uid=uid).first()
    if person is None:
        raise NotFound(UNKNOWN_FILE)
    return person


def _episodes() -> "Prefetch[str, QuerySet[Episode], str]":
    last = Lead.objects.filter(until=F("episode__closes_at")).select_related("adviser", "organisation")
    rows = Episode.objects.order_by("-opened_at", "-pk").prefetch_related(Prefetch("leads", last))
    return Prefetch("episodes", rows)


def _head(person: Person, actor: Actor, on: date) -> FileHead:
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
        rows = _filtered(open_to(actor), filters, actor, on)
        count = len(rows.order_by().values_list("pk", flat=True)[:COUNT_CAP])
        if after is not None:
            rows = rows.filter(Q(name_key__gt=after[0]) | Q(name_key=after[0], pk__gt=after[1]))
        shown = rows.select_related("commune").prefetch_related(_episodes()).order_by("name_key", "pk")
        page = list(shown[: limit + 1])
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
