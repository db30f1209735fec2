"""The plan: one flat list of steps, free text beside a catalogue, and what was agreed at each version.

Progress (to do, going on, done) is not part of what is agreed: a step that gets done needs no new signature. What the
step is, who does it, by when, after which other, and giving it up, are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from heapq import heapify, heappop, heappush
from uuid import UUID

from ensemblier.journey.core.signing import canonical
from ensemblier.kernel.words import marked

MAX_TITLE = 200
MAX_STEPS = 60


class StepKind(StrEnum):
    """The catalogue; OTHER is the free text that fits nowhere, as good as any other."""

    IMMERSION = "immersion"
    SKILLS_REVIEW = "skills_review"
    VAE = "vae"
    TRAINING = "training"
    FUNDING = "funding"
    BUSINESS = "business"
    OBSTACLE = "obstacle"
    MEETING = "meeting"
    JOB_SEARCH = "job_search"
    RELAY = "relay"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return _KINDS[self]


_KINDS = {
    StepKind.IMMERSION: marked("essayer un métier (immersion)"),
    StepKind.SKILLS_REVIEW: marked("faire un bilan de compétences"),
    StepKind.VAE: marked("faire valider son expérience (VAE)"),
    StepKind.TRAINING: marked("se former"),
    StepKind.FUNDING: marked("demander un financement"),
    StepKind.BUSINESS: marked("créer ou reprendre une activité"),
    StepKind.OBSTACLE: marked("lever un frein (logement, transport, garde…)"),
    StepKind.MEETING: marked("rencontrer quelqu’un"),
    StepKind.JOB_SEARCH: marked("chercher un emploi"),
    StepKind.RELAY: marked("passer par une autre structure"),
    StepKind.OTHER: marked("autre chose, avec vos mots"),
}


class Doer(StrEnum):
    """Who does a step."""

    PERSON = "person"
    ADVISER = "adviser"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "person": marked("la personne"),
            "adviser": marked("le conseiller"),
            "partner": marked("un partenaire"),
        }[self.value]


class StepState(StrEnum):
    """Where a step is. Giving up takes a word, and stays in the list."""

    TO_DO = "to_do"
    GOING_ON = "going_on"
    DONE = "done"
    GIVEN_UP = "given_up"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "to_do": marked("à faire"),
            "going_on": marked("en cours"),
            "done": marked("fait"),
            "given_up": marked("abandonné"),
        }[self.value]


OPEN_STEPS = frozenset({StepState.TO_DO, StepState.GOING_ON})


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is now. `after`: the step it waits for; `word`: why it was given up; `place`: order of writing."""

    uid: UUID
    title: str
    kind: StepKind = StepKind.OTHER
    detail: str = ""
    doer: Doer = Doer.PERSON
    partner: str = ""
    due_on: date | None = None
    after: UUID | None = None
    state: StepState = StepState.TO_DO
    word: str = ""
    done_on: date | None = None
    place: int = 0
    version: int = 0


def faults(step: Step) -> list[tuple[str, str]]:
    """(field, French sentence) of each thing that cannot be recorded; empty when all is well."""
    found = []
    if not step.title.strip():
        found.append(("title", "Dites en quelques mots ce qu’il y a à faire."))
    if len(step.title) > MAX_TITLE:
        found.append(("title", f"L’étape tient en {MAX_TITLE} signes : mettez le reste dans les précisions."))
    if step.doer is Doer.PARTNER and not step.partner.strip():
        found.append(("partner", "Nommez le partenaire qui s’en charge."))
    if step.state is StepState.GIVEN_UP and not step.word.strip():
        found.append(("word", "Dites en un mot pourquoi l’étape est abandonnée."))
    return found


def makes_a_circle(uid: UUID, after: UUID | None, links: Mapping[UUID, UUID | None]) -> bool:
    """Whether `uid` waiting for `after` would wait for itself. `links`: what every other step waits for."""
    seen = {uid}
    while after is not None:
        if after in seen:
            return True
        seen.add(after)
        after = links.get(after)
    return False


def ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The flat list: what is done by date, then what is to come by date, never before the step it waits for.

    Steps given up come last. Undated steps follow dated ones, in the order in which they were written.
    """
    known = {step.uid: step for step in steps}
    followers: dict[UUID, list[Step]] = {}
    heap = []
    for step in known.values():
        if step.after in known:
            followers.setdefault(step.after, []).append(step)
        else:
            heap.append((_rank(step), step.uid))
    heapify(heap)
    found: list[Step] = []
    while heap:
        step = known[heappop(heap)[1]]
        found.append(step)
        for follower in followers.get(step.uid, ()):
            heappush(heap, (_rank(follower), follower.uid))
    return tuple(sorted(found, key=lambda step: step.state is StepState.GIVEN_UP))


def _rank(step: Step) -> tuple[bool, date, int]:
    return step.state is not StepState.DONE, step.done_on or step.due_on or date.max, step.place


def blocker(step: Step, steps: Mapping[UUID, Step]) -> Step | None:
    """The step that this one still waits for; None when nothing holds it (done, given up or gone counts as free)."""
    before = steps.get(step.after) if step.after is not None else None
    return before if before is not None and before.state in OPEN_STEPS and step.state in OPEN_STEPS else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan is; steps given up count nowhere."""

    done: int
    total: int


def progress(steps: Iterable[Step]) -> Progress:
    """How many steps are done, out of those not given up."""
    kept = [step for step in steps if step.state is not StepState.GIVEN_UP]
    return Progress(sum(step.state is StepState.DONE for step in kept), len(kept))


def turn_of(steps: Sequence[Step], doer: Doer) -> tuple[Step, ...]:
    """What somebody may do now: open steps of theirs that wait for nothing, soonest first."""
    known = {step.uid: step for step in steps}
    mine = [step for step in steps if step.doer is doer and step.state in OPEN_STEPS and not blocker(step, known)]
    return tuple(sorted(mine, key=_rank))


# --- versions ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgreedStep:
    """A step as it stands in a version: plain texts, so that an old version reads the same for ever."""

    uid: str
    title: str
    kind: str
    detail: str = ""
    doer: str = Doer.PERSON.value
    partner: str = ""
    due_on: str = ""
    after: str = ""
    given_up: str = ""

    @property
    def key(self) -> str:
        """What is the same step from one version to the next."""
        return self.uid


FIELDS = ("title", "kind", "detail", "doer", "partner", "due_on", "after", "given_up")
"""What a version compares, in the order in which a difference is told."""


def agreed(steps: Iterable[Step]) -> tuple[AgreedStep, ...]:
    """What is proposed to be signed, in the order of the list."""
    return tuple(
        AgreedStep(
            uid=str(step.uid),
            title=step.title,
            kind=step.kind.value,
            detail=step.detail,
            doer=step.doer.value,
            partner=step.partner,
            due_on=step.due_on.isoformat() if step.due_on else "",
            after=str(step.after) if step.after else "",
            given_up=step.word if step.state is StepState.GIVEN_UP else "",
        )
        for step in sorted(steps, key=lambda step: (step.place, step.uid))
    )


def agreed_text(steps: Sequence[AgreedStep]) -> str:
    """The text whose hash is signed: every field of every step. Two different plans never have the same text."""
    return canonical([asdict(step) for step in steps])


class ChangeKind(StrEnum):
    """What became of a step between two versions."""

    ADDED = "added"
    CHANGED = "changed"
    GIVEN_UP = "given_up"
    TAKEN_UP = "taken_up"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "added": marked("ajouté"),
            "changed": marked("changé"),
            "given_up": marked("abandonné"),
            "taken_up": marked("repris"),
            "removed": marked("retiré"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class StepChange:
    """One step that differs. `fields`: (field, before, after) of what moved, as codes and ISO dates."""

    kind: ChangeKind
    title: str
    fields: tuple[tuple[str, str, str], ...] = field(default=())


def difference(before: Sequence[AgreedStep], after: Sequence[AgreedStep]) -> tuple[StepChange, ...]:
    """What changed from one version to the next, in the order of the newer; empty when they say the same.

    `after` fields are told by the title of the step waited for, not by its identifier.
    """
    old, new = {step.key: step for step in before}, {step.key: step for step in after}
    titles = {key: step.title for key, step in (old | new).items()}
    found = [_change(old.get(step.key), step, titles) for step in after]
    found += [StepChange(ChangeKind.REMOVED, step.title) for step in before if step.key not in new]
    return tuple(change for change in found if change is not None)


def _change(old: AgreedStep | None, new: AgreedStep, titles: Mapping[str, str]) -> StepChange | None:
    if old is None:
        return StepChange(ChangeKind.ADDED, new.title)
    moved = tuple(
        (name, _told(name, old, titles), _told(name, new, titles))
        for name in FIELDS
        if getattr(old, name) != getattr(new, name)
    )
    if not moved:
        return None
    if bool(old.given_up) != bool(new.given_up):
        return StepChange(ChangeKind.GIVEN_UP if new.given_up else ChangeKind.TAKEN_UP, new.title, moved)
    return StepChange(ChangeKind.CHANGED, new.title, moved)


def _told(name: str, step: AgreedStep, titles: Mapping[str, str]) -> str:
    value = str(getattr(step, name))
    return titles.get(value, value) if name == "after" else value
