"""Orientation: every door open to a person, why, why not the others. By POST; nothing of what is sent is kept."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from ensemblier.api.v1.days import SomeDay, today
from ensemblier.api.v1.places import DeskOut, SiteOut
from ensemblier.api.v1.text import CommuneCode
from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.answer import Level
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status
from ensemblier.routing.core.orientation import Orientation
from ensemblier.routing.queries.orientation import orient
from ensemblier.territory.queries.communes import commune

router = Router(tags=["orientation"])


class PersonIn(Schema):
    """A person without identity. What is absent or null was not asked, and stays unknown; it never means "no"."""

    model_config = ConfigDict(extra="forbid")

    commune: CommuneCode | None = Field(None, description="Code Insee de la commune.", examples=["05061"])
    on: SomeDay = Field(None, description="Date à laquelle les règles s'appliquent ; aujourd'hui si elle manque.")
    born: date | None = Field(None, examples=["1988-05-04"])
    age_band: AgeBand | None = Field(None, description="Si la date de naissance n'est pas donnée.")
    statuses: Annotated[list[Status], Field(max_length=9)] | None = Field(
        None, description="Toutes les situations à la fois ; null : pas demandé."
    )
    qualities: dict[Quality, bool | None] = Field(default_factory=dict, examples=[{"cadre": True, "disabled": None}])
    purpose: Purpose | None = None
    wish: Operator | None = Field(None, description="L'opérateur que la personne préfère : son choix est libre.")


class ReasonOut(Schema):
    """One rule that held, with its text of law."""

    rule_id: str
    plain_fr: str
    plain_en: str
    reference: str
    valid_from: date | None
    valid_to: date | None
    source_url: str
    is_agreement: bool = Field(description="Vient d'un accord d'aiguillage du territoire, pas de la loi.")


class DoorOut(Schema):
    """An operator that may accompany the person, and its nearest places (empty: none in the directory)."""

    operator: Operator
    name: str
    level: Level
    because: list[ReasonOut]
    sites: list[SiteOut]


class ClosedOut(Schema):
    """An operator that is not a door here, and why."""

    operator: Operator
    name: str
    because: list[ReasonOut]


class UndeterminedOut(ClosedOut):
    """An operator that may be a door: an answer is missing."""

    level: Level


class OtherDoorOut(Schema):
    """A door that is not an operator of the CEP."""

    key: str
    name: str
    name_en: str
    because: list[ReasonOut]


class DoubtOut(Schema):
    """Where the texts do not decide."""

    reason: ReasonOut
    operators: list[Operator]


class QuestionOut(Schema):
    """A question whose answer would change the result."""

    key: str
    text_fr: str
    text_en: str
    changes: list[Operator]


class RightOut(Schema):
    """A right or a deadline that follows from the situation."""

    title_fr: str
    title_en: str
    delay: str
    reason: ReasonOut


class OrientationOut(Schema):
    """All the doors, in a neutral order: expressly competent, wish, travel time by 5 minutes, draw of the day."""

    on: date
    is_right_open: bool | None
    right_reasons: list[ReasonOut]
    doors: list[DoorOut]
    excluded: list[ClosedOut]
    not_concerned: list[ClosedOut]
    undetermined: list[UndeterminedOut]
    other_doors: list[OtherDoorOut]
    unassigned: bool = Field(description="Public « à répartir » entre les opérateurs du territoire.")
    doubts: list[DoubtOut]
    questions: list[QuestionOut]
    rights: list[RightOut]
    names: dict[Operator, str] = Field(description="Nom de chaque opérateur à cette date.")
    desk: DeskOut | None
    agreements: list[ReasonOut]


@router.post("", response=OrientationOut, summary="Qui peut accompagner cette personne ?", operation_id="orient")
def answer(request: HttpRequest, person: PersonIn) -> Orientation:
    """Toutes les portes, la règle et l'article de chacune, les lieux les plus proches.

    Rien de la demande n'est enregistré ni écrit dans un journal.
    """
    on = person.on or today()
    place = commune(person.commune.upper(), on=on) if person.commune else None
    return orient(_facts(person, place), on=on, commune=place, wish=person.wish, day=today())


def _facts(person: PersonIn, place: Any) -> PersonFacts:
    return PersonFacts(
        born=person.born,
        age_band=person.age_band,
        statuses=None if person.statuses is None else frozenset(person.statuses),
        qualities=dict(person.qualities),
        purpose=person.purpose,
        region_code=place.region_code if place else None,
        departement_code=place.departement_code if place else None,
    )
