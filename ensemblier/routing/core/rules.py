"""Rules as data: what a YAML text says, checked and frozen. Reading the file is an adapter's business."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import yaml

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.errors import BadInput


class Outcome(StrEnum):
    """What a rule does when its condition holds."""

    EXPRESS = "express"
    POSSIBLE = "possible"
    DESIGNATED = "designated"
    EXCLUDED = "excluded"
    NOT_CONCERNED = "not_concerned"
    OTHER_DOOR = "other_door"
    DOUBT = "doubt"
    RIGHT = "right"
    CLOSED = "closed"


AGREEMENT_OUTCOMES = frozenset({Outcome.POSSIBLE, Outcome.DESIGNATED, Outcome.OTHER_DOOR})
"""All that an agreement may do: add or share out doors. It never excludes."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A version of an article. `unread`: it is known to come, its wording was not read yet."""

    valid_from: date | None
    valid_to: date | None
    url: str
    unread: bool = False


@dataclass(frozen=True, slots=True)
class LegalText:
    """An article or text that rules cite."""

    id: str
    citation: str
    versions: tuple[TextVersion, ...]

    def on(self, day: date) -> TextVersion | None:
        """The version in force on a day."""
        return next((v for v in self.versions if _contains(v.valid_from, v.valid_to, day)), None)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `condition` is the data as written; it is parsed with the definitions of the day."""

    id: str
    valid_from: date | None
    valid_to: date | None
    condition: Any
    outcome: Outcome
    operators: tuple[Operator, ...]
    fr: str
    en: str
    texts: tuple[str, ...]
    key: str = ""
    title_fr: str = ""
    title_en: str = ""
    delay: str = ""
    is_designated: bool = False
    agreement: str = ""
    url: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the rule applies on a day."""
        return _contains(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class Definition:
    """A named condition of the texts ("actif"), dated."""

    id: str
    valid_from: date | None
    valid_to: date | None
    condition: Any

    def in_force(self, day: date) -> bool:
        """Whether the definition applies on a day."""
        return _contains(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class DatedName:
    """What an operator or another door is called from a day to a day."""

    key: str
    valid_from: date | None
    valid_to: date | None
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything the texts say, on all dates. `digest` identifies the wording in a kept decision."""

    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    names: tuple[DatedName, ...]
    texts: dict[str, LegalText]
    digest: str = ""

    def name_of(self, key: str, on: date) -> DatedName | None:
        """The name of an operator or door on a day."""
        return next((n for n in self.names if n.key == key and _contains(n.valid_from, n.valid_to, on)), None)


def _contains(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def load_rules(texts: Iterable[tuple[str, str]], digest: str = "") -> RuleSet:
    """The rules written in (file name, YAML text) pairs.

    Raises BadInput, naming the file and the rule, when a field is missing, a date is not a date, two periods of one id
    overlap or a text is cited that nobody declares.
    """
    rules: list[Rule] = []
    definitions: list[Definition] = []
    names: list[DatedName] = []
    legal: dict[str, LegalText] = {}
    for name, text in texts:
        content = _read(name, text)
        rules += [_rule(row, name) for row in content.get("rules", [])]
        definitions += [_definition(row, name) for row in content.get("definitions", [])]
        names += [_name(row, name) for row in content.get("names", [])]
        legal |= {row["id"]: _text(row, name) for row in content.get("texts", [])}
    result = RuleSet(tuple(rules), tuple(definitions), tuple(names), legal, digest)
    _check(result)
    return result


def _read(name: str, text: str) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInput(
            "%(name)s ne se lit pas comme du YAML : %(error)s", values={"name": name, "error": error}
        ) from error
    known = {"rules", "definitions", "names", "texts"}
    if not isinstance(content, dict) or not set(content) <= known:
        raise BadInput(
            "%(name)s : seules les rubriques %(names)s sont attendues.",
            values={"name": name, "names": ", ".join(sorted(known))},
        )
    return content


def _field(row: Any, key: str, name: str, *, default: Any = None, required: bool = False) -> Any:
    if not isinstance(row, dict):
        raise BadInput(
            "%(name)s : une entrée doit être une suite de « champ : valeur », et %(row)s n’en est pas une.",
            values={"name": name, "row": repr(row)},
        )
    if required and row.get(key) in (None, ""):
        raise BadInput(
            "%(name)s, règle %(row)s : le champ « %(key)s » manque.",
            values={"name": name, "row": row.get("id", "?"), "key": key},
        )
    value = row.get(key, default)
    return default if value is None else value


def _period(row: Any, name: str) -> tuple[date | None, date | None]:
    start, end = _field(row, "valid_from", name), _field(row, "valid_to", name)
    for bound in (start, end):
        if bound is not None and type(bound) is not date:
            raise BadInput(
                "%(name)s, règle %(row)s : %(bound)s n’est pas une date (année-mois-jour).",
                values={"name": name, "row": row.get("id", "?"), "bound": repr(bound)},
            )
    if start and end and end <= start:
        raise BadInput(
            "%(name)s, règle %(row)s : la fin (%(end)s) doit venir après le début (%(start)s).",
            values={"name": name, "row": row.get("id", "?"), "end": end, "start": start},
        )
    return start, end


def _rule(row: Any, name: str) -> Rule:
    rule_id = str(_field(row, "id", name, required=True))
    then = _field(row, "then", name, required=True)
    outcome_word, target = next(iter(then.items())) if isinstance(then, dict) and len(then) == 1 else ("", "")
    try:
        outcome = Outcome(outcome_word)
        operators = () if outcome in _KEYED else tuple(Operator(word) for word in _words(target))
    except ValueError as error:
        raise BadInput(
            "%(name)s, règle %(rule_id)s : « then » ne se comprend pas (%(then)s).",
            values={"name": name, "rule_id": rule_id, "then": repr(then)},
        ) from error
    start, end = _period(row, name)
    return Rule(
        id=rule_id,
        valid_from=start,
        valid_to=end,
        condition=_field(row, "when", name, required=True),
        outcome=outcome,
        operators=operators,
        fr=str(_field(row, "fr", name, required=True)),
        en=str(_field(row, "en", name, required=True)),
        texts=tuple(_words(_field(row, "texts", name, required=True))),
        key=str(target) if outcome in _KEYED else "",
        title_fr=str(_field(row, "title_fr", name, default="")),
        title_en=str(_field(row, "title_en", name, default="")),
        delay=str(_field(row, "delay", name, default="")),
        is_designated=bool(_field(row, "designated", name, default=False)),
    )


_KEYED = frozenset({Outcome.OTHER_DOOR, Outcome.RIGHT, Outcome.CLOSED})


def _words(value: Any) -> list[str]:
    return [str(word) for word in value] if isinstance(value, list) else [str(value)] if value else []


def _definition(row: Any, name: str) -> Definition:
    start, end = _period(row, name)
    return Definition(str(_field(row, "id", name, required=True)), start, end, _field(row, "when", name, required=True))


def _name(row: Any, name: str) -> DatedName:
    start, end = _period(row, name)
    key, fr = str(_field(row, "key", name, required=True)), str(_field(row, "fr", name, required=True))
    return DatedName(key, start, end, fr, str(_field(row, "en", name, default=fr)))


def _text(row: Any, name: str) -> LegalText:
    versions = []
    for version in _field(row, "versions", name, required=True):
        start, end = _period(version, name)
        versions.append(
            TextVersion(start, end, str(_field(version, "url", name, required=True)), bool(version.get("unread")))
        )
    return LegalText(str(row["id"]), str(_field(row, "citation", name, required=True)), tuple(versions))


def _check(ruleset: RuleSet) -> None:
    periods: dict[str, list[tuple[date, date]]] = {}
    for rule in ruleset.rules:
        for text in rule.texts:
            if text not in ruleset.texts:
                raise BadInput(
                    "Règle %(id)s : le texte « %(text)s » n’est déclaré nulle part.",
                    values={"id": rule.id, "text": text},
                )
        _reserve(periods, f"règle {rule.id}", rule.valid_from, rule.valid_to)
    for definition in ruleset.definitions:
        _reserve(periods, f"définition {definition.id}", definition.valid_from, definition.valid_to)
    for name in ruleset.names:
        _reserve(periods, f"nom {name.key}", name.valid_from, name.valid_to)


def _reserve(
    periods: dict[str, list[tuple[date, date]]], label: str, valid_from: date | None, valid_to: date | None
) -> None:
    start, end = valid_from or date.min, valid_to or date.max
    for other_start, other_end in periods.setdefault(label, []):
        if start < other_end and other_start < end:
            raise BadInput(
                "%(label)s : deux périodes se recouvrent ; chaque jour ne connaît qu’une rédaction.",
                values={"label": label},
            )
    periods[label].append((start, end))
