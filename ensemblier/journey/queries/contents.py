"""Reads: what a file holds, subject by subject. Call inside `acting(by)`, with a file that was opened."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet

from ensemblier.journey.core.calendar import Certainty
from ensemblier.journey.core.needs import NeedState, NeedTheme, NeedView
from ensemblier.journey.core.notes import NoteKind, NoteView
from ensemblier.journey.core.readings import Axis, AxisView, ReadingView, Step
from ensemblier.journey.core.skills import ProjectState, ProjectView, SkillOrigin, SkillView
from ensemblier.journey.core.statuses import StatusView, timeline
from ensemblier.journey.models import (
    Activity,
    Need,
    Note,
    PersonQuality,
    Project,
    Reading,
    ReadingStep,
    Skill,
    StatusPeriod,
)
from ensemblier.kernel.orm.sealed import unseal
from ensemblier.routing.core.facts import Quality, Status

DAY = timedelta(days=1)
Pks = int | Sequence[int]
"""The number of a file, or those of the files read as one after a merge."""
Sensitive = TypeVar("Sensitive", Need, PersonQuality, ReadingStep)
_FIRST = (ProjectState.CHOSEN, ProjectState.IDEA, ProjectState.REACHED, ProjectState.SET_ASIDE)


def _all(pks: Pks) -> Sequence[int]:
    return [pks] if isinstance(pks, int) else pks


def timeline_of(pks: Pks) -> tuple[StatusView, ...]:
    """Statuses and activities in one line of time, gaps shown. Two queries."""
    held = StatusPeriod.objects.filter(person_id__in=_all(pks))
    return one_timeline(held, Activity.objects.filter(person_id__in=_all(pks), is_removed=False))


def one_timeline(held: Iterable[StatusPeriod], done: Iterable[Activity]) -> tuple[StatusView, ...]:
    """These rows in one line of time."""
    statuses = [
        StatusView(
            uid=row.uid,
            version=row.version,
            status=Status(row.status),
            words=row.words,
            certainty=Certainty.SIGNED,
            is_activity=False,
            first_day=row.valid_from,
            last_day=row.valid_to - DAY if row.valid_to else None,
        )
        for row in held
    ]
    activities = [
        StatusView(
            uid=row.uid,
            version=row.version,
            status=Status(row.status),
            words=row.label,
            certainty=Certainty(row.certainty),
            is_activity=True,
            first_day=row.starts_on,
            last_day=row.ends_on,
        )
        for row in done
    ]
    return timeline([*statuses, *activities])


def _shown(rows: "QuerySet[Sensitive]", health: bool) -> "QuerySet[Sensitive]":
    return rows if health else rows.filter(is_sensitive=False)


def needs_of(pks: Pks, *, health: bool) -> tuple[NeedView, ...]:
    """Needs, those still to lift first, obstacles before the others. One query."""
    return sorted_needs(_shown(Need.objects.filter(person_id__in=_all(pks)), health).order_by("noted_on", "pk"))


def sorted_needs(found: Iterable[Need]) -> tuple[NeedView, ...]:
    """These rows, read by day, those still to lift first."""
    rows = [
        NeedView(
            uid=row.uid,
            version=row.version,
            theme=NeedTheme(row.theme),
            words=row.words,
            is_obstacle=row.is_obstacle,
            state=NeedState(row.state),
            noted_on=row.noted_on,
            is_sensitive=row.is_sensitive,
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda need: (need.state.is_over, not need.is_obstacle)))


def qualities_of(pks: Pks, *, health: bool) -> dict[Quality, bool]:
    """What she said of herself for the rules; a quality absent was not asked. One query."""
    return said_qualities(_shown(PersonQuality.objects.filter(person_id__in=_all(pks)), health))


def said_qualities(rows: Iterable[PersonQuality]) -> dict[Quality, bool]:
    """These rows by quality."""
    return {Quality(row.quality): row.holds for row in rows}


def skills_of(pks: Pks) -> tuple[SkillView, ...]:
    """Skills, in the order in which they were said. One query."""
    rows = Skill.objects.filter(person_id__in=_all(pks), is_removed=False).select_related("rome").order_by("pk")
    return shown_skills(rows)


def shown_skills(rows: Iterable[Skill]) -> tuple[SkillView, ...]:
    """These rows, in their order."""
    return tuple(
        SkillView(
            uid=row.uid,
            version=row.version,
            words=row.words,
            rome_code=row.rome_id or "",
            rome_title=row.rome.title if row.rome else "",
            origin=SkillOrigin(row.origin) if row.origin else None,
        )
        for row in rows
    )


def projects_of(pks: Pks) -> tuple[ProjectView, ...]:
    """Projects, the chosen ones first, those set aside last. One query."""
    return sorted_projects(Project.objects.filter(person_id__in=_all(pks)).select_related("rome").order_by("pk"))


def sorted_projects(rows: Iterable[Project]) -> tuple[ProjectView, ...]:
    """These rows, the chosen ones first."""
    views = [
        ProjectView(
            uid=row.uid,
            version=row.version,
            words=row.words,
            rome_code=row.rome_id or "",
            rome_title=row.rome.title if row.rome else "",
            state=ProjectState(row.state),
        )
        for row in rows
    ]
    return tuple(sorted(views, key=lambda view: _FIRST.index(view.state)))


def notes_of(pks: Pks, reader_id: int | None, *, limit: int | None = None) -> tuple[NoteView, ...]:
    """Notes that the reader may read, the last interview first; one's own private notes are opened. One query."""
    rows = (
        Note.objects.filter(person_id__in=_all(pks))
        .filter(_readable_by(reader_id))
        .select_related("author")
        .order_by("-held_on", "-pk")
    )
    return shown_notes(rows.order_by("-held_on", "-pk")[:limit], reader_id)


def shown_notes(rows: Iterable[Note], reader_id: int | None) -> tuple[NoteView, ...]:
    """These rows, which the reader may read."""
    return tuple(_note(row, reader_id) for row in rows)


def _readable_by(reader_id: int | None) -> Q:
    return ~Q(kind=NoteKind.PRIVATE.value) | Q(author_id=reader_id or 0)


def _note(row: Note, reader_id: int | None) -> NoteView:
    body = row.body
    if row.sealed is not None:
        body = unseal(bytes(row.sealed), purpose=f"note {row.uid}").decode()
    return NoteView(
        uid=row.uid,
        version=row.version,
        kind=NoteKind(row.kind),
        body=body,
        held_on=row.held_on,
        author_name=row.author.name,
        is_mine=row.author_id == reader_id,
    )


def last_reading_of(pks: Pks, *, health: bool) -> ReadingView | None:
    """The last reading with the grid, and on each axis what the one before said. Two queries."""
    steps = Prefetch("steps", _shown(ReadingStep.objects.all(), health).order_by("pk"))
    rows = Reading.objects.filter(person_id__in=_all(pks)).select_related("author").prefetch_related(steps)
    return last_reading(list(rows.order_by("-read_on", "-pk")[:2]))


def last_reading(found: Sequence[Reading]) -> ReadingView | None:
    """The first of these two readings, beside what the second one said."""
    if not found:
        return None
    before = {step.axis: Step(step.step) for step in found[1].steps.all()} if len(found) > 1 else {}
    last = found[0]
    axes = [
        AxisView(axis=Axis(row.axis), step=Step(row.step), words=row.words, before=before.get(row.axis))
        for row in last.steps.all()
    ]
    order = list(Axis)
    axes.sort(key=lambda view: order.index(view.axis))
    return ReadingView(uid=last.uid, read_on=last.read_on, author_name=last.author.name, axes=tuple(axes))
