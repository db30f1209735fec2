"""The rules in force on a day, compiled once; between two dates of the rules nothing changes."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.answer import Question, Reason
from ensemblier.routing.core.conditions import FALSE, Condition, atoms_of, parse
from ensemblier.routing.core.rules import DatedName, Definition, LegalText, Outcome, Rule, RuleSet, TextVersion
from ensemblier.routing.core.state import Encoder, Layout, Masks, layout_of

GATED = frozenset({Outcome.EXPRESS, Outcome.POSSIBLE, Outcome.DESIGNATED, Outcome.EXCLUDED, Outcome.RIGHT})
"""Outcomes that need the right to be open (`Regime.right` is tried first); the others hold by themselves."""

ASKED_KEPT = 20_000
OFFERS = (Outcome.EXPRESS, Outcome.POSSIBLE, Outcome.DESIGNATED)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to be tried on a state."""

    rule: Rule
    masks: Masks
    reason: Reason
    is_default: bool
    unread: tuple[LegalText, ...]


@dataclass(frozen=True, slots=True)
class OperatorMasks:
    """All the rules of one operator, joined; the right being open is asked once, apart (`Regime.right`)."""

    express: Masks
    offered: Masks
    excluded: Masks
    bits: int
    """Every bit that one of them may look at: an answer that moves none of these moves nothing here."""


@dataclass(frozen=True, slots=True)
class Regime:
    """Everything that holds from `start` (included) to `end` (excluded)."""

    start: date | None
    end: date | None
    layout: Layout
    encoder: Encoder
    rules: dict[Outcome, tuple[CompiledRule, ...]]
    by_operator: dict[tuple[Outcome, Operator], tuple[CompiledRule, ...]]
    operators: dict[Operator, OperatorMasks]
    right: Masks
    designated: Masks
    adviser: Masks
    other_doors: dict[str, Masks]
    names: dict[Operator, str]
    door_names: dict[str, tuple[str, str]]
    asked: dict[tuple[int, object], tuple[Question, ...]] = field(default_factory=dict)
    """Memory of `questions.questions`, a pure function of its key; emptied when it grows past `ASKED_KEPT`."""


def boundaries(ruleset: RuleSet, extra: Iterable[Rule] = ()) -> list[date]:
    """The days on which something changes, sorted."""
    versions = [version for text in ruleset.texts.values() for version in text.versions]
    spans: list[Rule | Definition | DatedName | TextVersion] = [
        *ruleset.rules,
        *ruleset.definitions,
        *ruleset.names,
        *versions,
        *extra,
    ]
    days = {bound for span in spans for bound in (span.valid_from, span.valid_to)}
    return sorted(day for day in days if day is not None)


class Regimes:
    """The regimes of a rule set (and of the agreements of a place): compiled on first use, then kept."""

    def __init__(self, ruleset: RuleSet, agreements: Sequence[Rule] = ()) -> None:
        self.ruleset = ruleset
        self.agreements = tuple(agreements)
        self._days = boundaries(ruleset, self.agreements)
        self._kept: dict[int, Regime] = {}

    def on(self, day: date) -> Regime:
        """The regime of a day."""
        place = bisect_right(self._days, day)
        if place not in self._kept:
            start = self._days[place - 1] if place else None
            end = self._days[place] if place < len(self._days) else None
            self._kept[place] = _compile(self.ruleset, self.agreements, day, (start, end))
        return self._kept[place]

    def changes(self, start: date, end: date) -> frozenset[date]:
        """The days after `start` and before `end` on which a rule begins or ends."""
        return frozenset(day for day in self._days if start < day < end)


def definitions_on(ruleset: RuleSet, day: date) -> dict[str, Condition]:
    """The named conditions of the texts on a day, each parsed with those written before it."""
    known: dict[str, Condition] = {}
    for definition in ruleset.definitions:
        if definition.in_force(day):
            known[definition.id] = parse(definition.condition, known, definition.id)
    return known


Parsed = Sequence[tuple[Rule, Condition]]


def _compile(
    ruleset: RuleSet, agreements: tuple[Rule, ...], day: date, span: tuple[date | None, date | None]
) -> Regime:
    definitions = definitions_on(ruleset, day)
    gate = definitions.get("right", FALSE)
    active = [rule for rule in (*ruleset.rules, *agreements) if rule.in_force(day)]
    parsed = [(rule, parse(rule.condition, definitions, rule.id)) for rule in active]
    layout = layout_of({atom for _, condition in parsed for atom in atoms_of(condition)} | atoms_of(gate))
    compiled = [_rule(rule, layout.masks(condition), ruleset, day) for rule, condition in parsed]
    doors = {rule.key: rule.title_fr for rule in active if rule.outcome is Outcome.OTHER_DOOR}
    return Regime(
        start=span[0],
        end=span[1],
        layout=layout,
        encoder=Encoder(layout),
        rules={o: tuple(c for c in compiled if c.rule.outcome is o) for o in Outcome},
        by_operator={
            (o, operator): tuple(c for c in compiled if c.rule.outcome is o and operator in c.rule.operators)
            for o in Outcome
            for operator in Operator
        },
        operators=_operators(parsed, layout),
        right=layout.masks(gate),
        designated=layout.masks(_any(c for r, c in parsed if r.outcome is Outcome.DESIGNATED)),
        adviser=layout.masks(_any(c for r, c in parsed if r.outcome is Outcome.OTHER_DOOR and r.is_designated)),
        other_doors={
            key: layout.masks(_any(c for r, c in parsed if r.outcome is Outcome.OTHER_DOOR and r.key == key))
            for key in doors
        },
        names={operator: _name(ruleset, operator.value, day)[0] for operator in Operator},
        door_names={key: _name(ruleset, key, day, title) for key, title in doors.items()},
    )


def _rule(rule: Rule, masks: Masks, ruleset: RuleSet, day: date) -> CompiledRule:
    is_default = rule.condition == {"always": True}
    return CompiledRule(rule, masks, _reason(rule, ruleset, day), is_default, _unread(rule, ruleset, day))


def _operators(parsed: Parsed, layout: Layout) -> dict[Operator, OperatorMasks]:
    def joined(outcomes: Sequence[Outcome], operator: Operator) -> Masks:
        return layout.masks(_any(c for r, c in parsed if r.outcome in outcomes and operator in r.operators))

    found = {}
    for op in Operator:
        parts = joined([Outcome.EXPRESS], op), joined(OFFERS, op), joined([Outcome.EXCLUDED], op)
        found[op] = OperatorMasks(*parts, bits=parts[0].bits | parts[1].bits | parts[2].bits)
    return found


def _any(parts: Iterable[Condition]) -> Condition:
    return reduce(lambda a, b: a | b, parts, FALSE)


def _name(ruleset: RuleSet, key: str, day: date, default: str = "") -> tuple[str, str]:
    name = ruleset.name_of(key, day)
    return (name.fr, name.en) if name else (default or key, default or key)


def _reason(rule: Rule, ruleset: RuleSet, day: date) -> Reason:
    texts = [ruleset.texts[text] for text in rule.texts if text in ruleset.texts]
    versions = [(text, text.on(day)) for text in texts]
    in_force = [(text, version) for text, version in versions if version is not None]
    url = in_force[0][1].url if in_force else texts[0].versions[0].url if texts else rule.url
    return Reason(
        rule_id=rule.id,
        plain_fr=rule.fr,
        plain_en=rule.en,
        reference=" ; ".join(text.citation for text, _ in in_force or versions) or rule.agreement,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        source_url=url,
        is_agreement=bool(rule.agreement),
    )


def _unread(rule: Rule, ruleset: RuleSet, day: date) -> tuple[LegalText, ...]:
    texts = (ruleset.texts[text] for text in rule.texts if text in ruleset.texts)
    return tuple(text for text in texts if (version := text.on(day)) is not None and version.unread)
