"""The rules of a day as one SQL query (PostgreSQL 15): the same masks, written as tests on two bigint columns."""

from collections.abc import Callable, Sequence
from datetime import date

from ensemblier.routing.core.birthdays import birth_limit
from ensemblier.routing.core.conditions import Atom, AtomKind
from ensemblier.routing.core.facts import AgeBand
from ensemblier.routing.core.levels import LevelCode
from ensemblier.routing.core.regime import OperatorMasks, Regime
from ensemblier.routing.core.state import Disjunction

PERSON_COLUMNS = (
    "id bigint, born date, age_band text, statuses text[], yes text[], no text[], purpose text, region text, "
    "departement text, commune text, recorded text[]"
)
"""What a relation of persons must have; null = not asked. `yes`, `no`: the qualities answered so."""


Tests = Callable[[Atom, date], tuple[str, str]]
"""For an atom and a day: the SQL test that it is known true, and that it is known false."""


def statement(regime: Regime, on: date, relation: str) -> str:
    """A query over `relation` (a table, a view or a `with` name, trusted text) with the columns of PERSON_COLUMNS.

    One row a person: `id`, a LevelCode per operator, `other_doors` (bits, in the order of `regime.other_doors`),
    `unassigned`.
    """
    levels = [f"{_level(regime, masks)} as {operator.value}" for operator, masks in regime.operators.items()]
    others = [
        f"case when {_any(regime, masks.true)} then {1 << place} else 0 end"
        for place, masks in enumerate(regime.other_doors.values())
    ]
    none = [
        f"({_any(regime, masks.express.false)} or {operator.value} = {int(LevelCode.EXCLUDED)})"
        for operator, masks in regime.operators.items()
    ]
    certain = [_any(regime, regime.designated.false), _any(regime, regime.adviser.false), *none]
    names = ", ".join(operator.value for operator in regime.operators)
    # Nothing typed by anybody stands here: masks are numbers, codes are quoted by _text, `relation` is ours.
    return "\n".join(
        [
            f"with coded as (select id, {_side(regime, on, 0)} as yes, {_side(regime, on, 1)} as no "  # noqa: S608
            f"from {relation}),",
            f"gated as (select id, yes, no, {_any(regime, regime.right.true)} as open, "  # noqa: S608
            f"{_any(regime, regime.right.false)} as closed from coded),",
            f"levelled as (select id, yes, no, open, {', '.join(levels)} from gated)",  # noqa: S608
            f"select id, {names}, ({' + '.join(others) or '0'})::integer as other_doors,",
            f"(open and {' and '.join(certain)}) as unassigned",
            "from levelled order by id",
        ]
    )


def _level(regime: Regime, masks: OperatorMasks) -> str:
    return (
        f"case when open and {_any(regime, masks.excluded.true)} then {int(LevelCode.EXCLUDED)} "
        f"when open and {_any(regime, masks.express.true)} then {int(LevelCode.EXPRESS)} "
        f"when open and {_any(regime, masks.offered.true)} then {int(LevelCode.POSSIBLE)} "
        f"when closed or {_any(regime, masks.offered.false)} then {int(LevelCode.NOT_CONCERNED)} "
        f"else {int(LevelCode.UNDETERMINED)} end"
    )


def _any(regime: Regime, terms: Disjunction) -> str:
    """`state.holds` as a test on the columns `yes` and `no`."""
    if terms.is_never:
        return "false"
    count = len(regime.layout.atoms)
    parts = [_one_bit(terms.any_of, count)] if terms.any_of else []
    parts += [_all_bits(mask, count) for mask in terms.rest]
    common = _all_bits(terms.common, count)
    return f"({common} and ({' or '.join(parts)}))" if parts else common


def _all_bits(mask: int, count: int) -> str:
    sides = (("yes", mask & ((1 << count) - 1)), ("no", mask >> count))
    tests = [f"{name} & {bits}::bigint = {bits}::bigint" for name, bits in sides if bits]
    return f"({' and '.join(tests)})" if tests else "true"


def _one_bit(mask: int, count: int) -> str:
    sides = (("yes", mask & ((1 << count) - 1)), ("no", mask >> count))
    return f"({' or '.join(f'{name} & {bits}::bigint <> 0' for name, bits in sides if bits)})"


def _side(regime: Regime, on: date, side: int) -> str:
    """The sum of the bits known true (side 0) or known false (side 1)."""
    parts = []
    for place, what in enumerate(regime.layout.atoms):
        test = _TESTS[what.kind](what, on)[side]
        parts.append(f"case when {test} then {1 << place}::bigint else 0::bigint end")
    return "(" + " + ".join(parts) + ")"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _list(values: Sequence[str]) -> str:
    return "(" + ", ".join(_text(value) for value in values) + ")"


def _status(what: Atom, _on: date) -> tuple[str, str]:
    inside = f"{_text(what.values[0])} = any(statuses)"
    return inside, f"not ({inside})"


def _quality(what: Atom, _on: date) -> tuple[str, str]:
    return f"{_text(what.values[0])} = any(yes)", f"{_text(what.values[0])} = any(no)"


def _purpose(what: Atom, _on: date) -> tuple[str, str]:
    return f"purpose = {_text(what.values[0])}", f"purpose <> {_text(what.values[0])}"


def _age(what: Atom, on: date) -> tuple[str, str]:
    years = int(what.values[0])
    limit = f"date {_text(birth_limit(years, on).isoformat())}"
    older = [band.value for band in AgeBand if band.bounds[0] >= years]
    younger = [band.value for band in AgeBand if band.bounds[1] < years]
    return (
        f"born <= {limit} or (born is null and age_band in {_list(older or [''])})",
        f"born > {limit} or (born is null and age_band in {_list(younger or [''])})",
    )


def _place(column: str, presumed: bool = False) -> Tests:
    def tests(what: Atom, _on: date) -> tuple[str, str]:
        inside = f"nullif({column}, '') in {_list(what.values)}"
        return inside, f"({inside}) is not true" if presumed else f"not ({inside})"

    return tests


def _recorded(what: Atom, _on: date) -> tuple[str, str]:
    inside = f"{_text(what.values[0])} = any(recorded)"
    return inside, f"not ({inside})"


_TESTS: dict[AtomKind, Tests] = {
    AtomKind.STATUS: _status,
    AtomKind.QUALITY: _quality,
    AtomKind.PURPOSE: _purpose,
    AtomKind.AGE_FROM: _age,
    AtomKind.REGION: _place("region"),
    AtomKind.DEPARTEMENT_KNOWN: _place("departement", presumed=True),
    AtomKind.COMMUNE: _place("commune"),
    AtomKind.RECORDED: _recorded,
}
