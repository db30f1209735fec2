"""The hand-written questions of the search: what is known of words, the best resources, passages, beginnings."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from ensemblier.kernel.orm.sql import answers, question
from ensemblier.library.core.questions import BEGINS, Candidate, Plan, Term
from ensemblier.library.core.wanted import Wanted

_HERE = Path(__file__).parent
_STEMS = re.compile(r"'[a-z0-9]+'(?::[*A])?(?:[|&]'[a-z0-9]+'(?::A)?)*")
_FIELDS = "{0.9,0.9,0.9,1}"
"""What a word weighs in the content, the summary, the notice and the title."""
MOST = 1_500
REFINED = 200
NEAR = 120
"""How many are looked at: candidates, then those ranked by frequency, then those whose words are near to each other."""
RETURNED = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A resource that holds words of the question: one truth a word, whatever its meaning, then as typed."""

    resource_id: int
    score: float
    held: tuple[bool, ...]
    typed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What the library knows of a typed word. `near`: words that look like it, or that it begins."""

    typed: str
    stem: str
    resources: int
    family: int
    near: tuple[Candidate, ...]
    synonyms: tuple[Candidate, ...]


def look_up(words: Sequence[str], *, is_member: bool) -> list[KnownWords]:
    """What is known of these words, in their order: one query."""
    asked = {"words": list(words), "begins": BEGINS, "is_member": is_member}
    rows = answers(_HERE / "look_up_words.sql", asked)
    return [
        KnownWords(
            typed, stem, resources, family,
            tuple(Candidate(*entry) for entry in _read(near)),
            tuple(Candidate(word, word, stem, held) for word, stem, held in _read(synonyms)),
        )
        for typed, stem, resources, family, near, synonyms in rows
    ]  # fmt: skip


def _read(value: Any) -> list[Any]:
    if isinstance(value, str):
        return list(json.loads(value))
    return list(value)


def search(plan: Plan, wanted: Wanted, *, usual: float) -> list[Found]:
    """The best resources of a plan, best first. `usual`: the usual number of stems of a resource."""
    parts = {
        "0 /* held */": _sum(
            f"case when words @@ {_query(term.query)} then {term.weight:.4f}::float8 else 0::float8 end"
            for term in plan.first
        ),
        "0 /* ranked */": _sum(
            f"{term.weight:.4f} * ts_rank('{_FIELDS}'::real[], words, {_query(term.query)})"
            for term in (*plan.first, *plan.then)
        ),
        "0 /* near */": _sum(
            f"{pair.weight:.4f}::float8 * least(1, ts_rank_cd('{{1,1,1,1}}'::real[], words, {_query(pair.query)}))"
            for pair in plan.pairs
        ),
        "0 /* titled */": _sum(
            f"case when words @@ {_query(term.query)} then {term.weight:.4f}::float8 else 0::float8 end"
            for term in plan.titles
        ),
        "true /* by_word */": ", ".join(f"words @@ {_query(query)}" for query in plan.by_word),
        "true /* typed */": ", ".join(f"words @@ {_query(query)}" if query else "false" for query in plan.typed),
    }
    text = question(_HERE / "search_resources.sql")
    for mark, written in parts.items():
        text = text.replace(mark, written)
    asked: dict[str, Any] = {
        "wide": plan.wide, "is_member": wanted.is_member, "keys": list(wanted.keys), "kind": wanted.kind,
        "domain": wanted.domain, "zones": list(wanted.zones), "since": wanted.since, "until": wanted.until,
        "after": wanted.after, "most": MOST, "refined": REFINED, "near": NEAR, "many": RETURNED,
        "usual": max(usual, 1.0),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(text, asked)
        return [Found(row, score, tuple(held), tuple(typed)) for row, score, held, typed in cursor.fetchall()]


def _sum(parts: Any) -> str:
    return " + ".join(parts) or "0"


def _query(text: str) -> str:
    """A tsquery made of stems: nothing else ever enters the statement."""
    if not _STEMS.fullmatch(text):
        raise ValueError(text)
    return "'" + text.replace("'", "''") + "'::tsquery"


def passages(ids: Sequence[int], terms: Sequence[Term]) -> dict[int, tuple[float, str]]:
    """The passage of each resource that answers best: (second, what is said)."""
    if not ids or not terms:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            question(_HERE / "best_passages.sql"),
            {"ids": list(ids), "any": "|".join(term.query for term in terms)},
        )
        return {row: (start / 1000, text) for row, start, text in cursor.fetchall()}


def lines(ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The columns that a line of a list shows, the identifier first."""
    return answers(_HERE / "lines.sql", {"ids": list(ids)})


def begun(text: str, *, many: int) -> list[tuple[str, str]]:
    """What begins so: ("word", …) and ("title", …)."""
    return [(kind, shown) for kind, shown in answers(_HERE / "suggest.sql", {"begun": text, "many": many})]


def measures() -> tuple[int, float]:
    """How many resources can be searched, and their usual number of stems."""
    total, usual = answers(_HERE / "indexed_total.sql", {})[0]
    return int(total), float(usual or 60.0)
