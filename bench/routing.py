"""Orientation: one traced answer in process, and a million persons on one core (run apart, POLARS_MAX_THREADS=1)."""

import json
import os
import random
import sys
import time
from datetime import date, timedelta

os.environ["POLARS_MAX_THREADS"] = "1"

from ensemblier.cli.frame import prepare_django  # noqa: E402 — polars reads its threads when it is imported

prepare_django()

from bench.measure import spread  # noqa: E402
from ensemblier.routing.adapters.rule_files import shipped_regimes  # noqa: E402
from ensemblier.routing.core.evaluate import evaluate  # noqa: E402
from ensemblier.routing.core.facts import PersonFacts, Purpose, Quality, Status  # noqa: E402
from ensemblier.routing.core.table import evaluate_table, table_of  # noqa: E402

ON = date(2026, 11, 22)


def person(draw: random.Random) -> PersonFacts:
    """Somebody plausible, with unknown answers."""
    statuses = frozenset(draw.sample(list(Status), k=draw.choice((1, 1, 2))))
    return PersonFacts(
        born=ON - timedelta(days=draw.randint(16 * 365, 66 * 365)) if draw.random() < 0.9 else None,
        age_band=None,
        statuses=statuses if draw.random() < 0.97 else None,
        qualities={q: draw.choice((True, False, None)) for q in Quality},
        purpose=draw.choice([None, *Purpose]),
        region_code=draw.choice(("84", "93", "11", "03", "04")),
        departement_code="05",
    )


def main() -> None:
    """Print the figures as JSON for bench.__main__."""
    draw = random.Random(20261122)
    regime = shipped_regimes().on(ON)
    persons = [person(draw) for _ in range(2000)]
    for p in persons[:200]:
        evaluate(regime, p, ON)
    rounds = []
    for _ in range(5):
        for p in persons:
            start = time.perf_counter()
            evaluate(regime, p, ON)
            rounds.append(time.perf_counter() - start)
    one = spread(rounds)
    busy = time.process_time()
    for p in persons:
        evaluate(regime, p, ON)
    busy = (time.process_time() - busy) / len(persons)
    table = table_of(persons, regime)
    sizes = {}
    for size in (10_000, 100_000, 1_000_000):
        many = table.sample(size, with_replacement=True, seed=1)
        best = min(_once(regime, many) for _ in range(5))
        sizes[size] = best
    json.dump({"one_us": [one.p50 * 1e3, one.p99 * 1e3, busy * 1e6], "many_s": sizes}, sys.stdout)


def _once(regime: object, many: object) -> float:
    start = time.perf_counter()
    evaluate_table(regime, many, ON)  # type: ignore[arg-type]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
