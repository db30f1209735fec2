"""Reads: the plan as it is, its versions, what changed from one to the next, what it said before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import QuerySet

from ensemblier.journey.core import plan as core
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.plan import AgreedStep, Doer, Progress, Step, StepChange, StepKind, StepState
from ensemblier.journey.core.signing import Signatory, Signing, hash_of, is_agreed, missing
from ensemblier.journey.models import ContentChange, Person, PlanStep, PlanVersion, Signature
from ensemblier.journey.queries.own_file import Author, reading
from ensemblier.kernel.errors import NotFound

HISTORY = 50


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as a page shows it. `after_title`: what it waits for; `waits`: whether that is still to be done."""

    uid: UUID
    version: int
    title: str
    kind: StepKind
    detail: str
    doer: Doer
    partner: str
    due_on: date | None
    after: UUID | None
    after_title: str
    waits: bool
    state: StepState
    word: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version and who signed it."""

    uid: UUID
    number: int
    proposed_at: datetime
    text_hash: str
    signings: tuple[Signing, ...]
    steps: tuple[AgreedStep, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether both have signed."""
        return is_agreed(self.signings)

    @property
    def missing(self) -> tuple[Signatory, ...]:
        """Who has not signed."""
        return missing(self.signings)


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan now. `text_hash`: of what would be signed; `changes`: since the last version, empty without one."""

    steps: tuple[StepView, ...]
    progress: Progress
    text_hash: str
    version: VersionView | None
    changes: tuple[StepChange, ...]

    @property
    def is_as_signed(self) -> bool:
        """Whether the plan says what its last version says."""
        return self.version is not None and not self.changes


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of history: what a step said before and after. `by`: "" = the person."""

    at: datetime
    by: str
    step: str
    fields: tuple[tuple[str, str, str], ...]


def read_plan(file: UUID, *, by: Author, at: datetime) -> PlanView:
    """The plan of a file. Raises NotFound (unknown, or not theirs)."""
    with reading(file, by=by, at=at, needs=Category.PROJECT) as person:
        return plan_of(person)


def plan_of(person: Person) -> PlanView:
    """The plan of a person already opened: for the neighbours (synthesis, relay, person's data)."""
    steps = steps_of(person.pk)
    version = next(iter(_versions(person.pk)[:1]), None)
    now = core.agreed(steps)
    shown = version_view(version) if version is not None else None
    return PlanView(
        steps=tuple(views_of(core.ordered(steps))),
        progress=core.progress(steps),
        text_hash=hash_of(core.agreed_text(now)),
        version=shown,
        changes=core.difference(shown.steps, now) if shown else (),
    )


def read_step(file: UUID, step: UUID, *, by: Author, at: datetime) -> tuple[StepView, tuple[StepView, ...]]:
    """One step and the whole list. Raises NotFound when it is not a step of this file."""
    with reading(file, by=by, at=at, needs=Category.PROJECT) as person:
        views = tuple(views_of(core.ordered(steps_of(person.pk))))
    found = next((view for view in views if view.uid == step), None)
    if found is None:
        raise NotFound("Cette étape n’existe pas dans ce plan.")
    return found, views


def versions(file: UUID, *, by: Author, at: datetime) -> tuple[tuple[VersionView, tuple[StepChange, ...]], ...]:
    """Every version, newest first, each with what it changed from the one before."""
    with reading(file, by=by, at=at, needs=Category.PROJECT) as person:
        found = [version_view(row) for row in _versions(person.pk)]
    compared = tuple((new, core.difference(old.steps, new.steps)) for new, old in pairwise(found))
    return (*compared, *((first, ()) for first in found[-1:]))


def plan_history(file: UUID, *, by: Author, at: datetime) -> tuple[ChangeView, ...]:
    """The last changes of the steps, newest first, in words that need no other page."""
    with reading(file, by=by, at=at, needs=Category.PROJECT) as person:
        rows = ContentChange.objects.filter(person=person, table="planstep").select_related("author")
        changes = list(rows.order_by("-at", "-pk")[:HISTORY])
        steps = PlanStep.objects.filter(person=person).order_by("place")
        titles = {row.uid: row.title for row in steps}
        by_pk = {row.pk: row.title for row in steps}
    return tuple(
        ChangeView(
            at=row.at,
            by=row.author.name if row.author else "",
            step=titles.get(row.subject, ""),
            fields=tuple(_moved(row, by_pk)),
        )
        for row in changes
    )


def _moved(row: ContentChange, titles: dict[int, str]) -> Iterable[tuple[str, str, str]]:
    for name in row.after:
        old, new = row.before.get(name), row.after[name]
        if name == "after_id":
            old, new = titles.get(old or 0, ""), titles.get(new or 0, "")
        yield name, str(old or ""), str(new or "")


def agreed_now(person_id: int) -> tuple[AgreedStep, ...]:
    """What the plan says now, as it would be signed."""
    return core.agreed(steps_of(person_id))


def last_version(person_id: int) -> PlanVersion | None:
    """The newest version, whoever signed it."""
    return PlanVersion.objects.filter(person_id=person_id).order_by("-number").first()


def steps_of(person_id: int) -> tuple[Step, ...]:
    """Every step of a file, in the order of writing."""
    rows = list(PlanStep.objects.filter(person_id=person_id).order_by("place"))
    uids = {row.pk: row.uid for row in rows}
    return tuple(row.value(uids) for row in rows)


def views_of(steps: Sequence[Step]) -> Iterable[StepView]:
    """Steps as a page shows them."""
    known = {step.uid: step for step in steps}
    for step in steps:
        before = known.get(step.after) if step.after else None
        yield StepView(
            uid=step.uid,
            version=step.version,
            title=step.title,
            kind=step.kind,
            detail=step.detail,
            doer=step.doer,
            partner=step.partner,
            due_on=step.due_on,
            after=step.after,
            after_title=before.title if before else "",
            waits=core.blocker(step, known) is not None,
            state=step.state,
            word=step.word,
            done_on=step.done_on,
        )


def _versions(person_id: int) -> "QuerySet[PlanVersion]":
    return PlanVersion.objects.filter(person_id=person_id).order_by("-number").prefetch_related("signatures")


def version_view(row: PlanVersion) -> VersionView:
    """A version as a page shows it; the caller prefetched its signatures."""
    return VersionView(
        uid=row.uid,
        number=row.number,
        proposed_at=row.proposed_at,
        text_hash=row.text_hash,
        signings=signings_of(row.signatures.all()),
        steps=tuple(AgreedStep(**step) for step in row.steps),
    )


def signings_of(rows: Iterable[Signature]) -> tuple[Signing, ...]:
    """Signatures, the person's first."""
    return tuple(sorted((row.value for row in rows), key=lambda signing: signing.party, reverse=True))
