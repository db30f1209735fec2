"""`make run` on a clean clone, from warm package caches: seconds to the first page, then again."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.measure import Finding
from ensemblier.settings.local_server import place_of

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 900


def first_run(first: Finding, second: Finding) -> None:
    """Clone this checkout's last commit, run it twice; rows and verdicts go to the two findings."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "ensemblier")
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        try:
            _report(first, "clean clone, to the first page", _run(clone), 120)
            for number in (1, 2, 3):
                _report(second, f"start {number + 1}, to the first page", _run(clone), 5)
        finally:
            place = place_of(clone)
            shutil.rmtree(place.home, ignore_errors=True)
            shutil.rmtree(place.socket, ignore_errors=True)


def _report(finding: Finding, case: str, measured: tuple[float, float] | None, limit: float) -> None:
    if measured is None:
        finding.rows.append((case, "no page"))
        finding.holds = False
        return
    seconds, busy = measured
    finding.rows.append((case, f"{seconds:.1f} s on the wall, {busy:.1f} s of CPU"))
    finding.holds = finding.holds is not False and seconds <= limit


def _run(clone: Path) -> tuple[float, float] | None:
    """Seconds from the command to the first page, and CPU seconds until it was stopped; None without a page."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "BENCH_", "ENSEMBLIER_", "DJANGO_"))}
    port = _free_port()
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=kept | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    seconds = None
    while seconds is None and process.poll() is None and time.perf_counter() - start < PATIENCE:
        time.sleep(0.05)
        seconds = time.perf_counter() - start if _answers(port) else None
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return None if seconds is None else (seconds, busy)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
