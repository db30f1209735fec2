"""What the orientation answers: every door with the rules that opened it, closed ones with those that closed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.words import marked


class Level(StrEnum):
    """How a door is open. A level says what the text says, it ranks no operator."""

    EXPRESS = "express"
    POSSIBLE = "possible"

    @property
    def label(self) -> str:
        """The French name."""
        return {"express": marked("expressément compétent"), "possible": marked("possible")}[self.value]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that held. `plain_fr` / `plain_en`: whole sentences for the person; `reference`: the article."""

    rule_id: str
    plain_fr: str
    plain_en: str
    reference: str
    valid_from: date | None
    valid_to: date | None
    source_url: str
    is_agreement: bool = False

    @property
    def legal_reference(self) -> str:
        """The article or text, as a citation."""
        return self.reference


@dataclass(frozen=True, slots=True)
class Verdict:
    """An open door, before any place is looked for."""

    operator: Operator
    level: Level
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An operator that the law closes for this purpose, with the rules that close it."""

    operator: Operator
    name: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NotConcerned:
    """An operator that is not a door for this person, and why not."""

    operator: Operator
    name: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Undetermined:
    """An operator that may or may not be a door: an answer is missing (see `questions`)."""

    operator: Operator
    name: str
    level: Level
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OtherDoor:
    """A door that is not an operator of the CEP (Transitions Pro, chamber, Département…)."""

    key: str
    name: str
    name_en: str
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where the texts do not decide: shown, never hidden."""

    reason: Reason
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was not answered and whose answer would change the result.

    `key`: "statuses", "age", "purpose", "place" or the value of a Quality. `changes`: what at least one answer moves.
    """

    key: str
    text_fr: str
    text_en: str
    changes: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """A right or a deadline that follows from the statuses. `delay`: "" or a French length ("6 mois")."""

    title_fr: str
    title_en: str
    delay: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole of what the law and the agreements say on the day `on`; no place, no order yet."""

    on: date
    is_right_open: bool | None
    right_reasons: tuple[Reason, ...]
    doors: tuple[Verdict, ...]
    excluded: tuple[Exclusion, ...]
    not_concerned: tuple[NotConcerned, ...]
    undetermined: tuple[Undetermined, ...]
    other_doors: tuple[OtherDoor, ...]
    unassigned: bool
    doubts: tuple[Doubt, ...]
    questions: tuple[Question, ...]
    rights: tuple[Right, ...]
    names: dict[Operator, str]
    agreements: tuple[Reason, ...]

    def operators(self, level: Level) -> tuple[Operator, ...]:
        """The operators whose door is open at `level`."""
        return tuple(verdict.operator for verdict in self.doors if verdict.level is level)
