"""Conditions of rules: parsed from data, compiled once into terms that three evaluators read the same way.

Three-valued logic of Kleene: an atom is true, false or unknown. A condition is compiled twice, into what makes it true
and what makes it false, each a disjunction of conjunctions of literals; neither = unknown. Strong Kleene logic is a
distributive De Morgan lattice, so the two normal forms are exact: docs/algorithms/rules.md gives the proof.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ensemblier.kernel.errors import BadInput
from ensemblier.routing.core.facts import Purpose, Quality, Status

Literal = tuple["Atom", bool]
Terms = frozenset[frozenset[Literal]]
"""A disjunction of conjunctions: {∅} is always, ∅ is never."""

ALWAYS: Terms = frozenset([frozenset()])
NEVER: Terms = frozenset()


class AtomKind(StrEnum):
    """What one atom looks at."""

    STATUS = "status"
    QUALITY = "quality"
    PURPOSE = "purpose"
    AGE_FROM = "age_from"
    REGION = "region"
    DEPARTEMENT_KNOWN = "departement_known"
    RECORDED = "recorded"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """One elementary question. `values`: a code, or the codes of a set of places; an age as text."""

    kind: AtomKind
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What makes it true, and what makes it false."""

    true: Terms
    false: Terms

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(_product(self.true, other.true), absorb(self.false | other.false))

    def __or__(self, other: "Condition") -> "Condition":
        return Condition(absorb(self.true | other.true), _product(self.false, other.false))

    def __invert__(self) -> "Condition":
        return Condition(self.false, self.true)


TRUE = Condition(ALWAYS, NEVER)
FALSE = Condition(NEVER, ALWAYS)


def absorb(terms: Terms) -> Terms:
    """The same disjunction without the terms that another one covers."""
    kept: list[frozenset[Literal]] = []
    for term in sorted(terms, key=len):
        if not any(smaller <= term for smaller in kept):
            kept.append(term)
    return frozenset(kept)


def _product(left: Terms, right: Terms) -> Terms:
    joined = (a | b for a in left for b in right)
    return absorb(frozenset(term for term in joined if not any((atom, not sign) in term for atom, sign in term)))


def atom(kind: AtomKind, *values: str) -> Condition:
    """The condition that asks one thing."""
    what = Atom(kind, tuple(values))
    return Condition(frozenset([frozenset([(what, True)])]), frozenset([frozenset([(what, False)])]))


Definitions = Mapping[str, Condition]


def parse(data: object, definitions: Definitions, where: str) -> Condition:
    """The condition written as `data` (see docs/algorithms/rules.md for the grammar).

    `where` names the rule in the message. Raises BadInput when a word is not of the grammar.
    """
    if not isinstance(data, Mapping) or not data:
        raise BadInput(
            "Règle %(where)s : une condition s’écrit « mot : valeur », et %(data)s n’en est pas une.",
            values={"where": where, "data": repr(data)},
        )
    result = TRUE
    for word, value in data.items():
        result = result & _parse_word(str(word), value, definitions, where)
    return result


def _parse_word(word: str, value: Any, definitions: Definitions, where: str) -> Condition:
    if word in _VOCABULARY or word == "recorded":
        return _any_of(word, _list(value), where)
    if word in _PLACES:
        return atom(AtomKind(word), *sorted(str(code) for code in _list(value)))
    if word in _JOINTS:
        start, join = _JOINTS[word]
        return _fold(value, definitions, where, start, join)
    readers: dict[str, Callable[[], Condition]] = {
        "always": lambda: TRUE,
        "not": lambda: ~parse(value, definitions, where),
        "is": lambda: _defined(value, definitions, where),
        "age": lambda: _parse_age(value, where),
    }
    if word not in readers:
        raise BadInput(
            "Règle %(where)s : le mot « %(word)s » n’est pas de la grammaire des conditions.",
            values={"where": where, "word": word},
        )
    return readers[word]()


def _defined(value: Any, definitions: Definitions, where: str) -> Condition:
    if value not in definitions:
        raise BadInput(
            "Règle %(where)s : la définition « %(value)s » n’existe pas à cette date.",
            values={"where": where, "value": value},
        )
    return definitions[value]


def _fold(
    value: Any,
    definitions: Definitions,
    where: str,
    start: Condition,
    join: Callable[[Condition, Condition], Condition],
) -> Condition:
    result = start
    for part in _list(value):
        result = join(result, parse(part, definitions, where))
    return result


_VOCABULARY: dict[str, frozenset[str]] = {
    "status": frozenset(Status),
    "quality": frozenset(Quality),
    "purpose": frozenset(Purpose) - {Purpose.NONE},
}
_PLACES = frozenset({AtomKind.REGION.value, AtomKind.DEPARTEMENT_KNOWN.value, AtomKind.COMMUNE.value})
_JOINTS: dict[str, tuple[Condition, Callable[[Condition, Condition], Condition]]] = {
    "all": (TRUE, lambda a, b: a & b),
    "any": (FALSE, lambda a, b: a | b),
}


def _any_of(word: str, values: list[Any], where: str) -> Condition:
    result = FALSE
    for value in values:
        if word in _VOCABULARY and value not in _VOCABULARY[word]:
            raise BadInput(
                "Règle %(where)s : « %(value)s » n’est pas une valeur de « %(word)s ».",
                values={"where": where, "value": value, "word": word},
            )
        result = result | atom(AtomKind(word), str(value))
    return result


def _parse_age(value: Any, where: str) -> Condition:
    """`{from: 16, through: 25}`: both ends included, in whole years."""
    if not isinstance(value, Mapping) or not set(value) <= {"from", "through"} or not value:
        raise BadInput("Règle %(where)s : un âge s’écrit « {from: 16, through: 25} ».", values={"where": where})
    result = TRUE
    if "from" in value:
        result = result & atom(AtomKind.AGE_FROM, str(int(value["from"])))
    if "through" in value:
        result = result & ~atom(AtomKind.AGE_FROM, str(int(value["through"]) + 1))
    return result


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def atoms_of(condition: Condition) -> set[Atom]:
    """Every atom that the condition may look at."""
    return {what for terms in (condition.true, condition.false) for term in terms for what, _ in term}
