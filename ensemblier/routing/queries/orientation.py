"""From a person's facts to the ordered doors and their counters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import SiteCard
from ensemblier.kernel.orm.edition import Editions
from ensemblier.routing.adapters.rule_files import shipped_regimes, shipped_rules
from ensemblier.routing.core.agreements import AgreementLine, rules_of
from ensemblier.routing.core.answer import Answer
from ensemblier.routing.core.evaluate import evaluate
from ensemblier.routing.core.facts import PersonFacts
from ensemblier.routing.core.orientation import Door, Orientation
from ensemblier.routing.core.ranking import ranked
from ensemblier.routing.core.regime import Regimes
from ensemblier.routing.queries.surroundings import known_counters, known_desk, known_law
from ensemblier.territory.core.views import CommuneView


def orient(
    facts: PersonFacts,
    *,
    on: date,
    commune: CommuneView | None,
    wish: Operator | None = None,
    day: date,
    editions: Editions | None = None,
) -> Orientation:
    """Every door open to `facts` on the day `on` around `commune`, in the neutral order of the day `day`.

    The place of `facts` is taken from `commune` when there is one. With the `editions` of the reference tables, what
    stands around the commune is remembered from one person to the next. Raises BadInput on an impossible birth date.
    """
    answer = answer_for(facts, on=on, commune=commune, editions=editions)
    operators = [door.operator for door in answer.doors]
    cards = _counters(commune, operators, on, editions)
    minutes = {operator: _nearest(cards.get(operator, ())) for operator in operators}
    doors = tuple(
        Door(v.operator, answer.names[v.operator], v.level, v.because, tuple(cards.get(v.operator, ())))
        for v in ranked(answer.doors, minutes=minutes, wish=wish, day=day)
    )
    return Orientation(
        on=on,
        doors=doors,
        excluded=answer.excluded,
        not_concerned=answer.not_concerned,
        undetermined=answer.undetermined,
        other_doors=answer.other_doors,
        unassigned=answer.unassigned,
        doubts=answer.doubts,
        questions=answer.questions,
        rights=answer.rights,
        names=answer.names,
        desk=known_desk(editions, commune.region_code, on) if commune is not None and commune.region_code else None,
        agreements=answer.agreements,
        is_right_open=answer.is_right_open,
        right_reasons=answer.right_reasons,
    )


def _counters(
    commune: CommuneView | None, operators: Sequence[Operator], on: date, editions: Editions | None
) -> Mapping[Operator, Sequence[SiteCard]]:
    if commune is None or not operators:
        return {}
    return known_counters(editions, commune, tuple(sorted(operators)), on)


def answer_for(
    facts: PersonFacts, *, on: date, commune: CommuneView | None, editions: Editions | None = None
) -> Answer:
    """What the law and the agreements of the place say, before any counter is looked for."""
    if commune is None:
        return evaluate(shipped_regimes().on(on), facts, on)
    law = known_law(editions, commune.code, on)
    regimes = _regimes_with(law.lines) if law.lines else shipped_regimes()
    return evaluate(regimes.on(on), placed(facts, commune, doors=law.doors), on)


@dataclass(frozen=True, slots=True)
class LawOfPlace:
    """The law and the agreements of a place, read once, for as many days as are asked."""

    regimes: Regimes
    commune: CommuneView | None
    doors: frozenset[str]

    def answer(self, facts: PersonFacts, on: date) -> Answer:
        """What they say of these facts on the day `on`."""
        return evaluate(self.regimes.on(on), self._placed(facts), on)

    def _placed(self, facts: PersonFacts) -> PersonFacts:
        return facts if self.commune is None else placed(facts, self.commune, doors=self.doors)


def law_of_place(commune: CommuneView | None, *, on: date) -> LawOfPlace:
    """What holds in `commune`, with the agreements and the local doors known on the day `on`: one query."""
    if commune is None:
        return LawOfPlace(shipped_regimes(), None, frozenset())
    law = known_law(None, commune.code, on)
    return LawOfPlace(_regimes_with(law.lines) if law.lines else shipped_regimes(), commune, law.doors)


def placed(facts: PersonFacts, commune: CommuneView, *, doors: frozenset[str]) -> PersonFacts:
    """The facts of somebody who lives in `commune`, where the local doors `doors` are recorded."""
    return replace(
        facts,
        region_code=commune.region_code or commune.departement_code or _overseas(commune.code),
        departement_code=commune.departement_code or _overseas(commune.code),
        commune_code=commune.code,
        recorded_doors=doors,
    )


def _overseas(code: str) -> str:
    """The collectivity of a commune that belongs to no département: "975", "987"…"""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


@lru_cache(maxsize=256)
def _regimes_with(lines: tuple[AgreementLine, ...]) -> Regimes:
    """The shipped rules and these lines of agreements, compiled together; kept for the next person of the place."""
    return Regimes(shipped_rules(), rules_of(lines))


def _nearest(cards: Sequence[SiteCard]) -> float | None:
    known = [card.travel.minutes for card in cards if card.travel.minutes is not None]
    return min(known, default=None)
