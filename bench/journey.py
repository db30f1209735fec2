"""`python -m bench.journey [persons]`: the pages of an adviser among a crowd, on a database of its own.

1,000,000 files, half as many relays, five journal lines a file; three sizes, so that growth can be read. Each page is
read for the first time by each of a pool of advisers, in a process that has served others: as a morning begins.
"""

import os
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import Finding, backend_cpu, machine, spread

if TYPE_CHECKING:
    from django.test import Client

SMALLEST = 10_000
SIZES = (SMALLEST, 100_000, 1_000_000)
DESKS, EACH = 200, 25
LIMIT_MS = 60.0
COMMUNE = "05061"
NOBODY_S = "!"
"""A password that no hash equals."""
SEED = 20261122
WARMING, POOL = 10, 60
PAGES = (
    *("adviser's home", "relay inbox", "file", "plan", "relays of a file", "calendar", "relay", "files", "phone desk"),
)


def main() -> None:
    """Measure, print; the exit code says whether every target holds."""
    from bench.__main__ import database
    from ensemblier.cli.server.local import local_server

    sizes = (int(sys.argv[1]),) if len(sys.argv) > 1 else SIZES
    with local_server(say=print), database():
        findings = _all(sizes)
    print(f"{machine()}, load average at the end {os.getloadavg()[0]:.1f}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    for found in findings:
        print(f"\n{found.name} (target: {found.target}): {'holds' if found.holds else 'MISSED'}")
        for case, figure in found.rows:
            print(f"  {case}: {figure}")
    sys.exit(any(found.holds is False for found in findings))


def _all(sizes: Sequence[int]) -> list[Finding]:
    prepare()
    return among(sizes)


def among(sizes: Sequence[int]) -> list[Finding]:
    """The pages of an adviser among each of these crowds, on a database that is ready."""
    pages = {
        name: Finding(name, f"server time p95 ≤ {LIMIT_MS:.0f} ms; queries do not grow with the crowd")
        for name in PAGES
    }
    for size in sizes:
        start = time.perf_counter()
        crowd(size)
        print(f"→ {size:,} files in {time.perf_counter() - start:.0f} s")
        _measure(size, pages)
    return list(pages.values())


def prepare() -> None:
    """The tables, the static files, the communes."""
    from django.core.management import call_command

    from ensemblier.territory.actions.load import load_ground

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.conf import settings

    load_ground(packages=Path(settings.PACKAGES))


def crowd(persons: int) -> None:
    """Replace every file by `persons` of them, kept by DESKS organisations of EACH advisers, the same at each run."""
    from django.db import connection

    first_desk, first_user = _professionals()
    values: dict[str, Any] = {
        "persons": persons, "desks": DESKS, "each": EACH, "first_desk": first_desk, "first_user": first_user,
        "commune": COMMUNE, "now": datetime.now(UTC) - timedelta(days=1),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relname ~ '^journey_'")
        tables = [row[0] for row in cursor.fetchall() if row[0] not in ("journey_rometitle", "journey_journalhead")]
        cursor.execute("truncate " + ", ".join(tables) + " cascade")
        cursor.execute("set session_replication_role = replica")  # the rows are whole: no trigger has to finish them
        for statement in (Path(__file__).parent / "crowd.sql").read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
        cursor.execute("set session_replication_role = origin")
        for table in ("person", "episode", "lead", "consent", "relay"):
            cursor.execute(f"select setval('journey_{table}_id_seq', (select max(id) from journey_{table}))")  # noqa: S608
        cursor.execute("vacuum analyze " + ", ".join(tables))


def _professionals() -> tuple[int, int]:
    """The first organisation and the first adviser; made once."""
    from ensemblier.accounts.core.roles import Role
    from ensemblier.accounts.models import Convention, Membership, User
    from ensemblier.directory.models import Organisation

    known = Organisation.objects.filter(name="Structure du banc 0").first()
    if known is None:
        desks = Organisation.objects.bulk_create(Organisation(name=f"Structure du banc {n}") for n in range(DESKS))
        users = User.objects.bulk_create(
            User(email=f"a{n}@exemple.fr", name=f"Adviser {n}", password=NOBODY_S) for n in range(DESKS * EACH)
        )
        Membership.objects.bulk_create(
            Membership(user=user, organisation=desks[n // EACH], role=Role.ADVISER.value, valid_from=date(2020, 1, 1))
            for n, user in enumerate(users)
        )
        Convention.objects.bulk_create(
            Convention(
                organisation=desk, version="1", signed_on=date(2020, 1, 1), valid_from=date(2020, 1, 1),
                signed_by="Direction", signed_as="directrice",
            )
            for desk in desks
        )  # fmt: skip
        known = desks[0]
    first = User.objects.get(email="a0@exemple.fr")
    return known.pk, first.pk


def _measure(size: int, pages: dict[str, Finding]) -> None:
    from django.test import Client

    draw = random.Random(SEED)
    read: dict[str, list[Read]] = {name: [] for name in pages}
    client = Client(HTTP_HOST="127.0.0.1")  # one, as a server has one application, loaded once
    for turn in range(WARMING + POOL):
        opened = paths_of(draw.randrange(DESKS * EACH), client)
        for name in pages:
            found = _read(client, opened[name]) if name in opened else None
            if turn >= WARMING and found is not None:  # the first ones load templates and draw plans
                read[name].append(found)
    for name, finding in pages.items():
        wall = spread([one.seconds for one in read[name]])
        p95 = sorted(one.seconds for one in read[name])[int(0.95 * len(read[name]))] * 1e3
        busy = sum(one.busy for one in read[name]) / len(read[name]) * 1e3
        asked = sorted({one.queries for one in read[name]})
        words = f"{wall}, p95 {p95:.1f} ms on the wall; CPU {busy:.1f} ms"
        finding.rows.append((f"{size:,} files, {size // 2:,} relays", f"{words}, {asked[0]} to {asked[-1]} queries"))
        finding.holds = finding.holds is not False and p95 <= LIMIT_MS


def paths_of(number: int, client: "Client") -> dict[str, str]:
    """The pages that this adviser opens all day, once her session is the client's."""
    from ensemblier.accounts.models import User
    from ensemblier.journey.models import Lead, Relay

    user = User.objects.get(email=f"a{number}@exemple.fr")
    client.cookies.clear()
    client.force_login(user)
    lead = Lead.objects.filter(adviser=user).select_related("episode__person").order_by("id").first()
    relay = Relay.objects.filter(adviser=user, ended_at=None).order_by("id").first()
    file = f"/dossiers/{lead.episode.person.uid}/" if lead is not None else ""
    found = {
        "adviser's home": "/ma-journee/",
        "relay inbox": "/relais/",
        "file": file,
        "plan": f"{file}plan/" if file else "",
        "relays of a file": f"{file}relais/" if file else "",
        "calendar": f"{file}calendrier/" if file else "",
        "relay": f"/relais/{relay.uid}/" if relay is not None else "",
        "files": "/dossiers/",
        "phone desk": "/accueil/appel/",
    }
    return {name: path for name, path in found.items() if path}


@dataclass(frozen=True, slots=True)
class Read:
    """One page read: seconds on the wall, seconds of CPU (application and its database backend), queries."""

    seconds: float
    busy: float
    queries: int


def _read(client: "Client", path: str) -> Read:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    start, own, backend = time.perf_counter(), time.process_time(), backend_cpu(pid)
    with connection.execute_wrapper(count):
        answer = client.get(path)
    spent = Read(time.perf_counter() - start, time.process_time() - own + backend_cpu(pid) - backend, len(asked))
    assert answer.status_code == 200, (path, answer.status_code)
    return spent


if __name__ == "__main__":
    main()
