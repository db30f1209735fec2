"""One person, one day: the traced answer. Every sentence comes from the rule that held, none is written afterwards."""

from dataclasses import dataclass, field
from datetime import date

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.errors import BadInput
from ensemblier.routing.core.answer import (
    Answer,
    Doubt,
    Exclusion,
    Level,
    NotConcerned,
    OtherDoor,
    Reason,
    Right,
    Undetermined,
    Verdict,
)
from ensemblier.routing.core.facts import PersonFacts, age_on
from ensemblier.routing.core.levels import LevelCode, is_unassigned, level_code
from ensemblier.routing.core.questions import questions
from ensemblier.routing.core.regime import GATED, OFFERS, CompiledRule, Regime
from ensemblier.routing.core.rules import Outcome
from ensemblier.routing.core.state import holds

MAX_AGE = 120
"""Nobody in France was ever older than 122; beyond 120 a birth date is a slip of the keyboard."""


def check_facts(facts: PersonFacts, on: date) -> None:
    """Raise BadInput when the birth date cannot be right on the day `on`."""
    if facts.born is None:
        return
    if facts.born > on:
        raise BadInput(
            "La date de naissance (%(born)s) vient après la date demandée (%(on)s) : corrigez l’une des deux.",
            values={"born": f"{facts.born:%d/%m/%Y}", "on": f"{on:%d/%m/%Y}"},
            field="born",
        )
    if age_on(facts.born, on) > MAX_AGE:
        raise BadInput(
            "La date de naissance (%(born)s) donne plus de %(max_age)s ans : vérifiez l’année.",
            values={"born": f"{facts.born:%d/%m/%Y}", "max_age": MAX_AGE},
            field="born",
        )


def evaluate(regime: Regime, facts: PersonFacts, on: date) -> Answer:
    """What the rules of `regime` say of `facts` on the day `on`.

    Raises BadInput when the birth date lies after `on` or is impossible.
    """
    check_facts(facts, on)
    state = regime.encoder.encode(facts, on)
    right = regime.right.value(state)
    closed = _reasons(regime.rules[Outcome.CLOSED], state)
    sides = _sides(regime, state, right, closed)
    return Answer(
        on=on,
        is_right_open=right,
        right_reasons=closed,
        doors=tuple(sides.doors),
        excluded=tuple(sides.excluded),
        not_concerned=tuple(sides.not_concerned),
        undetermined=tuple(sides.undetermined),
        other_doors=_other_doors(regime, state),
        unassigned=is_unassigned(regime, state, right),
        doubts=_doubts(regime, state, right),
        questions=questions(regime, facts, state),
        rights=_rights(regime, state) if right else (),
        names=dict(regime.names),
        agreements=tuple(
            c.reason
            for rules in regime.rules.values()
            for c in rules
            if c.rule.agreement and (right or c.rule.outcome not in GATED) and holds(c.masks.true, state)
        ),
    )


@dataclass(slots=True)
class _Sides:
    """The five operators, each on one side."""

    doors: list[Verdict] = field(default_factory=list)
    excluded: list[Exclusion] = field(default_factory=list)
    not_concerned: list[NotConcerned] = field(default_factory=list)
    undetermined: list[Undetermined] = field(default_factory=list)


def _sides(regime: Regime, state: int, right: bool | None, closed: tuple[Reason, ...]) -> _Sides:
    sides = _Sides()
    for operator, name in regime.names.items():
        code = level_code(regime, operator, state, right)
        if code is LevelCode.EXCLUDED:
            sides.excluded.append(Exclusion(operator, name, _held(regime, (Outcome.EXCLUDED,), operator, state)))
        elif code in _LEVELS:
            sides.doors.append(_verdict(regime, operator, state, _LEVELS[code]))
        elif code is LevelCode.NOT_CONCERNED:
            because = closed if right is False and closed else _why_not(regime, operator, state)
            sides.not_concerned.append(NotConcerned(operator, name, because))
        else:
            sides.undetermined.append(_undetermined(regime, operator, state))
    return sides


def _rights(regime: Regime, state: int) -> tuple[Right, ...]:
    return tuple(
        Right(c.rule.title_fr, c.rule.title_en, c.rule.delay, c.reason)
        for c in regime.rules[Outcome.RIGHT]
        if holds(c.masks.true, state)
    )


_LEVELS = {LevelCode.EXPRESS: Level.EXPRESS, LevelCode.POSSIBLE: Level.POSSIBLE}


def _verdict(regime: Regime, operator: Operator, state: int, level: Level) -> Verdict:
    outcomes = (Outcome.EXPRESS,) if level is Level.EXPRESS else OFFERS
    because = _held(regime, outcomes, operator, state)
    return Verdict(operator, level, because + _agreed(regime, operator, state, level))


def _reasons(rules: tuple[CompiledRule, ...], state: int) -> tuple[Reason, ...]:
    return tuple(c.reason for c in rules if holds(c.masks.true, state))


def _held(regime: Regime, outcomes: tuple[Outcome, ...], operator: Operator, state: int) -> tuple[Reason, ...]:
    return tuple(r for outcome in outcomes for r in _reasons(regime.by_operator[outcome, operator], state))


def _agreed(regime: Regime, operator: Operator, state: int, level: Level) -> tuple[Reason, ...]:
    """An agreement that names an operator already competent by law is still told."""
    if level is not Level.EXPRESS:
        return ()
    rules = (*regime.by_operator[Outcome.POSSIBLE, operator], *regime.by_operator[Outcome.DESIGNATED, operator])
    return tuple(c.reason for c in rules if c.rule.agreement and holds(c.masks.true, state))


def _why_not(regime: Regime, operator: Operator, state: int) -> tuple[Reason, ...]:
    """The particular reasons when there are some, else the general one."""
    held = [c for c in regime.by_operator[Outcome.NOT_CONCERNED, operator] if holds(c.masks.true, state)]
    particular = tuple(c.reason for c in held if not c.is_default)
    return particular or tuple(c.reason for c in held)


def _undetermined(regime: Regime, operator: Operator, state: int) -> Undetermined:
    pending = [
        c for outcome in OFFERS for c in regime.by_operator[outcome, operator] if not holds(c.masks.false, state)
    ]
    best = Level.EXPRESS if any(c.rule.outcome is Outcome.EXPRESS for c in pending) else Level.POSSIBLE
    return Undetermined(operator, regime.names[operator], best, tuple(c.reason for c in pending))


def _other_doors(regime: Regime, state: int) -> tuple[OtherDoor, ...]:
    found = []
    for key, masks in regime.other_doors.items():
        if holds(masks.true, state):
            rules = (c for c in regime.rules[Outcome.OTHER_DOOR] if c.rule.key == key)
            fr, en = regime.door_names[key]
            found.append(OtherDoor(key, fr, en, tuple(c.reason for c in rules if holds(c.masks.true, state))))
    return tuple(found)


def _doubts(regime: Regime, state: int, right: bool | None) -> tuple[Doubt, ...]:
    said = [Doubt(c.reason, c.rule.operators) for c in regime.rules[Outcome.DOUBT] if holds(c.masks.true, state)]
    unread: dict[str, Doubt] = {}
    for outcome in OFFERS:
        for compiled in regime.rules[outcome]:
            if right and compiled.unread and holds(compiled.masks.true, state):
                for text in compiled.unread:
                    unread.setdefault(
                        text.id, Doubt(_unread_reason(text.id, text.citation, regime), compiled.rule.operators)
                    )
    return (*said, *unread.values())


def _unread_reason(text_id: str, citation: str, regime: Regime) -> Reason:
    return Reason(
        rule_id=f"TEXTE-{text_id}",
        plain_fr=f"Le texte ({citation}) change à cette date et sa nouvelle rédaction n’a pas encore été relue ici : "
        "la réponse suit l’ancienne.",
        plain_en=f"The text ({citation}) changes on this date and its new wording has not been read here yet: "
        "the answer follows the former one.",
        reference=citation,
        valid_from=regime.start,
        valid_to=regime.end,
        source_url="",
    )
