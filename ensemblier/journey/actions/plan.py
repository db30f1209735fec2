"""Writing the plan, by the person or by her adviser: steps, progress, versions and signatures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.guarded import Edit, change, keep, refuse
from ensemblier.journey.actions.signatures import Pen, put_name
from ensemblier.journey.core import plan as core
from ensemblier.journey.core.movers import user_of
from ensemblier.journey.core.plan import Doer, StepKind, StepState
from ensemblier.journey.core.signing import hash_of
from ensemblier.journey.models import Person, PlanStep, PlanVersion
from ensemblier.journey.queries.own_file import Author, own_file
from ensemblier.journey.queries.plan import agreed_now, last_version
from ensemblier.journey.sql.once import once
from ensemblier.kernel.errors import NotFound, RuleViolated, StaleVersion

UNKNOWN_STEP = "Cette étape n’existe pas dans ce plan."
PLAN_CHANGED = "Le plan a changé depuis que cette page est ouverte. Relisez-le, puis signez ce qu’il dit maintenant."


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What is typed of a step. `after`: the step it waits for."""

    title: str
    kind: StepKind = StepKind.OTHER
    detail: str = ""
    doer: Doer = Doer.PERSON
    partner: str = ""
    due_on: date | None = None
    after: UUID | None = None


def record_step(file: UUID, draft: StepDraft, *, by: Author, at: datetime, key: UUID | None = None) -> UUID:
    """Add a step at the end of the list. `key`: the same for each repetition of one click. Raises BadInput."""
    with own_file(file, by=by, at=at) as person:
        uid = once(key, f"step {person.pk}")
        known = _steps(person)
        if uid in known:
            return uid
        if len(known) >= core.MAX_STEPS:
            raise RuleViolated(
                "Un plan tient en %(max_steps)s étapes. Abandonnez celles qui ne servent plus.",
                values={"max_steps": core.MAX_STEPS},
            )
        fields = _fields(uid, draft, known)
        place = max((row.place for row in known.values()), default=-1) + 1
        row = PlanStep.objects.create(uid=uid, person=person, place=place, state=StepState.TO_DO.value, **fields)
        keep(row, {}, {"title": row.title}, Edit(by, at))
        return uid


def change_step(file: UUID, step: UUID, draft: StepDraft, edit: Edit) -> None:
    """Say a step otherwise. Raises NotFound, BadInput (also for a circle), StaleVersion."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        known = _steps(person)
        row = _step(known, step)
        change(row, _fields(step, draft, known), edit)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a step is now; `word` says why when it is given up; `done_on`: None = today."""

    state: StepState
    word: str = ""
    done_on: date | None = None


def say_where(file: UUID, step: UUID, where: Where, edit: Edit) -> None:
    """Say where a step is. Giving up takes a word. Raises NotFound, BadInput, StaleVersion."""
    with own_file(file, by=edit.by, at=edit.at) as person:
        known = _steps(person)
        row = _step(known, step)
        word = where.word.strip() if where.state is StepState.GIVEN_UP else ""
        is_done = where.state is StepState.DONE
        done_on = (where.done_on or row.done_on or edit.at.date()) if is_done else None
        refuse([f for f in core.faults(core.Step(step, row.title, state=where.state, word=word)) if f[0] == "word"])
        change(row, {"state": where.state.value, "word": word, "done_on": done_on}, edit)


def propose_version(file: UUID, shown: str, pen: Pen, *, by: Author, at: datetime) -> UUID:
    """Copy the plan as the next version and sign it oneself. `shown`: hash of the text that the page showed.

    A plan that says the same as its last version makes no new one: that one is signed. Raises StaleVersion when the
    plan is no longer what was shown, RuleViolated when it is empty.
    """
    with own_file(file, by=by, at=at) as person:
        once(person.uid, "plan")
        steps = agreed_now(person.pk)
        text_hash = hash_of(core.agreed_text(steps))
        if text_hash != shown:
            raise StaleVersion(PLAN_CHANGED)
        if not steps:
            raise RuleViolated("Écrivez au moins une étape avant de proposer le plan.")
        row = last_version(person.pk)
        if row is None or row.text_hash != text_hash:
            row = PlanVersion.objects.create(
                person=person,
                number=row.number + 1 if row else 1,
                steps=[asdict(step) for step in steps],
                text_hash=text_hash,
                proposed_at=at,
                author_id=user_of(by),
            )
        put_name({"plan_version": row}, text_hash, pen, by=by, at=at)
        return row.uid


def sign_version(file: UUID, version: UUID, shown: str, pen: Pen, *, by: Author, at: datetime) -> None:
    """Put one's name to the last version. Raises NotFound, StaleVersion (the plan changed since it was proposed)."""
    with own_file(file, by=by, at=at) as person:
        once(person.uid, "plan")
        row = last_version(person.pk)
        if row is None or not PlanVersion.objects.filter(person=person, uid=version).exists():
            raise NotFound("Cette version n’existe pas dans ce plan.")
        now = hash_of(core.agreed_text(agreed_now(person.pk)))
        if row.uid != version or not row.text_hash == shown == now:
            raise StaleVersion(PLAN_CHANGED)
        put_name({"plan_version": row}, shown, pen, by=by, at=at)


def _steps(person: Person) -> dict[UUID, PlanStep]:
    """Every step of the plan; whoever adds or links one holds the plan until the end of the transaction."""
    once(person.uid, "plan")
    return {row.uid: row for row in PlanStep.objects.filter(person=person).order_by("place")}


def _step(known: Mapping[UUID, PlanStep], uid: UUID) -> PlanStep:
    row = known.get(uid)
    if row is None:
        raise NotFound(UNKNOWN_STEP)
    return row


def _fields(uid: UUID, draft: StepDraft, known: Mapping[UUID, PlanStep]) -> dict[str, Any]:
    """The columns of a draft. Raises BadInput: nothing said, partner not named, circle."""
    partner = draft.partner.strip() if draft.doer is Doer.PARTNER else ""
    title = draft.title.strip()
    faults = core.faults(core.Step(uid, title, doer=draft.doer, partner=partner))
    if draft.after is not None and draft.after not in known:
        faults.append(("after", UNKNOWN_STEP))
    uids = {row.pk: row.uid for row in known.values()}
    links = {row.uid: uids.get(row.after_id or 0) for row in known.values()}
    if core.makes_a_circle(uid, draft.after, links):
        faults.append(("after", "Ces étapes s’attendraient l’une l’autre. Choisissez une étape qui vient avant."))
    refuse(faults)
    return {
        "title": title,
        "kind": draft.kind.value,
        "detail": draft.detail.strip(),
        "doer": draft.doer.value,
        "partner": partner,
        "due_on": draft.due_on,
        "after_id": known[draft.after].pk if draft.after else None,
    }
