"""`python -m bench.load [--rate 100] [--seconds 300] [--persons 1000000]`: real granian, mixed requests, constant rate.

Open loop: each request has its instant, whatever the answers before it, and waits count as latency (of the six of a
relay, for the first one). Signed-in advisers and persons, one write in ten, on the crowd of `bench.journey`, or on the
database named by `--on`, which holds such a crowd already. The exit code says whether p99 < 500 ms without error.
"""

import argparse
import http.client
import json
import os
import queue
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.measure import machine
from bench.visitors import MIX, STEPS, WRITES, Crowd, asked, visitors

ROOT = Path(__file__).resolve().parents[1]
P99_MS = 500.0
THREADS = 48


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, milliseconds since it was due, and the status (0: no answer)."""

    kind: str
    milliseconds: float
    status: int


def main() -> None:
    """Make the crowd, start the pages as `ensemblier serve` does, drive, print."""
    options = argparse.ArgumentParser()
    options.add_argument("--rate", type=float, default=100)
    options.add_argument("--seconds", type=float, default=300)
    options.add_argument("--persons", type=int, default=1_000_000)
    options.add_argument("--on", default="")
    given = options.parse_args()
    with _crowd(given.persons, given.on):
        found = drive(visitors(), rate=given.rate, seconds=given.seconds)
    sys.exit(not told(found, given.rate, given.seconds))


@contextmanager
def _crowd(persons: int, on: str) -> Iterator[None]:
    """Django on a database that holds the crowd: the one at the address `on`, or one made for the block."""
    if on:
        os.environ |= {"DATABASE_URL": on, "BENCH_DATABASE_URL": on, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        import django

        django.setup()
        yield
        return
    from bench.__main__ import database
    from ensemblier.cli.server.local import local_server

    with local_server(say=print), database():
        from bench.journey import crowd, prepare

        prepare()
        start = time.perf_counter()
        crowd(persons)
        print(f"→ {persons:,} files in {time.perf_counter() - start:.0f} s")
        yield


def drive(crowd: Crowd, *, rate: float, seconds: float) -> list[Answer]:
    """The answers to `rate` requests a second during `seconds`, sent by threads of this process."""
    from ensemblier.cli.server.web_server import WebServer
    from ensemblier.settings.local_server import PAGES
    from tests.cli.server.bench_of_servers import free_port

    owner = os.environ["DATABASE_URL"]
    # Pages connect as in production: under an account that owns nothing.
    pages = owner.replace(f"{urlsplit(owner).username}@", f"{PAGES}@", 1)
    os.environ |= {"DATABASE_URL_PAGES": pages, "BENCH_DATABASE_URL": pages}
    web = WebServer(ROOT, "127.0.0.1", free_port())
    web.start()
    try:
        assert web.wait(), "the pages do not answer"
        line = _line(web)
        warm = Counter(step for kind in [*MIX] * 4 for step in asked(line, kind, random.Random(1), crowd))
        print(f"→ warm: {Counter(status for _, status in warm.elements())}")
        if wrong := {step for step in warm if not _is_right(*step)}:
            print(f"  wrong: {sorted(wrong)}")
        return _at_their_time(web, crowd, int(rate * seconds), rate)
    finally:
        web.end()


def _line(web: Any) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(web.host, web.port, timeout=30)


def _at_their_time(web: Any, crowd: Crowd, total: int, rate: float) -> list[Answer]:
    due: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
    found: list[Answer] = []

    def work(number: int) -> None:
        draw, line = random.Random(number), _line(web)
        while (each := due.get()) is not None:
            since, kind = each
            try:
                for step, status in asked(line, kind, draw, crowd):
                    now = time.perf_counter()
                    found.append(Answer(step, (now - since) * 1e3, status))
                    since = now
            except (OSError, http.client.HTTPException):
                found.append(Answer(kind, (time.perf_counter() - since) * 1e3, 0))
                line.close()
                line = _line(web)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    draw, start = random.Random(11), time.perf_counter()
    kinds, weights = list(MIX), list(MIX.values())
    for number in range(total):
        instant = start + number / rate
        time.sleep(max(0.0, instant - time.perf_counter()))
        due.put((instant, draw.choices(kinds, weights)[0]))
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return found


def _is_right(kind: str, status: int) -> bool:
    return status == 302 or (status == 200 and kind not in WRITES)


def told(found: list[Answer], rate: float, seconds: float) -> bool:
    """Print what was measured; whether the target holds."""
    errors = Counter(f"{one.kind} {one.status}" for one in found if not _is_right(one.kind, one.status))
    load = f"load average {os.getloadavg()[0]:.1f}"
    print(f"{machine()}, {load}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"{len(found):,} requests at {rate:g}/s during {seconds:g} s, {sum(errors.values())} errors {dict(errors)}")
    for kind in [*MIX, *STEPS, "all"]:
        times = sorted(one.milliseconds for one in found if kind in ("all", one.kind))
        if times:
            p50, p95, p99 = (times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95, 0.99))
            print(
                f"  {kind:24} {len(times):6,}  p50 {p50:6.0f}  p95 {p95:6.0f}  p99 {p99:6.0f}  max {times[-1]:6.0f} ms"
            )
    print(json.dumps({"errors": dict(errors), "requests": len(found), "p99_ms": round(p99, 1)}))
    return not errors and p99 < P99_MS


if __name__ == "__main__":
    main()
