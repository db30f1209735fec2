"""From the lines of aiguillage agreements to rules: same grammar, same three evaluators, never an exclusion."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.errors import RuleViolated
from ensemblier.routing.core.conditions import parse
from ensemblier.routing.core.regime import definitions_on
from ensemblier.routing.core.rules import AGREEMENT_OUTCOMES, Outcome, Rule, RuleSet


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One line of an agreement in force: hashable, so that what it compiles to can be kept.

    `communes`: the Insee codes of its perimeter; `public`: its condition as JSON; dates as in `Dated`.
    """

    id: str
    title: str
    communes: frozenset[str]
    public: str
    outcome: Outcome
    reason: str
    operator: Operator | None = None
    other_door: str = ""
    other_door_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    url: str = ""


def check_public(public: object, ruleset: RuleSet, day: date) -> None:
    """Raise BadInput when `public` is not a condition of the grammar, with the definitions of the day."""
    parse(public, definitions_on(ruleset, day), "accord")


def rules_of(lines: Iterable[AgreementLine]) -> tuple[Rule, ...]:
    """One rule per line. Raises RuleViolated when a line would do anything but add or share out a door."""
    return tuple(_rule(line) for line in lines)


def _rule(line: AgreementLine) -> Rule:
    if line.outcome not in AGREEMENT_OUTCOMES:
        raise RuleViolated(
            "L’accord « %(title)s » ne peut qu’ajouter une porte ou répartir un public ; il ne ferme aucune porte.",
            values={"title": line.title},
        )
    citation = f"Accord d’aiguillage « {line.title} »"
    return Rule(
        id=f"ACCORD-{line.id}",
        valid_from=line.valid_from,
        valid_to=line.valid_to,
        condition={"all": [{"commune": sorted(line.communes)}, json.loads(line.public)]},
        outcome=line.outcome,
        operators=(line.operator,) if line.operator else (),
        fr=f"{line.reason} (accord entre les acteurs du territoire, en plus de la loi).",
        en=f"{line.reason} (agreement between the actors of the territory, beyond the law).",
        texts=(),
        key=line.other_door,
        title_fr=line.other_door_name,
        agreement=citation,
        url=line.url,
    )
