"""Load and remove the fictitious files of the demonstration, by the gestures that everybody makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ensemblier.accounts.actions.person_accounts import account_of_address, prove
from ensemblier.accounts.queries.demonstration import demonstration_actor
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.demonstration_plan import Planned, plan_demonstration
from ensemblier.journey.actions.demonstration_relays import Told, send_demonstration
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.erasure import erase_files
from ensemblier.journey.actions.links import link_demonstration
from ensemblier.journey.actions.needs import add_need, say_qualities
from ensemblier.journey.actions.notes import write_note
from ensemblier.journey.actions.skills import add_project, add_skill
from ensemblier.journey.actions.statuses import add_status
from ensemblier.journey.adapters.demonstration import written
from ensemblier.journey.core.needs import NeedDraft, NeedTheme
from ensemblier.journey.core.notes import NoteDraft, NoteKind
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.retention import ErasureReason
from ensemblier.journey.core.skills import ProjectDraft, ProjectState, SkillDraft, SkillOrigin
from ensemblier.journey.core.statuses import StatusDraft
from ensemblier.journey.models import (
    CalendarFeed,
    ConsentProof,
    DatedCount,
    Episode,
    Erasure,
    LevelOneContact,
    Person,
    QueueEntry,
)
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.routing.core.facts import Quality, Status

Written = Mapping[str, Any]


def load_demonstration_files(*, now: datetime) -> int:
    """The fictitious files exist; returns how many were opened: none when they were there.

    The demonstration's organisations and accounts must be there. Days are counted from `now`. Raises what the gestures
    raise: the demonstration is held by the same rules as everybody.
    """
    with acting(SYSTEM):
        known = set(Person.objects.filter(organisation__is_fictitious=True).values_list("email", flat=True))
    new = [one for one in written() if one["email"] not in known]
    for one in new:
        _File(one, now).load()
    return len(new)


def remove_demonstration_files(*, now: datetime) -> int:
    """Take the fictitious files away, and what others wrote in the name of fictitious structures; returns how many.

    What outlives a real erasure (counts, proofs) goes too: nothing here ever happened. The journal alone stays.
    """
    with acting(SYSTEM):
        ids = list(Organisation.objects.filter(is_fictitious=True).order_by().values_list("pk", flat=True))
        persons = list(Person.objects.filter(organisation__in=ids).values_list("pk", flat=True))
        erased = erase_files(persons, reason=ErasureReason.REQUEST, at=now)
        for table in (CalendarFeed, DatedCount, ConsentProof, Erasure, LevelOneContact, QueueEntry):
            table._default_manager.filter(organisation_id__in=ids).delete()
    return erased


@dataclass(frozen=True, slots=True)
class _File:
    """One file being written: who opens it, and the instants of its days."""

    words: Written
    now: datetime

    def load(self) -> None:
        """The file, what it says, its relays, and the person's own space when she has one."""
        by = demonstration_actor(self.words["adviser"], self.words["organisation"], on=self._day(0))
        episode = self._opened(by)
        file = episode.person.uid
        if self.words["account"]:
            account = account_of_address(self.words["email"], at=self.now, is_demonstration=True)
            link_demonstration(episode.person, prove(account.uid, at=self.now).id, at=self._at(self.words["opened"], 1))
        self._say(file, by)
        plan_demonstration(Planned(file, by, self._at(self.words["opened"], 2), self.now), self.words)
        for written_relay in self.words["relays"]:
            day = written_relay["day"]
            send_demonstration(Told(written_relay, episode, by, self._at(day), self.now))

    def _opened(self, by: Actor) -> Episode:
        names = ("given_name", "family_name", "email", "phone", "preferred_contact", "availability", "born")
        said = {name: self.words[name] for name in names if name in self.words}
        draft = PersonDraft(**said, commune_id=self.words["commune"])
        return open_file(draft, request=self.words["request"].strip(), by=by, at=self._at(self.words["opened"]))

    def _say(self, file: UUID, by: Actor) -> None:
        at = self._at(self.words["opened"], 1)
        for row in self.words["statuses"]:
            last = self._day(row["to"]) if "to" in row else None
            draft = StatusDraft(Status(row["status"]), self._day(row["from"]), last, row.get("words", ""))
            add_status(file, draft, by=by, at=at)
        qualities = {Quality(name): holds for name, holds in self.words.get("qualities", {}).items()}
        say_qualities(file, qualities, by=by, at=at)
        for row in self.words["needs"]:
            need = NeedDraft(NeedTheme(row["theme"]), row["words"], row.get("obstacle", False))
            add_need(file, need, by=by, at=at)
        for row in self.words["skills"]:
            add_skill(file, SkillDraft(row["words"], origin=SkillOrigin(row["origin"])), by=by, at=at)
        for row in self.words["projects"]:
            add_project(file, ProjectDraft(row["words"], state=ProjectState(row["state"])), by=by, at=at)
        for row in self.words["notes"]:
            note = NoteDraft(NoteKind(row["kind"]), row["body"], self._day(row["day"]))
            write_note(file, note, by=by, at=self._at(row["day"], 1))

    def _day(self, days: int) -> date:
        return (self.now + timedelta(days=days)).astimezone(PARIS).date()

    def _at(self, days: int, hours: int = 0) -> datetime:
        return self.now + timedelta(days=days, hours=hours)
