"""Reads: the rules themselves, as open data. No database: they ship with the program, dated and cited."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.adapters.rule_files import shipped_rules
from ensemblier.routing.core.rules import LegalText, Outcome, Rule


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text of law as a rule cites it. `is_unread`: the version is known to come, its wording was not read yet."""

    id: str
    citation: str
    url: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule as written: `condition` is the data of the YAML file, `texts` the versions of the day asked for."""

    id: str
    valid_from: date | None
    valid_to: date | None
    condition: Any
    outcome: Outcome
    operators: tuple[Operator, ...]
    title_fr: str
    title_en: str
    plain_fr: str
    plain_en: str
    texts: tuple[CitedText, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules and the fingerprint of their wording, which changes with any comma."""

    digest: str
    rules: tuple[RuleView, ...]


def rule_book(*, read_on: date, in_force_on: date | None = None) -> RuleBook:
    """Every rule of every date, or those in force on the day `in_force_on`, in the order of the files.

    A text is cited in its version of the day `read_on`, or of the nearest day on which the rule holds.
    """
    written = shipped_rules()
    return RuleBook(
        written.digest,
        tuple(
            _view(rule, written.texts, read_on)
            for rule in written.rules
            if in_force_on is None or rule.in_force(in_force_on)
        ),
    )


def _view(rule: Rule, texts: dict[str, LegalText], read_on: date) -> RuleView:
    day = read_on
    if rule.valid_to is not None and day >= rule.valid_to:
        day = rule.valid_to - timedelta(days=1)
    if rule.valid_from is not None:
        day = max(day, rule.valid_from)
    return RuleView(
        id=rule.id,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        condition=rule.condition,
        outcome=rule.outcome,
        operators=rule.operators,
        title_fr=rule.title_fr,
        title_en=rule.title_en,
        plain_fr=rule.fr,
        plain_en=rule.en,
        texts=tuple(_cited(texts[name], day) for name in rule.texts),
    )


def _cited(text: LegalText, day: date) -> CitedText:
    version = text.on(day) or (text.versions[-1] if text.versions else None)
    if version is None:
        return CitedText(text.id, text.citation, "", is_unread=False)
    return CitedText(text.id, text.citation, version.url, version.unread)
