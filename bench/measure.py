"""Timing without opinion: percentiles, CPU of this process and of its database backend, and what to write of it."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Finding:
    """One measured thing: a row per size, the target in words, and whether it holds (None = nothing asked)."""

    name: str
    target: str
    holds: bool | None = None
    rows: list[tuple[str, str]] = field(default_factory=list)
    """(size or case, figure)."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds: median, 99th percentile, worst."""

    p50: float
    p99: float
    worst: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.2f} ms, p99 {self.p99:.2f} ms"


def spread(seconds: Sequence[float]) -> Spread:
    """The spread of some durations."""
    kept = sorted(seconds)
    return Spread(statistics.median(kept) * 1e3, kept[min(len(kept) - 1, int(0.99 * len(kept)))] * 1e3, kept[-1] * 1e3)


def timed(calls: Iterable[Callable[[], object]]) -> list[float]:
    """Seconds that each call takes on the wall."""
    durations = []
    for call in calls:
        start = time.perf_counter()
        call()
        durations.append(time.perf_counter() - start)
    return durations


def backend_cpu(pid: int) -> float:
    """CPU seconds that a local database backend has used; NaN when it is on another machine."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return float("nan")


def machine() -> str:
    """Cores, memory and kind of processor."""
    words = Path("/proc/cpuinfo").read_text().splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in words if line.startswith("model name")), "unknown processor"
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB"
