"""Awa's plan at Bruno's: steps, a signed version, the financing of a training, her year, a meeting."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from ensemblier.journey.actions.appointments import AppointmentDraft, book
from ensemblier.journey.actions.calendar import ActivityDraft, record_activity
from ensemblier.journey.actions.documents import DocumentDraft, add_document
from ensemblier.journey.actions.financing import (
    CostDraft,
    FundingDraft,
    TrainingDraft,
    record_cost,
    record_funding,
    record_training,
)
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.actions.plan import StepDraft, Where, propose_version, record_step, say_where, sign_version
from ensemblier.journey.actions.signatures import Pen
from ensemblier.journey.actions.statuses import add_status
from ensemblier.journey.actions.synthesis import write_synthesis
from ensemblier.journey.core.appointments import Meeting
from ensemblier.journey.core.calendar import Certainty
from ensemblier.journey.core.documents import DocumentKind
from ensemblier.journey.core.financing import CostKind, Funder, Funding, FundingState
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.plan import Doer, StepKind, StepState
from ensemblier.journey.core.statuses import StatusDraft
from ensemblier.journey.core.synthesis import Section
from ensemblier.journey.models import Person
from ensemblier.journey.queries.own_file import Author
from ensemblier.journey.queries.plan import read_plan
from ensemblier.kernel.actor import Actor
from ensemblier.routing.core.facts import Status
from tests.factories.journey import MONDAY

TUESDAY = MONDAY + timedelta(days=1)


def make_step(person: Person, by: Actor, title: str = "Visiter l’atelier", **fields: object) -> UUID:
    """One step of her plan."""
    return record_step(person.uid, StepDraft(title, **fields), by=by, at=MONDAY, key=uuid4())  # type: ignore[arg-type]


def make_plan(person: Person, by: Actor) -> list[UUID]:
    """Five steps as in a real plan: one done, one to do tomorrow, three that wait."""
    trial = make_step(person, by, "Faire l’immersion chez un transporteur", kind=StepKind.IMMERSION)
    say_where(person.uid, trial, Where(StepState.DONE, done_on=date(2026, 11, 13)), Edit(by, MONDAY))
    file = make_step(
        person, by, "Envoyer le dossier à la Région", kind=StepKind.FUNDING, doer=Doer.ADVISER,
        due_on=date(2026, 11, 24), after=trial,
    )  # fmt: skip
    relay = make_step(
        person, by, "Proposer le relais", kind=StepKind.RELAY, doer=Doer.ADVISER, due_on=date(2026, 12, 4)
    )
    home = make_step(
        person, by, "Trouver un logement à Gap pour l’automne", kind=StepKind.OBSTACLE, doer=Doer.PARTNER,
        partner="CCAS fictif d’Embrun", due_on=date(2027, 3, 15), after=file,
    )  # fmt: skip
    course = make_step(
        person, by, "Suivre la formation de conductrice de car (455 heures)", kind=StepKind.TRAINING,
        due_on=date(2027, 9, 20), after=home,
    )  # fmt: skip
    return [trial, file, relay, home, course]


def sign_both(person: Person, by: Actor, at: datetime = MONDAY) -> UUID:
    """The plan as it is, signed by the adviser, then by the person."""
    awa = PersonHerself(person.pk)
    shown = read_plan(person.uid, by=by, at=at).text_hash
    version = propose_version(person.uid, shown, Pen(by.label), by=by, at=at)
    sign_version(person.uid, version, shown, Pen("Awa Diallo"), by=awa, at=at)
    return version


def make_training(person: Person, by: Actor) -> dict[str, UUID]:
    """Six hundred and twenty euros short: a course and a room, the CPF obtained, the Region asked."""
    draft = TrainingDraft("Conductrice de car", "Organisme fictif", date(2027, 9, 20), 13)
    training = record_training(person.uid, draft, by=by, at=MONDAY)
    edit = Edit(by, MONDAY)
    cost = record_cost(person.uid, training, CostDraft(CostKind.COURSE, cents=670_000), edit)
    record_cost(person.uid, training, CostDraft(CostKind.HOUSING, "studio à Gap", 62_000), edit)
    got = FundingDraft(Funding(Funder.CPF, FundingState.OBTAINED, 220_000))
    asked = FundingDraft(Funding(Funder.REGION, FundingState.ASKED, 450_000, answer_by=date(2026, 12, 1)))
    record_funding(person.uid, training, got, edit)
    return {"training": training, "cost": cost, "funding": record_funding(person.uid, training, asked, edit)}


def make_year(person: Person, by: Actor) -> UUID:
    """Looking for work since November, hired for the winter, promised for the summer."""
    add_status(person.uid, StatusDraft(Status.JOBSEEKER, date(2026, 11, 2)), by=by, at=MONDAY)
    winter = ActivityDraft(
        "Remontées mécaniques", Status.EMPLOYEE_PRIVATE, Certainty.SIGNED, date(2026, 12, 12), date(2027, 4, 11)
    )
    summer = ActivityDraft(
        "Camping de Savines", Status.EMPLOYEE_PRIVATE, Certainty.PROMISED, date(2027, 6, 7), date(2027, 9, 19)
    )
    record_activity(person.uid, summer, by=by, at=MONDAY)
    return record_activity(person.uid, winter, by=by, at=MONDAY)


def make_appointment(person: Person, by: Author, starts_at: datetime = TUESDAY, **fields: Any) -> UUID:
    """A meeting by phone, an hour long."""
    given: dict[str, Any] = {
        "ends_at": starts_at + timedelta(hours=1),
        "meeting": Meeting.PHONE,
        "place": "04 92 00 00 00",
    }
    given |= fields
    return book(person.uid, AppointmentDraft(starts_at, **given), by=by, at=MONDAY)


def make_synthesis(person: Person, by: Actor) -> UUID:
    """A draft."""
    texts = {Section.REQUEST: "Devenir soudeuse, sans partir d’ici.", Section.NEXT: "Visiter l’atelier."}
    return write_synthesis(person.uid, texts, Edit(by, MONDAY))


def make_document(person: Person, by: Actor, **fields: Any) -> UUID:
    """A CV."""
    given = {"kind": DocumentKind.CV, "name": "CV d’Awa.pdf", "content": b"%PDF-1.7 essai"} | fields
    return add_document(person.uid, DocumentDraft(**given), by=by, at=MONDAY)


def make_neighbours(person: Person, by: Actor) -> dict[str, UUID]:
    """One row of each neighbour of the plan, by the name of its place in an address."""
    rows = {
        "step": make_step(person, by),
        "version": sign_both(person, by),
        "activity": make_year(person, by),
        "appointment": make_appointment(person, by),
        "synthesis": make_synthesis(person, by),
        "document": make_document(person, by),
    }
    return rows | make_training(person, by)
