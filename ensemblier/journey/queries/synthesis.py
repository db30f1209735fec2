"""Reads: the syntheses of a file, and what a new one may start from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.persons import full_name
from ensemblier.journey.core.plan import StepState, ordered
from ensemblier.journey.core.signing import Signatory, Signing, is_agreed, missing
from ensemblier.journey.core.synthesis import Edition, Section
from ensemblier.journey.models import Episode, Person, Project, Skill, Synthesis
from ensemblier.journey.queries.own_file import Author, reading
from ensemblier.journey.queries.plan import signings_of, steps_of
from ensemblier.kernel.errors import NotFound

UNKNOWN_SYNTHESIS = "Cette synthèse n’existe pas dans ce dossier."


@dataclass(frozen=True, slots=True)
class SynthesisView:
    """A synthesis as a page shows it. `proposed_at` None: a draft that only the advisers see."""

    uid: UUID
    version: int
    edition: Edition
    proposed_at: datetime | None
    text_hash: str
    signings: tuple[Signing, ...]

    @property
    def parts(self) -> tuple[tuple[Section, str], ...]:
        """The parts that say something, in their order."""
        texts = self.edition.texts
        return tuple((section, texts[section]) for section in Section if texts.get(section, "").strip())

    @property
    def is_agreed(self) -> bool:
        """Whether both have signed."""
        return is_agreed(self.signings)

    @property
    def missing(self) -> tuple[Signatory, ...]:
        """Who has not signed."""
        return missing(self.signings) if self.proposed_at else ()


def list_syntheses(file: UUID, *, by: Author, at: datetime) -> tuple[SynthesisView, ...]:
    """The syntheses of a file, newest first; the person sees those that were proposed to her. Raises NotFound."""
    with reading(file, by=by, at=at) as person:
        rows = Synthesis.objects.filter(person=person).prefetch_related("signatures").order_by("-number")
        if isinstance(by, PersonHerself):
            rows = rows.filter(proposed_at__isnull=False)
        return tuple(synthesis_view(row) for row in rows)


def read_synthesis(file: UUID, synthesis: UUID, *, by: Author, at: datetime) -> SynthesisView:
    """One synthesis. Raises NotFound (not of this file; a draft, for the person)."""
    found = next((view for view in list_syntheses(file, by=by, at=at) if view.uid == synthesis), None)
    if found is None:
        raise NotFound(UNKNOWN_SYNTHESIS)
    return found


def starting_texts(file: UUID, *, by: Author, at: datetime) -> dict[Section, str]:
    """What a new synthesis may start from: the request in her words, what she can do, the plan. Nothing is guessed."""
    with reading(file, by=by, at=at) as person:
        return {section: text for section, text in _start(person).items() if text}


def _start(person: Person) -> dict[Section, str]:
    steps = ordered(steps_of(person.pk))
    episode = Episode.objects.filter(person=person).order_by("-opened_at", "-pk").first()
    skills = Skill.objects.filter(person=person, is_removed=False).order_by("pk").values_list("words", flat=True)
    projects = Project.objects.filter(person=person).order_by("pk").values_list("words", flat=True)
    return {
        Section.REQUEST: episode.request if episode else "",
        Section.STRENGTHS: "\n".join(skills),
        Section.PROJECT: "\n".join(projects),
        Section.DONE: "\n".join(step.title for step in steps if step.state is StepState.DONE),
        Section.NEXT: "\n".join(
            f"{step.title}{_by(step.due_on)}" for step in steps if step.state in {StepState.TO_DO, StepState.GOING_ON}
        ),
    }


def _by(due_on: date | None) -> str:
    return f" (avant le {due_on:%d/%m/%Y})" if due_on else ""


def synthesis_view(row: Synthesis) -> SynthesisView:
    """A row as a page shows it; the caller prefetched its signatures."""
    return SynthesisView(
        uid=row.uid,
        version=row.version,
        edition=row.value,
        proposed_at=row.proposed_at,
        text_hash=row.text_hash,
        signings=signings_of(row.signatures.all()),
    )


def name_of(person: Person) -> str:
    """The name as the synthesis writes it."""
    return full_name(person.given_name, person.family_name)
