"""A million persons at once: the same masks, tried on whole columns of a polars table."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from ensemblier.routing.core.birthdays import birth_limit
from ensemblier.routing.core.conditions import Atom, AtomKind
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status
from ensemblier.routing.core.levels import LevelCode
from ensemblier.routing.core.regime import Regime
from ensemblier.routing.core.state import Disjunction

STATUSES, QUALITIES, PURPOSES, BANDS = tuple(Status), tuple(Quality), tuple(Purpose), tuple(AgeBand)

SCHEMA: dict[str, type[pl.DataType]] = {
    "born": pl.Date,
    "age_band": pl.UInt8,
    "statuses": pl.UInt16,
    "yes": pl.UInt8,
    "no": pl.UInt8,
    "purpose": pl.UInt8,
    "region": pl.String,
    "departement": pl.String,
    "commune": pl.String,
    "recorded": pl.UInt16,
}
"""One row a person. `statuses`, `yes`, `no` (qualities): bit i = the i-th member of the enum; `age_band`, `purpose`:
its rank; null = not asked. `recorded`: bit i = the i-th key of `recorded_keys`; null = the place is not known."""


def recorded_keys(regime: Regime) -> tuple[str, ...]:
    """The local doors that the rules look at, in the order of the bits of `recorded`."""
    return tuple(a.values[0] for a in regime.layout.atoms if a.kind is AtomKind.RECORDED)


def table_of(persons: Sequence[PersonFacts], regime: Regime) -> pl.DataFrame:
    """The rows of these persons."""
    keys = recorded_keys(regime)
    rows = [
        {
            "born": p.born,
            "age_band": None if p.age_band is None else BANDS.index(p.age_band),
            "statuses": None if p.statuses is None else sum(1 << STATUSES.index(s) for s in p.statuses),
            "yes": sum(1 << i for i, q in enumerate(QUALITIES) if p.qualities.get(q) is True),
            "no": sum(1 << i for i, q in enumerate(QUALITIES) if p.qualities.get(q) is False),
            "purpose": None if p.purpose is None else PURPOSES.index(p.purpose),
            "region": p.region_code or None,
            "departement": p.departement_code or None,
            "commune": p.commune_code or None,
            "recorded": None
            if p.recorded_doors is None
            else sum(1 << i for i, key in enumerate(keys) if key in p.recorded_doors),
        }
        for p in persons
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def evaluate_table(regime: Regime, persons: pl.DataFrame, on: date) -> pl.DataFrame:
    """One row a person, same order: a LevelCode per operator (UInt8), `other_doors` (bits, in the order of
    `regime.other_doors`) and `unassigned`. Birth dates are taken as they are: check them before.
    """
    states = persons.lazy().select(yes=_yes(regime, on), no=_no(regime, on))
    right, closed = _any(regime, regime.right.true), _any(regime, regime.right.false)
    offered = {operator: _any(regime, masks.offered.true) for operator, masks in regime.operators.items()}
    levels = {
        operator.value: pl.when(pl.col("right") & _any(regime, masks.excluded.true))
        .then(pl.lit(int(LevelCode.EXCLUDED), pl.UInt8))
        .when(pl.col("right") & _any(regime, masks.express.true))
        .then(pl.lit(int(LevelCode.EXPRESS), pl.UInt8))
        .when(pl.col("right") & offered[operator])
        .then(pl.lit(int(LevelCode.POSSIBLE), pl.UInt8))
        .when(pl.col("closed") | _any(regime, masks.offered.false))
        .then(pl.lit(int(LevelCode.NOT_CONCERNED), pl.UInt8))
        .otherwise(pl.lit(int(LevelCode.UNDETERMINED), pl.UInt8))
        for operator, masks in regime.operators.items()
    }
    others = pl.lit(0, pl.UInt32)
    for place, masks in enumerate(regime.other_doors.values()):
        others = others | (_any(regime, masks.true).cast(pl.UInt32) * (1 << place))
    unassigned = pl.col("right") & _any(regime, regime.designated.false) & _any(regime, regime.adviser.false)
    for operator, joined in regime.operators.items():
        is_excluded = pl.col(operator.value) == int(LevelCode.EXCLUDED)
        unassigned = unassigned & (_any(regime, joined.express.false) | is_excluded)
    found = states.with_columns(right=right, closed=closed).with_columns(**levels, other_doors=others)
    kept = [operator.value for operator in regime.operators]
    return found.with_columns(unassigned=unassigned).select(*kept, "other_doors", "unassigned").collect()


def _any(regime: Regime, terms: Disjunction) -> pl.Expr:
    """`state.holds` as an expression over the columns `yes` and `no`."""
    if terms.is_never:
        return pl.lit(False)
    count = len(regime.layout.atoms)
    result = _all_bits(terms.common, count)
    if terms.any_of or terms.rest:
        parts = [_one_bit(terms.any_of, count)] if terms.any_of else []
        alternatives = [*parts, *(_all_bits(mask, count) for mask in terms.rest)]
        result = result & _join(alternatives)
    return result


def _join(parts: Sequence[pl.Expr]) -> pl.Expr:
    result = parts[0]
    for part in parts[1:]:
        result = result | part
    return result


def _all_bits(mask: int, count: int) -> pl.Expr:
    yes, no = mask & ((1 << count) - 1), mask >> count
    tests = [(pl.col(name) & bits) == bits for name, bits in (("yes", yes), ("no", no)) if bits]
    return tests[0] & tests[1] if len(tests) > 1 else tests[0] if tests else pl.lit(True)


def _one_bit(mask: int, count: int) -> pl.Expr:
    yes, no = mask & ((1 << count) - 1), mask >> count
    return _join([(pl.col(name) & bits) != 0 for name, bits in (("yes", yes), ("no", no)) if bits])


def _yes(regime: Regime, on: date) -> pl.Expr:
    purposes = [regime.encoder.purposes[purpose] for purpose in PURPOSES]
    result = pl.col("statuses").cast(pl.Int64).fill_null(0) | (pl.col("yes").cast(pl.Int64) * (1 << len(STATUSES)))
    return result | _looked_up("purpose", purposes, regime, 0) | _age(regime, on, 0) | _places(regime, 0)


def _no(regime: Regime, on: date) -> pl.Expr:
    every = (1 << len(STATUSES)) - 1
    purposes = [regime.encoder.purposes[purpose] for purpose in PURPOSES]
    statuses = (pl.col("statuses").cast(pl.Int64) ^ every).fill_null(0)
    result = statuses | (pl.col("no").cast(pl.Int64) * (1 << len(STATUSES)))
    return result | _looked_up("purpose", purposes, regime, 1) | _age(regime, on, 1) | _places(regime, 1)


def _looked_up(column: str, states: Sequence[int], regime: Regime, side: int) -> pl.Expr:
    """The bits of one side (0 = yes, 1 = no) of the state of each rank; nothing for null."""
    count = len(regime.layout.atoms)
    values = pl.Series([state >> (count * side) & ((1 << count) - 1) for state in states], dtype=pl.Int64)
    return pl.lit(values).gather(pl.col(column).cast(pl.UInt32)).fill_null(0)


def _age(regime: Regime, on: date, side: int) -> pl.Expr:
    known: pl.Expr = pl.lit(0, pl.Int64)
    for place, what in enumerate(regime.layout.atoms):
        if what.kind is AtomKind.AGE_FROM:
            old_enough = pl.col("born") <= birth_limit(int(what.values[0]), on)
            holds = old_enough if side == 0 else ~old_enough
            known = known | (holds.cast(pl.Int64) * (1 << place))
    bands = [regime.encoder.bands[band] for band in BANDS]
    return pl.when(pl.col("born").is_null()).then(_looked_up("age_band", bands, regime, side)).otherwise(known)


def _places(regime: Regime, side: int) -> pl.Expr:
    result: pl.Expr = pl.lit(0, pl.Int64)
    keys = recorded_keys(regime)
    for place, what in enumerate(regime.layout.atoms):
        if what.kind in _COLUMNS:
            result = result | (_inside(what, side) * (1 << place))
        elif what.kind is AtomKind.RECORDED:
            bit = pl.col("recorded").cast(pl.Int64) & (1 << keys.index(what.values[0]))
            result = result | (((bit != 0) if side == 0 else (bit == 0)).fill_null(False).cast(pl.Int64) * (1 << place))
    return result


_COLUMNS = {
    AtomKind.REGION: "region",
    AtomKind.DEPARTEMENT_KNOWN: "departement",
    AtomKind.COMMUNE: "commune",
}


def _inside(what: Atom, side: int) -> pl.Expr:
    inside = pl.col(_COLUMNS[what.kind]).is_in(list(what.values))
    if what.kind is AtomKind.DEPARTEMENT_KNOWN:
        inside = inside.fill_null(False)
    return (inside if side == 0 else ~inside).fill_null(False).cast(pl.Int64)
