"""`make bench`: every bench, in one run, on a database of its own that is dropped at the end.

python -m bench            all, and docs/performance.md is rewritten
python -m bench --quick    the two smaller sizes, nothing is written
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from bench.measure import Finding, machine
from ensemblier.cli.server.local import local_server

ROOT = Path(__file__).resolve().parents[1]
SIZES = (2_000, 20_000, 200_000)
NAME = "ensemblier_bench"


def main() -> None:
    """Measure, print, write; the exit code says whether every target holds."""
    is_quick = "--quick" in sys.argv
    with local_server(say=print), database():
        findings = _all(SIZES[:2] if is_quick else SIZES)
    text = _page(findings)
    print(text)
    if not is_quick:
        (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
    sys.exit(any(f.holds is False for f in findings))


@contextmanager
def database() -> Iterator[None]:
    """An empty database for the block; Django is set up on it."""
    from dj_database_url import parse

    os.environ["DJANGO_SETTINGS_MODULE"] = "ensemblier.settings.run"
    from ensemblier.settings import base

    given = dict(parse(os.environ["DATABASE_URL"])) if os.environ.get("DATABASE_URL") else base.DATABASES["default"]
    where = {"host": str(given["HOST"]), "user": str(given["USER"]), "port": str(given.get("PORT") or 5432)}
    if given.get("PASSWORD"):
        where["password"] = str(given["PASSWORD"])
    with psycopg.connect(make_conninfo("", dbname=str(given["NAME"]), **where), autocommit=True) as admin:
        admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(NAME)))
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(NAME)))
        host = where["host"].replace("/", "%2F")
        os.environ["BENCH_DATABASE_URL"] = f"postgresql://{where['user']}@{host}:{where['port']}/{NAME}"
        os.environ["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"]
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        try:
            yield
        finally:
            from django.db import connections

            for connection in connections.all():
                connection.close_pool()  # type: ignore[attr-defined]
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(NAME)))


def _all(sizes: tuple[int, ...]) -> list[Finding]:
    from django.conf import settings
    from django.core.management import call_command

    from ensemblier.territory.actions.load import load_ground

    print("→ migrations, static files, communes")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_ground(packages=Path(settings.PACKAGES))
    return [*_orientation(), *_directory(sizes), *_journey(), *_others(sizes)]


def _journey() -> list[Finding]:
    from bench.journey import SMALLEST, among

    print("→ pages of an adviser")
    found = among((SMALLEST,))
    found[-1].note = "Among a million files: `make bench-million`, docs/proofs.md."
    return found


def _directory(sizes: tuple[int, ...]) -> list[Finding]:
    from bench.directory import near, whole
    from bench.generate import generate
    from bench.page import WHY, page

    common = Finding(
        "Nearest 20 offers for a public, 30 km, open on a day (SQL)", "p50 ≤ 1 ms, p99 ≤ 10 ms, ≤ 50 × select 1"
    )
    rare = Finding("The same, a public that nobody receives, on Sunday", "p50 ≤ 10 ms, p99 ≤ 50 ms")
    cards = Finding("Nearest offers as pages ask for them (cards built, remote ones apart)", "")
    cost = Finding("Public result page, CPU of one request", "≤ 8 × the page that only does select 1")
    queries = Finding("Queries of the public result page", "the same number at every size")
    for size in sizes:
        print(f"→ {size:,} offers")
        generate(size)
        label = f"{size:,} offers, {size * 3 // 10:,} structures"
        near(label, common, rare)
        whole(label, cards)
        page(label, cost, queries)
    cost.note = WHY
    return [common, rare, cards, cost, queries]


def _others(sizes: tuple[int, ...]) -> list[Finding]:
    from bench.directory import communes
    from bench.imports import imports

    print("→ commune search")
    search = Finding("Commune search while typing", "≤ 5 ms")
    communes(search)
    print("→ imports")
    imported = Finding("Import of data·inclusion offers by the command", "100,000 offers: ≤ 90 s, ≤ 600 MB")
    imports(imported, tuple(size // 2 for size in sizes))
    return [search, imported, *_starts()]


def _starts() -> list[Finding]:
    from bench.first_run import first_run

    print("→ make run on a clean clone")
    first = Finding("`make run` on a clean clone, from warm package caches", "≤ 120 s")
    second = Finding("The next `make run`", "≤ 5 s")
    first_run(first, second)
    return [first, second]


def _orientation() -> list[Finding]:
    print("→ orientation")
    done = subprocess.run([sys.executable, "-m", "bench.routing"], capture_output=True, text=True, check=False)
    one = Finding("One traced orientation, sites excluded", "≤ 100 µs")
    many = Finding("A million persons, one core", "≤ 0.3 s")
    if done.returncode:
        one.holds = many.holds = False
        one.note = many.note = done.stderr[-400:]
        return [one, many]
    found = json.loads(done.stdout)
    p50, p99, busy = found["one_us"]
    one.rows.append(
        ("2,000 persons, 5 rounds", f"mean CPU {busy:.0f} µs; on the wall p50 {p50:.0f} µs, p99 {p99:.0f} µs")
    )
    one.holds = busy <= 100
    for size, seconds in found["many_s"].items():
        many.rows.append((f"{int(size):,} persons", f"{seconds:.3f} s"))
        many.holds = seconds <= 0.3
    return [one, many]


def _page(findings: list[Finding]) -> str:
    lines = [
        "# Performance",
        "",
        "Measured by `make bench` (`python -m bench`), everything in one run; the data are drawn with a fixed",
        "seed on the real communes. Ratios are to a floor taken in the same run. No test is timed.",
        "",
        f"- machine: {machine()}, load average at the end {os.getloadavg()[0]:.1f}",
        f"- date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "- command: `make bench`",
        "",
    ]
    for f in findings:
        verdict = {True: " – holds", False: " – **missed**", None: ""}[f.holds]
        lines += [
            f"## {f.name}",
            "",
            f"Target: {f.target}{verdict}" if f.target else "No target; shown for growth.",
            "",
        ]
        lines += ["| case | measured |", "|---|---|", *(f"| {case} | {figure} |" for case, figure in f.rows), ""]
        if f.note:
            lines += [f.note, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
