"""Opening a file and an accompaniment, entering a level, handing the lead over, closing."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.rows import changed, editing, writing
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.episode import STILL_OPEN, Level, check_level
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Episode, EpisodeLevel, Lead, Person
from ensemblier.journey.sql.access import open_number
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import scoped
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.routing.core.facts import Purpose


@scoped
def open_file(draft: PersonDraft, *, request: str, by: Actor, at: datetime, key: UUID | None = None) -> Episode:
    """A file and its first accompaniment, led by the adviser who opens it. Raises NotAllowed.

    No status refuses a file: none is asked here. `key`: the same for each repetition of one click, which opens one.
    """
    organisation_id, adviser_id = _adviser(by)
    uid = once(key, "file")
    if (
        already := Episode.objects.select_related("person")
        .filter(uid=uid, person__organisation_id=organisation_id)
        .first()
    ):
        return already
    # The access comes first: without it, not even its author would see the row that she writes.
    person = Person.objects.create(
        pk=open_number(at),
        organisation_id=organisation_id,
        given_name=draft.given_name.strip(),
        family_name=draft.family_name.strip(),
        phone=draft.phone.strip(),
        email=draft.email.strip(),
        preferred_contact=draft.preferred_contact,
        availability=draft.availability.strip(),
        commune_id=draft.commune_id,
        born=draft.born,
        created_at=at,
    )
    episode = Episode.objects.create(uid=uid, person=person, request=request, opened_at=at)
    Lead.objects.create(episode=episode, organisation_id=organisation_id, adviser_id=adviser_id, since=at, opens=at)
    _audit(by, episode, "open")
    note(by, Act.OPEN_FILE, person_id=person.pk, subject="episode", subject_uid=episode.uid, at=at)
    return episode


@scoped
def enter_level(episode_id: int, level: Level, *, by: Actor, on: date) -> None:
    """Enter a level of service, in any order. Raises RuleViolated when it does not exist on that day, NotAllowed."""
    check_level(level, on)
    episode = _held(episode_id)
    _check_leads(by, episode)
    _row, is_new = EpisodeLevel.objects.get_or_create(episode=episode, level=level.value, entered_on=on)
    if not is_new:
        return
    _audit(by, episode, "enter_level")


@scoped
def hand_over(episode_id: int, *, adviser_id: int, by: Actor, at: datetime) -> None:
    """The lead passes to a colleague of the same organisation, without a relay. Raises NotAllowed, RuleViolated."""
    episode = _held(episode_id)
    _check_leads(by, episode)
    if Lead.objects.filter(episode=episode, until=STILL_OPEN, adviser_id=adviser_id).exists():
        return
    move_lead(episode, organisation_id=by.organisation_id or 0, adviser_id=adviser_id, at=at)
    _audit(by, episode, "hand_over")
    note(by, Act.GRANT_ACCESS, person_id=episode.person_id, subject="episode", subject_uid=episode.uid, at=at)


@scoped
def close_episode(episode_id: int, *, by: Actor, at: datetime, ending: str = "") -> None:
    """End an accompaniment, and its lead with it. Raises NotAllowed, RuleViolated when a relay is still open."""
    episode = _held(episode_id)
    if episode.closes_at != STILL_OPEN:
        return
    _check_leads(by, episode)
    if episode.relays.filter(ended_at__isnull=True).exists():
        raise RuleViolated("Un relais est encore ouvert : attendez sa fin ou annulez-le avant de clore.")
    Lead.objects.filter(episode=episode, until=STILL_OPEN).update(until=at)
    episode.closes_at, episode.ending = at, ending.strip()
    episode.save(update_fields=["closes_at", "ending"])
    _audit(by, episode, "close")
    note(by, Act.WRITE_FILE, person_id=episode.person_id, subject="episode", subject_uid=episode.uid, at=at)


def set_purposes(edit: Edit, purposes: Collection[Purpose], *, by: Actor) -> None:
    """What the accompaniment is for; several at once. Raises NotFound, StaleVersion."""
    with editing(Episode, edit, by) as episode:
        changed(episode, edit, {"purposes": sorted(purpose.value for purpose in purposes)}, by)


def reopen_episode(file: UUID, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """A new accompaniment after the last one, led by who opens it: the past is not rewritten.

    Raises NotFound, RuleViolated (one is still open).
    """
    with writing(by, file, at) as person:
        organisation_id, adviser_id = _adviser(by)
        uid = once(key, "reopening")
        last = Episode.objects.select_for_update().filter(person=person).order_by("-opened_at", "-pk").first()
        if last is not None and last.uid == uid:
            return uid
        if last is not None and last.closes_at == STILL_OPEN:
            raise RuleViolated("Un accompagnement est déjà ouvert dans ce dossier.")
        request = last.request if last is not None else ""
        episode = Episode.objects.create(uid=uid, person=person, request=request, opened_at=at, follows=last)
        Lead.objects.create(episode=episode, organisation_id=organisation_id, adviser_id=adviser_id, since=at, opens=at)
        _audit(by, episode, "reopen")
        return uid


def move_lead(episode: Episode, *, organisation_id: int, adviser_id: int, at: datetime) -> None:
    """End the current lead at that instant and begin another. The caller holds the episode's row."""
    current = Lead.objects.filter(episode=episode, until=STILL_OPEN).first()
    if current is None or current.since >= at:
        raise RuleViolated("Cet accompagnement est clos, ou son référent vient de changer : relisez le dossier.")
    current.until = at
    current.save(update_fields=["until"])
    Lead.objects.create(
        episode=episode,
        organisation_id=organisation_id,
        adviser_id=adviser_id,
        since=at,
        follows=at,
    )


def _held(episode_id: int) -> Episode:
    """The episode, its row held. Raises NotFound: unknown, or not open to who asks, in the same words."""
    episode = Episode.objects.select_for_update().filter(pk=episode_id).first()
    if episode is None:
        raise NotFound("Cet accompagnement n’existe pas, ou il ne vous est pas ouvert.")
    return episode


def _adviser(by: Actor) -> tuple[int, int]:
    """The organisation and the account of an adviser. Raises NotAllowed for anybody else."""
    if Role.ADVISER not in by.roles or by.user_id is None or by.organisation_id is None:
        raise NotAllowed("Seul un conseiller, pour sa structure, ouvre un dossier.")
    return by.organisation_id, by.user_id


def _check_leads(by: Actor, episode: Episode) -> None:
    organisation_id, _ = _adviser(by)
    lead = Lead.objects.filter(episode=episode, until=STILL_OPEN).first()
    if lead is None or lead.organisation_id != organisation_id:
        raise NotAllowed("Cet accompagnement est suivi par une autre structure, ou il est clos.")


def _audit(by: Actor, episode: Episode, verb: str) -> None:
    AuditRow.objects.create(
        actor_id=by.user_id,
        actor_label=by.label,
        organisation_id=by.organisation_id,
        table="journey_episode",
        row_id=str(episode.pk),
        verb=verb,
    )
