"""Reads: everything that prepares a relay from a file – what it would say, and the doors explained for this person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.files import FileHead
from ensemblier.journey.core.needs import NeedTheme
from ensemblier.journey.core.packets import KnownStatus, identity_packet, situation_text
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Document, Need, Person, PersonQuality, PlanStep, Project, Skill, StatusPeriod
from ensemblier.journey.queries.files import file_head
from ensemblier.journey.queries.opened import open_to
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.core.facts import PersonFacts, Quality, Status
from ensemblier.routing.core.orientation import Orientation
from ensemblier.routing.queries.orientation import orient
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a new relay begins with. `words`: a text for each category that the file can fill; `identity`: the one that
    is always taken from the file, "" when the file holds nothing to reach the person with. `orientation` is None
    without a commune: the doors are then looked for by name."""

    head: FileHead
    episode_uid: UUID
    identity: str
    words: Mapping[Category, str]
    documents: tuple[tuple[UUID, str], ...]
    place: str
    channel: str
    orientation: Orientation | None
    commune: CommuneView | None


def prefill(uid: UUID, *, actor: Actor, on: date) -> Prefill:
    """What the file says today. Raises NotFound (unknown, not the actor's, or no open accompaniment)."""
    with acting(actor):
        head = file_head(actor=actor, uid=uid, on=on)
        person = open_to(actor).select_related("commune").filter(uid=uid).first()
        if person is None or head.episode_uid is None:
            raise NotFound("Ouvrez d’abord un accompagnement dans ce dossier : un relais en part.")
        statuses = _statuses(person, on)
        documents = Document.objects.filter(person=person, deleted_at=None).order_by("-added_at", "pk")
        texts = {
            Category.SITUATION: situation_text(statuses),
            Category.PROJECT: _project(person, head),
            Category.CONSTRAINTS: _needs(person, is_sensitive=False),
            Category.HEALTH: _needs(person, is_sensitive=True),
        }
        named = tuple((row.uid, row.name) for row in documents[:50])
        facts = _facts(person, statuses, on)
        place = commune(person.commune_id, on=on) if person.commune_id else None
        draft = PersonDraft(
            person.given_name,
            person.family_name,
            person.phone,
            person.email,
            person.preferred_contact,
            person.availability,
            person.commune_id,
            person.born,
        )
    return Prefill(
        head=head,
        episode_uid=head.episode_uid,
        identity=_identity(draft, place),
        words={category: text for category, text in texts.items() if text},
        documents=named,
        place=_basin(place),
        channel=head.preferred_contact.label if head.preferred_contact else "",
        orientation=orient(facts, on=on, commune=place, day=on) if place else None,
        commune=place,
    )


def _identity(draft: PersonDraft, place: CommuneView | None) -> str:
    try:
        return identity_packet(draft, place.name if place else "").text
    except BadInput:
        return ""


def _statuses(person: Person, on: date) -> list[KnownStatus]:
    open_ones = Q(valid_to=None) | Q(valid_to__gt=on)
    rows = StatusPeriod.objects.filter(open_ones, person=person).order_by("valid_from", "pk")
    return [KnownStatus(row.status, Status(row.status).label, row.valid_from, row.valid_to) for row in rows]


def _project(person: Person, head: FileHead) -> str:
    projects = Project.objects.filter(person=person).exclude(state__in=["reached", "set_aside"]).order_by("pk")[:3]
    skills = Skill.objects.filter(person=person, is_removed=False).order_by("pk")[:10]
    steps = PlanStep.objects.filter(person=person, state__in=["to_do", "going_on"]).order_by("place")[:10]
    lines = [f"« {head.request.strip()} »"] if head.request.strip() else []
    lines += [f"Projet : {row.words}" for row in projects]
    if skills:
        lines.append("Sait faire : " + ", ".join(row.words for row in skills))
    return "\n".join([*lines, *(f"– {step.title}" for step in steps)])


def _needs(person: Person, *, is_sensitive: bool) -> str:
    """Open needs; what touches health or justice stands apart, and is shared apart."""
    rows = Need.objects.filter(person=person, is_sensitive=is_sensitive).exclude(state__in=["lifted", "dropped"])
    lines = ((NeedTheme(row.theme).label, row.words.strip()) for row in rows.order_by("pk")[:10])
    return "\n".join(f"{theme.capitalize()} : {words}" if words else theme.capitalize() for theme, words in lines)


def _basin(place: CommuneView | None) -> str:
    """Where, without saying a commune so small that it would say who."""
    if place is None:
        return ""
    return f"bassin de vie de {place.bassin_vie_name}" if place.bassin_vie_name else place.departement_name


def _facts(person: Person, statuses: list[KnownStatus], on: date) -> PersonFacts:
    """What the file says to the rules: nothing of it leaves."""
    today = frozenset(Status(s.status) for s in statuses if s.since is None or s.since <= on)
    said = PersonQuality.objects.filter(person=person).values_list("quality", "holds")
    qualities: dict[Quality, bool | None] = {Quality(name): holds for name, holds in said}
    return PersonFacts(born=person.born, statuses=today or None, qualities=qualities)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A structure that may receive a relay. `answers_by_link`: no adviser of it has an account here; `is_own`: the
    actor's, to which no relay goes."""

    organisation_id: int
    uid: UUID
    name: str
    answers_by_link: bool
    is_own: bool


def recipients(uids: Iterable[UUID], *, actor: Actor, on: date) -> dict[UUID, Recipient]:
    """The structures of these identifiers. Two queries."""
    rows = list(Organisation.objects.filter(uid__in=list(uids)))
    advisers = Membership.objects.filter(valid_on(on), organisation__in=rows, role=Role.ADVISER.value)
    known = set(advisers.filter(user__is_active=True).values_list("organisation_id", flat=True))
    return {
        row.uid: Recipient(row.pk, row.uid, row.name, row.pk not in known, row.pk == actor.organisation_id)
        for row in rows
    }
