"""A person as one whole number: a bit per atom known true, a bit per atom known false; neither = unknown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce

from ensemblier.kernel.errors import BadInput
from ensemblier.routing.core.conditions import Atom, AtomKind, Condition, Terms
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status, age_on

MAX_ATOMS = 62
"""A table and SQL keep "known true" and "known false" in two signed 64-bit columns; Python in one number."""


@dataclass(frozen=True, slots=True)
class Disjunction:
    """A disjunction of conjunctions of bits, factored: all of `common`, and one of `any_of` or the whole of one `rest`.

    Without `any_of` and `rest`, `common` alone decides; `is_never` = the empty disjunction.
    """

    common: int
    any_of: int
    rest: tuple[int, ...]
    is_never: bool = False

    @property
    def bits(self) -> int:
        """Every bit that it may look at."""
        return reduce(lambda a, b: a | b, self.rest, self.common | self.any_of)

    @property
    def masks(self) -> tuple[int, ...]:
        """The conjunctions, spelt out again."""
        if self.is_never:
            return ()
        singles = (1 << place for place in range(self.any_of.bit_length()) if self.any_of >> place & 1)
        return tuple(self.common | mask for mask in (*singles, *self.rest)) or (self.common,)


def factored(masks: tuple[int, ...]) -> Disjunction:
    """The disjunction of these conjunctions, common bits taken out and single bits gathered."""
    if not masks:
        return Disjunction(0, 0, (), is_never=True)
    common = reduce(lambda a, b: a & b, masks)
    rests = [mask & ~common for mask in masks]
    if 0 in rests:
        return Disjunction(common, 0, ())
    any_of = reduce(lambda a, b: a | b, (mask for mask in rests if mask.bit_count() == 1), 0)
    return Disjunction(common, any_of, tuple(sorted(mask for mask in rests if mask.bit_count() > 1)))


def holds(terms: Disjunction, state: int) -> bool:
    """Whether one of the conjunctions is wholly in the state."""
    if terms.is_never or state & terms.common != terms.common:
        return False
    if state & terms.any_of:
        return True
    for mask in terms.rest:
        if state & mask == mask:
            return True
    return not (terms.any_of or terms.rest)


@dataclass(frozen=True, slots=True)
class Masks:
    """A condition as numbers: what makes it true, what makes it false."""

    true: Disjunction
    false: Disjunction

    @property
    def bits(self) -> int:
        """Every bit that it may look at."""
        return self.true.bits | self.false.bits

    def value(self, state: int) -> bool | None:
        """True, False, or None = unknown."""
        if holds(self.true, state):
            return True
        return False if holds(self.false, state) else None


@dataclass(frozen=True, slots=True)
class Layout:
    """Which bit is whose. Built once per set of rules and date, shared by the three evaluators."""

    atoms: tuple[Atom, ...]
    places: dict[Atom, int] = field(default_factory=dict)
    """Bit number of each atom known true; `len(atoms)` further, known false."""

    def true_bit(self, what: Atom) -> int:
        """The bit that says "known true"; 0 when no rule looks at it."""
        return 1 << self.places[what] if what in self.places else 0

    def false_bit(self, what: Atom) -> int:
        """The bit that says "known false"; 0 when no rule looks at it."""
        return 1 << (self.places[what] + len(self.atoms)) if what in self.places else 0

    def masks(self, condition: Condition) -> Masks:
        """The condition as numbers."""
        return Masks(factored(self._of(condition.true)), factored(self._of(condition.false)))

    def _of(self, terms: Terms) -> tuple[int, ...]:
        numbers = []
        for term in terms:
            mask = 0
            for what, sign in term:
                mask |= self.true_bit(what) if sign else self.false_bit(what)
            numbers.append(mask)
        return tuple(numbers)


BASE_ATOMS = (
    *(Atom(AtomKind.STATUS, (status.value,)) for status in Status),
    *(Atom(AtomKind.QUALITY, (quality.value,)) for quality in Quality),
    *(Atom(AtomKind.PURPOSE, (purpose.value,)) for purpose in Purpose if purpose is not Purpose.NONE),
)
"""Always numbered first, in this order: a table of persons can then be read by plain shifts."""


def layout_of(atoms: Iterable[Atom]) -> Layout:
    """Number the atoms. Raises BadInput beyond MAX_ATOMS."""
    ordered = (*BASE_ATOMS, *sorted(set(atoms) - set(BASE_ATOMS)))
    if len(ordered) > MAX_ATOMS:
        raise BadInput(
            "Les règles en vigueur posent %(count)s questions ; il y a de la place pour %(max_atoms)s.",
            values={"count": len(ordered), "max_atoms": MAX_ATOMS},
        )
    return Layout(ordered, {what: place for place, what in enumerate(ordered)})


class Encoder:
    """Turns facts into a state: everything that does not depend on the person is prepared here."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        of = {kind: [a for a in layout.atoms if a.kind is kind] for kind in AtomKind}
        self._status = {s: self._bits(Atom(AtomKind.STATUS, (s.value,))) for s in Status}
        self._quality = {q: self._bits(Atom(AtomKind.QUALITY, (q.value,))) for q in Quality}
        self.purposes = {p: self._one_hot(of[AtomKind.PURPOSE], p.value) for p in Purpose}
        self._ages = [(int(a.values[0]), *self._bits(a)) for a in of[AtomKind.AGE_FROM]]
        self.bands = {band: self._band(band) for band in AgeBand}
        self._regions = [(frozenset(a.values), *self._bits(a)) for a in of[AtomKind.REGION]]
        self._known = [(frozenset(a.values), *self._bits(a)) for a in of[AtomKind.DEPARTEMENT_KNOWN]]
        self._communes = [(frozenset(a.values), *self._bits(a)) for a in of[AtomKind.COMMUNE]]
        self._recorded = [(a.values[0], *self._bits(a)) for a in of[AtomKind.RECORDED]]

    def _bits(self, what: Atom) -> tuple[int, int]:
        return self.layout.true_bit(what), self.layout.false_bit(what)

    def _one_hot(self, atoms: list[Atom], value: str) -> int:
        return sum(self._bits(a)[0 if a.values[0] == value else 1] for a in atoms)

    def _band(self, band: AgeBand) -> int:
        least, greatest = band.bounds
        state = 0
        for years, yes, no in self._ages:
            state |= yes if least >= years else no if greatest < years else 0
        return state

    def encode(self, facts: PersonFacts, on: date) -> int:
        """The state of `facts` on the day `on`: unknown stays without any bit."""
        state = 0
        if facts.statuses is not None:
            for status, (yes, no) in self._status.items():
                state |= yes if status in facts.statuses else no
        for quality, answer in facts.qualities.items():
            if answer is not None:
                state |= self._quality[quality][0 if answer else 1]
        if facts.purpose is not None:
            state |= self.purposes[facts.purpose]
        return state | self._age(facts, on) | self._place(facts)

    def _age(self, facts: PersonFacts, on: date) -> int:
        if facts.born is None:
            return self.bands[facts.age_band] if facts.age_band is not None else 0
        age = age_on(facts.born, on)
        state = 0
        for years, yes, no in self._ages:
            state |= yes if age >= years else no
        return state

    def _place(self, facts: PersonFacts) -> int:
        state = 0
        if facts.region_code:
            for codes, yes, no in self._regions:
                state |= yes if facts.region_code in codes else no
        for codes, yes, no in self._known:
            state |= yes if facts.departement_code in codes else no
        if facts.commune_code:
            for codes, yes, no in self._communes:
                state |= yes if facts.commune_code in codes else no
        if facts.recorded_doors is not None:
            for key, yes, no in self._recorded:
                state |= yes if key in facts.recorded_doors else no
        return state
