"""Reads: the rules themselves, as open data. No database: they ship with the program, dated and cited."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.adapters.rule_files import shipped_rules
from ensemblier.routing.core.rules import Outcome


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text of law as a rule cites it."""

    id: str
    citation: str
    url: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule as written: `condition` is the data of the YAML file, `texts` the versions of the day asked for."""

    id: str
    valid_from: date | None
    valid_to: date | None
    condition: Any
    outcome: Outcome
    operators: tuple[Operator, ...]
    plain_fr: str
    plain_en: str
    texts: tuple[CitedText, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules and the fingerprint of their wording, which changes with any comma."""

    digest: str
    rules: tuple[RuleView, ...]


def rule_book(*, on: date | None = None) -> RuleBook:
    """Every rule of every date, or those in force on the day `on`, in the order of the files."""
    written = shipped_rules()
    views = []
    for rule in written.rules:
        if on is not None and not rule.in_force(on):
            continue
        day = on or rule.valid_from or date.max
        cited = []
        for name in rule.texts:
            text = written.texts[name]
            version = text.on(day) or (text.versions[-1] if text.versions else None)
            cited.append(CitedText(text.id, text.citation, version.url if version else ""))
        views.append(
            RuleView(
                rule.id,
                rule.valid_from,
                rule.valid_to,
                rule.condition,
                rule.outcome,
                rule.operators,
                rule.fr,
                rule.en,
                tuple(cited),
            )  # fmt: skip
        )
    return RuleBook(written.digest, tuple(views))
