"""What was typed, as the search understands it: words, stems, what they weigh. Formulas: docs/algorithms/search.md."""

import math
import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from ensemblier.library.core.stop_words import STOP_WORDS

MIN_LENGTH = 2
MAX_WORDS = 16
MAX_TYPED = 300
FLOOR = 0.34
LONG_FLOOR = 0.2
"""The published floor: an answer holds at least this share of the weight of the question's words; of a long question,
of which a good answer says less."""
ENOUGH = 5
"""As many answers as are promised whenever the library holds them above the floor."""
BEGINS = 4
"""Letters that two words of one family share ("employeur", "employer")."""
FAMILY_WEIGHT = 0.3
CORRECTED_WEIGHT = 0.9
SYNONYM_WEIGHT = 0.6
ESSENTIAL = 300
"""How many resources the rarest words may bring before the commoner ones only help to rank."""
NEAR_WORDS = 4
"""The rarest words of a question: an answer that says them close to each other speaks of the question."""
NEAR_WEIGHT = 0.5
SHORT = 3
"""A question of so few words names a subject: a title that says it answers better than a text that mentions it."""
TITLE_WEIGHT = 0.35
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})


def plain(text: str) -> str:
    """Small letters, no accent, hyphens and apostrophes as spaces: what the database's `library_plain` gives."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return _NOT_WORD.sub(" ", "".join(c for c in folded if not unicodedata.combining(c))).strip()


def typed_words(text: str) -> tuple[str, ...]:
    """Words to look for, in order, once each; empty ones are left out when another remains. () under two letters."""
    words = list(dict.fromkeys(plain(text[:MAX_TYPED]).split()))
    if sum(map(len, words)) < MIN_LENGTH:
        return ()
    kept = [word for word in words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]
    return tuple((kept or words)[:MAX_WORDS])


@dataclass(frozen=True, slots=True)
class Meaning:
    """A stem that a word of the question may stand for. `resources`: how many hold it."""

    stem: str
    resources: int
    weight: float
    how: str
    """ "typed", "corrected", "begun" or "synonym"."""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question. `meanings`: none when the library knows nothing like it; `family`: resources with a word
    that begins alike."""

    typed: str
    meanings: tuple[Meaning, ...]
    family: int = 0

    @property
    def is_typed(self) -> bool:
        """Whether the library holds the word as it was typed."""
        return any(meaning.how == "typed" for meaning in self.meanings)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to rank by: a tsquery in words and its weight."""

    query: str
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of the database. `wide`: what brings candidates; `first`: what ranks every candidate; `then`: what
    refines the best; `pairs`: what ranks by nearness; `titles`: by title; `by_word`: one query a word, any meaning;
    `typed`: as typed."""

    wide: str
    first: tuple[Term, ...]
    then: tuple[Term, ...]
    pairs: tuple[Term, ...]
    titles: tuple[Term, ...]
    by_word: tuple[str, ...]
    typed: tuple[str, ...]
    weights: tuple[float, ...]


def rarity(resources: int, total: int) -> float:
    """Robertson and Spärck Jones' weight of a word, as BM25 uses it: ln(1 + (N − n + ½) / (n + ½)); never negative."""
    held = min(max(resources, 0), total)
    return math.log(1 + (total - held + 0.5) / (held + 0.5))


def plan(words: tuple[Word, ...], *, total: int) -> Plan | None:
    """The plan of a question in a library of `total` resources; None when it knows none of its words."""
    known = [word for word in words if word.meanings]
    if not known:
        return None
    first, then = [], []
    for word in known:
        for meaning in word.meanings:
            first.append(Term(f"'{meaning.stem}'", meaning.weight * rarity(meaning.resources, total)))
        stem = word.meanings[0].stem
        if len(stem) > BEGINS and word.family:
            then.append(Term(f"'{stem[:BEGINS]}':*", FAMILY_WEIGHT * rarity(word.family, total)))
    by_word = tuple("|".join(f"'{meaning.stem}'" for meaning in word.meanings) for word in known)
    return Plan(
        wide=_wide(known, total),
        first=tuple(first),
        then=tuple(then),
        pairs=_pairs(first),
        titles=_titles(known, total),
        by_word=by_word,
        typed=tuple(f"'{word.meanings[0].stem}'" if word.is_typed else "" for word in known),
        weights=tuple(max(rarity(meaning.resources, total) for meaning in word.meanings) for word in known),
    )


def _pairs(terms: list[Term]) -> tuple[Term, ...]:
    """Each pair of the rarest words; it weighs half of its commoner word when both stand side by side."""
    rarest = sorted(terms, key=lambda term: -term.weight)[:NEAR_WORDS]
    return tuple(
        Term(f"{left.query}&{right.query}", NEAR_WEIGHT * min(left.weight, right.weight))
        for number, left in enumerate(rarest)
        for right in rarest[number + 1 :]
    )


def _titles(words: list[Word], total: int) -> tuple[Term, ...]:
    """A title that says the whole of a short question."""
    if len(words) > SHORT:
        return ()
    best = [word.meanings[0] for word in words]
    weight = sum(meaning.weight * rarity(meaning.resources, total) for meaning in best)
    return (Term("&".join(f"'{meaning.stem}':A" for meaning in best), TITLE_WEIGHT * weight),)


def _wide(words: list[Word], total: int) -> str:
    """Rarest words first, any of them, as long as they stay few; beyond, only pairs and all together."""
    ranked = sorted(words, key=lambda word: sum(meaning.resources for meaning in word.meanings))
    branches: list[str] = []
    held, common = 0, []
    for word in ranked:
        here = sum(meaning.resources for meaning in word.meanings)
        either = "(" + "|".join(f"'{meaning.stem}'" for meaning in word.meanings) + ")"
        if held + here <= ESSENTIAL or len(ranked) == 1:
            branches.append(either)
            held += here
        else:
            common.append((here, either))
    for index, (left, either) in enumerate(common):
        for right, other in common[index + 1 :]:
            if left * right / max(total, 1) <= ESSENTIAL:
                branches.append(f"{either}&{other}")
    if len(common) > 2 or not branches:
        branches.append("&".join(either for _held, either in common))
    return "|".join(f"({branch})" for branch in branches)


def weight_of_unknown(total: int) -> float:
    """A word that the library does not hold at all weighs as the rarest: what it asks for is not there."""
    return rarity(0, total)


def covered(held: tuple[bool, ...], weights: tuple[float, ...], unknown: int, total: int) -> float:
    """Share of the question's weight that an answer holds, 0 to 1; `unknown`: words that no resource holds."""
    asked = sum(weights) + unknown * weight_of_unknown(total)
    return sum(weight for weight, is_held in zip(weights, held, strict=True) if is_held) / asked if asked else 0.0


def floor_of(words: int) -> float:
    """The floor of a question of so many words."""
    return FLOOR if words <= SHORT else LONG_FLOOR


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known word that may be what was meant. `resources`: how many hold it."""

    word: str
    shown: str
    stem: str
    resources: int


MAX_CORRECTIONS = 3


def corrections(typed: str, candidates: tuple[Candidate, ...]) -> tuple[Meaning, ...]:
    """What an unknown word probably is: fewest typing errors first (swapped letters count as one), commonest first.

    A word of fewer than 8 letters may hold one error, a longer one two; figures are never corrected.
    """
    if typed.isdigit():
        return ()
    most = 1 if len(typed) < 8 else 2
    near = []
    for candidate in candidates:
        errors = OSA.distance(typed, candidate.word, score_cutoff=most)
        if errors <= most:
            near.append((errors, typed[0] != candidate.word[0], -candidate.resources, candidate))
    near.sort(key=lambda entry: entry[:3])
    found: dict[str, Meaning] = {}
    for errors, *_rest, candidate in near:
        if errors > near[0][0] or candidate.stem in found:
            continue
        weight = CORRECTED_WEIGHT if not found else CORRECTED_WEIGHT * 0.6
        found[candidate.stem] = Meaning(candidate.stem, candidate.resources, weight, "corrected", candidate.shown)
    return tuple(found.values())[:MAX_CORRECTIONS]
