"""What is worth asking: the unanswered questions whose answer would move a door."""

from collections.abc import Iterator

from ensemblier.routing.core.answer import Question
from ensemblier.routing.core.conditions import Atom, AtomKind
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status
from ensemblier.routing.core.levels import moved_by
from ensemblier.routing.core.regime import ASKED_KEPT, Regime

TEXTS = {
    "statuses": ("Quelle est votre situation aujourd’hui ?", "What is your situation today?"),
    "age": ("Quel est votre âge ?", "How old are you?"),
    "place": ("Où habitez-vous ?", "Where do you live?"),
    "purpose": ("Qu’est-ce qui vous amène ?", "What brings you?"),
    "cadre": ("Êtes-vous cadre ?", "Are you a cadre (manager or professional)?"),
    "disabled": ("Êtes-vous en situation de handicap ?", "Do you have a disability?"),
    "out_of_school": ("Avez-vous quitté l’école ?", "Have you left school?"),
    "recent_graduate": ("Êtes-vous jeune diplômé ?", "Are you a recent graduate?"),
    "seasonal": ("Travaillez-vous en saison ?", "Do you do seasonal work?"),
    "rsa": ("Recevez-vous le RSA ?", "Do you receive the RSA?"),
}

EXACT_BANDS = (AgeBand.UNDER_16, AgeBand.FROM_16_TO_25, AgeBand.FROM_26_TO_29, AgeBand.FROM_30)


def questions(regime: Regime, facts: PersonFacts, state: int) -> tuple[Question, ...]:
    """Each unanswered question for which two possible answers lead to two results, in the order of a conversation."""
    coarse = facts.age_band if facts.born is None else None
    key = (state, (coarse, not facts.region_code, not facts.departement_code))
    known = regime.asked.get(key)
    if known is None:
        if len(regime.asked) >= ASKED_KEPT:
            regime.asked.clear()
        known = regime.asked[key] = tuple(_worth_asking(regime, facts, state))
    return known


def _worth_asking(regime: Regime, facts: PersonFacts, state: int) -> Iterator[Question]:
    for key, states in _alternatives(regime, facts, state):
        is_moved, operators = moved_by(regime, states)
        if is_moved:
            yield Question(key, *TEXTS[key], operators)


def _alternatives(regime: Regime, facts: PersonFacts, state: int) -> Iterator[tuple[str, list[int]]]:
    layout = regime.layout
    if facts.statuses is None:
        bits = {s: Atom(AtomKind.STATUS, (s.value,)) for s in Status}
        none = sum(layout.false_bit(what) for what in bits.values())
        ones = [none ^ layout.false_bit(what) | layout.true_bit(what) for what in bits.values()]
        yield "statuses", [state | answer for answer in (none, *ones)]
    if facts.born is None and facts.age_band not in EXACT_BANDS:
        bands = [regime.encoder.bands[band] for band in EXACT_BANDS if _compatible(facts.age_band, band)]
        yield "age", [state | band for band in bands]
    if not facts.departement_code or not facts.region_code:
        yield "place", list(_places(regime, facts, state))
    for quality in Quality:
        if facts.qualities.get(quality) is None:
            what = Atom(AtomKind.QUALITY, (quality.value,))
            yield quality.value, [state | layout.true_bit(what), state | layout.false_bit(what)]
    if facts.purpose is None:
        yield "purpose", [state | regime.encoder.purposes[purpose] for purpose in Purpose]


def _compatible(coarse: AgeBand | None, band: AgeBand) -> bool:
    if coarse is None:
        return True
    return coarse.bounds[0] <= band.bounds[0] and band.bounds[1] <= coarse.bounds[1]


def _places(regime: Regime, facts: PersonFacts, state: int) -> Iterator[int]:
    """The ordinary place, then each place that a rule names."""
    layout = regime.layout
    regions = [a for a in layout.atoms if a.kind is AtomKind.REGION] if not facts.region_code else []
    named = [a for a in layout.atoms if a.kind is AtomKind.DEPARTEMENT_KNOWN] if not facts.departement_code else []
    ordinary = state | sum(layout.false_bit(what) for what in regions)
    yield ordinary
    for what in (*regions, *named):
        yield ordinary & ~layout.false_bit(what) | layout.true_bit(what)
