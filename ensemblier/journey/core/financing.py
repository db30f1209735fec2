"""The financing plan of a training: what it costs, who pays, what is missing. Unknown is a value, never a zero.

Amounts are whole cents. A cost that nobody knows yet makes the missing amount unknown, with what is known said beside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ensemblier.kernel.words import marked

MAX_CENTS = 100_000_000
SOON = timedelta(days=14)
"""How long before a deadline the adviser is warned."""


class CostKind(StrEnum):
    """What a training costs, and what goes with it."""

    COURSE = "course"
    TRAVEL = "travel"
    HOUSING = "housing"
    MEALS = "meals"
    CHILD_CARE = "child_care"
    EQUIPMENT = "equipment"
    INCOME = "income"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return _COSTS[self]


_COSTS = {
    CostKind.COURSE: marked("la formation"),
    CostKind.TRAVEL: marked("le transport"),
    CostKind.HOUSING: marked("le logement sur place"),
    CostKind.MEALS: marked("les repas"),
    CostKind.CHILD_CARE: marked("la garde des enfants"),
    CostKind.EQUIPMENT: marked("le matériel"),
    CostKind.INCOME: marked("le revenu pendant la formation"),
    CostKind.OTHER: marked("autre dépense"),
}


class Funder(StrEnum):
    """Who may pay. The order is that of the alphabet in French, never a preference."""

    AGEFIPH = "agefiph"
    CPF = "cpf"
    EMPLOYER = "employer"
    FRANCE_TRAVAIL = "france_travail"
    OPCO = "opco"
    PERSON = "person"
    REGION = "region"
    TRANSITIONS_PRO = "transitions_pro"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return _FUNDERS[self]


_FUNDERS = {
    Funder.AGEFIPH: marked("Agefiph"),
    Funder.CPF: marked("compte personnel de formation (CPF)"),
    Funder.EMPLOYER: marked("employeur"),
    Funder.FRANCE_TRAVAIL: marked("France Travail"),
    Funder.OPCO: marked("Opco"),
    Funder.PERSON: marked("la personne elle-même"),
    Funder.REGION: marked("Région"),
    Funder.TRANSITIONS_PRO: marked("Transitions Pro"),
    Funder.OTHER: marked("autre financeur"),
}


class FundingState(StrEnum):
    """Where a request stands."""

    TO_ASK = "to_ask"
    ASKED = "asked"
    OBTAINED = "obtained"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "to_ask": marked("à demander"),
            "asked": marked("demandé"),
            "obtained": marked("obtenu"),
            "refused": marked("refusé"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Cost:
    """One expense; `cents` None = not known yet."""

    label: str
    kind: CostKind
    cents: int | None


@dataclass(frozen=True, slots=True)
class Funding:
    """One request to one funder.

    `cents`: what is asked, or what was obtained; None = not known yet. `ask_by`: last day to ask; `answer_by`: when the
    answer is due.
    """

    funder: Funder
    state: FundingState
    cents: int | None
    name: str = ""
    ask_by: date | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """The whole in cents. `missing` and `open` None = not known, because an amount is not.

    `missing`: cost that no request covers, even if all are obtained. `open`: cost not yet obtained. `unknown_costs` and
    `unknown_fundings` count the amounts that nobody has said.
    """

    cost: int
    obtained: int
    asked: int
    to_ask: int
    refused: int
    missing: int | None
    open: int | None
    over: int
    unknown_costs: int
    unknown_fundings: int

    @property
    def is_known(self) -> bool:
        """Whether every amount is known."""
        return not (self.unknown_costs or self.unknown_fundings)


def balance(costs: Iterable[Cost], fundings: Iterable[Funding]) -> Balance:
    """Sums and what is missing. A refused request counts for nothing but is kept and shown.

    A request without amount leaves `missing` unknown, unless what is known already covers every cost.
    """
    costs, fundings = list(costs), list(fundings)
    sums = {state: sum(f.cents or 0 for f in fundings if f.state is state) for state in FundingState}
    cost = sum(c.cents or 0 for c in costs)
    unknown_costs = sum(c.cents is None for c in costs)
    unknown_fundings = sum(f.cents is None for f in fundings if f.state is not FundingState.REFUSED)
    unknown_obtained = any(f.cents is None for f in fundings if f.state is FundingState.OBTAINED)
    found = sums[FundingState.OBTAINED] + sums[FundingState.ASKED] + sums[FundingState.TO_ASK]
    return Balance(
        cost=cost,
        obtained=sums[FundingState.OBTAINED],
        asked=sums[FundingState.ASKED],
        to_ask=sums[FundingState.TO_ASK],
        refused=sums[FundingState.REFUSED],
        missing=_rest(cost - found, unknown_costs > 0, unknown_fundings > 0),
        open=_rest(cost - sums[FundingState.OBTAINED], unknown_costs > 0, unknown_obtained),
        over=max(0, found - cost) if not unknown_costs else 0,
        unknown_costs=unknown_costs,
        unknown_fundings=unknown_fundings,
    )


def _rest(difference: int, is_cost_unknown: bool, is_funding_unknown: bool) -> int | None:
    """What is left to pay, never negative; an unknown funding changes nothing once everything known is covered."""
    if is_cost_unknown or (is_funding_unknown and difference > 0):
        return None
    return max(0, difference)


class AlertKind(StrEnum):
    """What a deadline asks for."""

    ASK = "ask"
    LATE_TO_ASK = "late_to_ask"
    ANSWER = "answer"
    LATE_ANSWER = "late_answer"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "ask": marked("à demander bientôt"),
            "late_to_ask": marked("date de demande dépassée"),
            "answer": marked("réponse attendue bientôt"),
            "late_answer": marked("réponse en retard"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class DeadlineAlert:
    """A request whose day is near or past."""

    kind: AlertKind
    funding: Funding
    day: date


def alerts(fundings: Sequence[Funding], on: date, soon: timedelta = SOON) -> tuple[DeadlineAlert, ...]:
    """Requests to make or answers to chase within `soon`, and those that are late; the nearest day first."""
    found = [alert for funding in fundings if (alert := _alert(funding, on, soon)) is not None]
    return tuple(sorted(found, key=lambda alert: (alert.day, alert.funding.funder, alert.funding.name)))


def _alert(funding: Funding, on: date, soon: timedelta) -> DeadlineAlert | None:
    if funding.state is FundingState.TO_ASK and funding.ask_by is not None:
        day, near, late = funding.ask_by, AlertKind.ASK, AlertKind.LATE_TO_ASK
    elif funding.state is FundingState.ASKED and funding.answer_by is not None:
        day, near, late = funding.answer_by, AlertKind.ANSWER, AlertKind.LATE_ANSWER
    else:
        return None
    if day < on:
        return DeadlineAlert(late, funding, day)
    return DeadlineAlert(near, funding, day) if day - on <= soon else None


def funding_faults(funding: Funding) -> list[tuple[str, str]]:
    """(field, French sentence) of each thing that cannot be recorded."""
    found = []
    if funding.funder is Funder.OTHER and not funding.name.strip():
        found.append(("name", "Nommez ce financeur."))
    if funding.state is FundingState.OBTAINED and funding.cents is None:
        found.append(("amount", "Indiquez le montant obtenu."))
    if funding.ask_by and funding.answer_by and funding.answer_by < funding.ask_by:
        found.append(("answer_by", "La réponse vient après la demande."))
    return found
