"""The plans and financings of the demonstration, written step by step as everybody writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.financing import (
    CostDraft,
    FundingDraft,
    TrainingDraft,
    record_cost,
    record_funding,
    record_training,
)
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.actions.plan import StepDraft, Where, record_step, say_where
from ensemblier.journey.core.financing import CostKind, Funder, Funding, FundingState
from ensemblier.journey.core.plan import Doer, StepKind, StepState
from ensemblier.journey.core.relay import PARIS
from ensemblier.kernel.actor import Actor

Written = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    """The file in which a plan is written: by whom, when, and the day from which the others are counted."""

    file: UUID
    by: Actor
    at: datetime
    now: datetime

    def day(self, days: int) -> date:
        """So many days from now."""
        return (self.now + timedelta(days=days)).astimezone(PARIS).date()


def plan_demonstration(planned: Planned, words: Written) -> None:
    """Write the steps, then the trainings with their costs and funders."""
    steps: list[UUID] = []
    for row in words.get("plan", []):
        draft = StepDraft(
            title=row["title"],
            kind=StepKind(row["kind"]),
            doer=Doer(row["doer"]),
            partner=row.get("partner", ""),
            due_on=planned.day(row["due"]) if "due" in row else None,
            after=steps[row["after"]] if "after" in row else None,
        )
        steps.append(record_step(planned.file, draft, by=planned.by, at=planned.at))
        if "state" in row:
            where = Where(StepState(row["state"]), done_on=planned.day(row["day"]) if "day" in row else None)
            say_where(planned.file, steps[-1], where, Edit(planned.by, planned.at))
    for row in words.get("trainings", []):
        _finance(planned, row)


def _finance(planned: Planned, row: Written) -> None:
    edit = Edit(planned.by, planned.at)
    draft = TrainingDraft(row["title"], starts_on=planned.day(row["starts"]))
    training = record_training(planned.file, draft, by=planned.by, at=planned.at)
    for cost in row["costs"]:
        costs = CostDraft(CostKind(cost["kind"]), cost["label"], cost["amount"] * 100)
        record_cost(planned.file, training, costs, edit)
    for line in row["funding"]:
        funding = Funding(
            funder=Funder(line["funder"]),
            state=FundingState(line["state"]),
            cents=line["amount"] * 100 if "amount" in line else None,
            ask_by=planned.day(line["ask_by"]) if "ask_by" in line else None,
            answer_by=planned.day(line["answer_by"]) if "answer_by" in line else None,
        )
        record_funding(planned.file, training, FundingDraft(funding), edit)
