"""Two files of one organisation that may be about the same person: what speaks for it, said in words.

Only files that one and the same adviser may open whole are ever compared: nothing tells her of another one. A merge
moves no row: the two files are read together by those who may open both, and only by them (invariant I20).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from ensemblier.kernel.words import marked

MOST_IN_A_GROUP = 12
"""More files than this with one same value say nothing: a desk's own number, a common name."""


class Evidence(StrEnum):
    """What two files have in common."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    BORN = "born"

    @property
    def label(self) -> str:
        """The French words."""
        return _EVIDENCE[self]


_EVIDENCE = {
    Evidence.PHONE: marked("même téléphone"),
    Evidence.EMAIL: marked("même courriel"),
    Evidence.NAME: marked("même nom"),
    Evidence.BORN: marked("même date de naissance"),
}
_WEIGHT = {Evidence.PHONE: 3, Evidence.EMAIL: 3, Evidence.NAME: 2, Evidence.BORN: 1}
ENOUGH = 3


class MergeState(StrEnum):
    """Where a merge stands: one proposes, another one confirms, anybody of the two files undoes."""

    PROPOSED = "proposed"
    MERGED = "merged"
    REFUSED = "refused"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """The French name."""
        return _STATES[self]


_STATES = {
    MergeState.PROPOSED: marked("proposé"),
    MergeState.MERGED: marked("réunis"),
    MergeState.REFUSED: marked("deux personnes différentes"),
    MergeState.UNDONE: marked("séparés à nouveau"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a file. `name_key`: lower case, no accents; "" and None never match."""

    pk: int
    name_key: str
    phone: str
    email: str
    born: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that may be one person, `left` the older file."""

    left: int
    right: int
    evidence: tuple[Evidence, ...]


def candidates(files: Iterable[Known], known_pairs: frozenset[tuple[int, int]] = frozenset()) -> tuple[Candidate, ...]:
    """Pairs with enough in common, the surest first; `known_pairs` were decided already."""
    found: dict[tuple[int, int], set[Evidence]] = defaultdict(set)
    groups: dict[tuple[Evidence, object], list[int]] = defaultdict(list)
    for one in files:
        for evidence, value in _values(one):
            groups[evidence, value].append(one.pk)
    for (evidence, _value), pks in groups.items():
        if 2 <= len(pks) <= MOST_IN_A_GROUP:
            for left, right in combinations(sorted(pks), 2):
                found[left, right].add(evidence)
    pairs = [
        Candidate(left, right, tuple(each for each in Evidence if each in shared))
        for (left, right), shared in found.items()
        if sum(_WEIGHT[each] for each in shared) >= ENOUGH and (left, right) not in known_pairs
    ]
    return tuple(sorted(pairs, key=lambda pair: (-sum(_WEIGHT[e] for e in pair.evidence), pair.left, pair.right)))


def _values(one: Known) -> Iterable[tuple[Evidence, object]]:
    digits = "".join(letter for letter in one.phone if letter.isdigit())[-9:]
    if len(digits) == 9:
        yield Evidence.PHONE, digits
    if one.email:
        yield Evidence.EMAIL, one.email.casefold()
    words = tuple(sorted(one.name_key.split()))
    if len(words) > 1:
        yield Evidence.NAME, words
    if one.born is not None:
        yield Evidence.BORN, one.born


@dataclass(frozen=True, slots=True)
class FileName:
    """A file as the page of duplicates names it."""

    uid: UUID
    name: str
    phone: str
    email: str
    born: date | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class PairView:
    """Two files and what they have in common."""

    left: FileName
    right: FileName
    evidence: tuple[Evidence, ...]

    @property
    def both(self) -> tuple[FileName, FileName]:
        """The two files, the older first."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class MergeView:
    """A merge proposed or made. `is_mine`: the reader proposed it, somebody else must confirm."""

    uid: UUID
    version: int
    kept: FileName
    other: FileName
    state: MergeState
    proposed_by: str
    is_mine: bool
    at: datetime
