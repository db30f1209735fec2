"""Opening a file and an accompaniment, entering a level, handing the lead over, closing."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.episode import STILL_OPEN, Level, check_level
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Episode, EpisodeLevel, Lead, Person
from ensemblier.journey.sql.once import once
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, RuleViolated
from ensemblier.kernel.orm.models import AuditRow


@transaction.atomic
def open_file(draft: PersonDraft, *, request: str, by: Actor, at: datetime, key: UUID | None = None) -> Episode:
    """A file and its first accompaniment, led by the adviser who opens it. Raises NotAllowed.

    No status refuses a file: none is asked here. `key`: the same for each repetition of one click, which opens one.
    """
    organisation_id, adviser_id = _adviser(by)
    uid = once(key, "file")
    if already := Episode.objects.filter(uid=uid, person__organisation_id=organisation_id).first():
        return already
    person = Person.objects.create(
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
    return episode


@transaction.atomic
def enter_level(episode_id: int, level: Level, *, by: Actor, on: date) -> None:
    """Enter a level of service, in any order. Raises RuleViolated when it does not exist on that day, NotAllowed."""
    check_level(level, on)
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    _check_leads(by, episode)
    EpisodeLevel.objects.create(episode=episode, level=level.value, entered_on=on)
    _audit(by, episode, "enter_level")


@transaction.atomic
def hand_over(episode_id: int, *, adviser_id: int, by: Actor, at: datetime) -> None:
    """The lead passes to a colleague of the same organisation, without a relay. Raises NotAllowed, RuleViolated."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    _check_leads(by, episode)
    move_lead(episode, organisation_id=by.organisation_id or 0, adviser_id=adviser_id, at=at)
    _audit(by, episode, "hand_over")


@transaction.atomic
def close_episode(episode_id: int, *, by: Actor, at: datetime) -> None:
    """End an accompaniment, and its lead with it. Raises NotAllowed, RuleViolated when a relay is still open."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    _check_leads(by, episode)
    if episode.relays.filter(ended_at__isnull=True).exists():
        raise RuleViolated("Un relais est encore ouvert : attendez sa fin ou annulez-le avant de clore.")
    Lead.objects.filter(episode=episode, until=STILL_OPEN).update(until=at)
    episode.closes_at = at
    episode.save(update_fields=["closes_at"])
    _audit(by, episode, "close")


def move_lead(
    episode: Episode, *, organisation_id: int, adviser_id: int, at: datetime, relay_id: int | None = None
) -> None:
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
        relay_id=relay_id,
    )


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
