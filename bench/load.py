"""`python -m bench.load [--rate 100] [--seconds 300] [--persons 1000000]`: real granian, mixed requests, constant rate.

Open loop: each request has its instant, whatever the answers before it, and waits count as latency. Signed-in advisers
and persons, one write in ten, on the crowd of `bench.journey`. The exit code says whether p99 < 500 ms without error.
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
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from bench.measure import machine

ROOT = Path(__file__).resolve().parents[1]
P99_MS = 500.0
ADVISERS, PERSONS, THREADS = 300, 100, 48
CSRF = "0123456789abcdefghijklmnopqrstuv"
MIX = {
    "home": 14, "inbox": 12, "file": 16, "relay": 10, "plan": 6, "relays of a file": 5, "files": 4, "phone desk": 3,
    "person's space": 6, "result": 9, "question": 3, "commune": 2,
    "write a note": 4, "add a step": 3, "take or give back": 2, "open a file": 1,
}  # fmt: skip
READS = {
    "home": "/ma-journee/", "inbox": "/relais/", "file": "{file}", "relay": "/relais/{relay}/", "plan": "{file}plan/",
    "relays of a file": "{file}relais/", "files": "/dossiers/", "phone desk": "/accueil/appel/",
    "person's space": "/mon-espace/", "question": "/", "commune": "/communes/05061/",
}  # fmt: skip
ANSWER = {"commune": "Gap", "situation": ["jobseeker"], "age": "16_25", "points": ["out_of_school"]}


Line = http.client.HTTPConnection


@dataclass
class Visitor:
    """A signed-in browser. A relay of hers in nobody's hand, with its version, under a lock: she takes, gives back."""

    cookie: str
    organisation: int = 0
    file: str = ""
    relay: str = ""
    taken: str = ""
    version: int = 0
    is_taken: bool = False
    alone: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, milliseconds since it was due, and the status (0: no answer)."""

    kind: str
    milliseconds: float
    status: int


def main() -> None:
    """Make the crowd, start the pages as `ensemblier serve` does, drive, print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rate", type=float, default=100)
    asked.add_argument("--seconds", type=float, default=300)
    asked.add_argument("--persons", type=int, default=1_000_000)
    options = asked.parse_args()
    from bench.__main__ import database
    from ensemblier.cli.server.local import local_server

    with local_server(say=print), database():
        from bench.journey import crowd, prepare

        prepare()
        start = time.perf_counter()
        crowd(options.persons)
        print(f"→ {options.persons:,} files in {time.perf_counter() - start:.0f} s")
        found = drive(*visitors(), rate=options.rate, seconds=options.seconds)
    sys.exit(not told(found, options.rate, options.seconds))


def visitors() -> tuple[list[Visitor], list[Visitor]]:
    """Sessions of advisers, with a file and relays of theirs, and of persons linked to a file."""
    from ensemblier.accounts.core.sessions import PERSON
    from ensemblier.accounts.models import PersonAccount, User
    from ensemblier.journey.models import Lead, Person, PersonLink, Relay

    draw, at = random.Random(7), datetime.now(UTC)
    advisers, persons = [], []
    users = {user.email: user for user in User.objects.filter(email__startswith="a", email__endswith="@exemple.fr")}
    for email in draw.sample(sorted(users), ADVISERS):
        user = users[email]
        lead = Lead.objects.filter(adviser=user).select_related("episode__person").order_by("id").first()
        sent = Relay.objects.filter(recipient_id=(lead.organisation_id if lead else 0), state="sent", adviser=None)
        free = sent.order_by("id")[draw.randrange(20) : 21].first() if lead else None
        mine = Relay.objects.filter(adviser=user, ended_at=None).order_by("id").first()
        if lead is None or free is None or mine is None:
            continue
        cookie = _session({"_auth_user_id": str(user.pk), "_auth_user_hash": user.get_session_auth_hash()})
        file = f"/dossiers/{lead.episode.person.uid}/"
        advisers.append(Visitor(cookie, lead.organisation_id, file, str(mine.uid), str(free.uid), free.version))
    for number, person in enumerate(Person.objects.order_by("id")[:PERSONS]):
        account = PersonAccount.objects.create(email=f"p{number}@exemple.fr", created_at=at, proved_at=at)
        PersonLink.objects.create(account=account, person=person, origin="invitation", linked_at=at)
        persons.append(Visitor(_session({PERSON: account.pk})))
    taken: set[str] = set()
    for one in advisers:  # two browsers never hold the same relay: a refusal would be right, and no error of the server
        one.taken = "" if one.taken in taken else one.taken
        taken.add(one.taken)
    return advisers, persons


def _session(values: dict[str, Any]) -> str:
    from ensemblier.accounts.adapters.sessions import SessionStore

    session: Any = SessionStore()
    session["_auth_user_backend"] = "ensemblier.accounts.actions.sign_in.LocalSignIn"
    for name, value in values.items():
        session[name] = value
    session.create()
    return str(session.session_key)


def drive(advisers: list[Visitor], persons: list[Visitor], *, rate: float, seconds: float) -> list[Answer]:
    """The answers to `rate` requests a second during `seconds`, sent by threads of this process."""
    from ensemblier.cli.server.web_server import WebServer
    from tests.cli.server.bench_of_servers import free_port

    os.environ["DATABASE_URL_PAGES"] = os.environ["DATABASE_URL"]
    web = WebServer(ROOT, "127.0.0.1", free_port())
    web.start()
    try:
        assert web.wait(), "the pages do not answer"
        warm = [_asked(_connection(web), each, random.Random(1), advisers, persons) for each in [*MIX] * 4]
        print(f"→ warm: {Counter(status for status in warm)}")
        found = _at_their_time(web, advisers, persons, int(rate * seconds), rate)
    finally:
        web.end()
    return found


def _connection(web: Any) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(web.host, web.port, timeout=30)


def _at_their_time(web: Any, advisers: list[Visitor], persons: list[Visitor], total: int, rate: float) -> list[Answer]:
    due: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
    found: list[Answer] = []

    def work(number: int) -> None:
        draw, connection = random.Random(number), _connection(web)
        while (each := due.get()) is not None:
            try:
                status = _asked(connection, each[1], draw, advisers, persons)
            except (OSError, http.client.HTTPException):
                connection.close()
                connection, status = _connection(web), 0
            found.append(Answer(each[1], (time.perf_counter() - each[0]) * 1e3, status))

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


def _asked(
    connection: Line,
    kind: str,
    draw: random.Random,
    advisers: list[Visitor],
    persons: list[Visitor],
) -> int:
    """One request, its whole answer read; the status."""
    who = draw.choice(persons if kind == "person's space" else advisers)
    if kind == "take or give back":
        return _moved(connection, who)
    if kind in READS:
        path = READS[kind].format(file=who.file, relay=who.relay)
        is_public = kind in ("question", "commune")
        name = "personne" if kind == "person's space" else "session"
        return _sent(connection, "GET", path, {} if is_public else {"Cookie": f"{name}={who.cookie}"})[0]
    if kind == "result":
        return _posted(connection, None, "/reponse/", ANSWER)
    today = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    values: dict[str, tuple[str, dict[str, Any]]] = {
        "write a note": (f"{who.file}notes/ajouter/", {"held_on": today, "body": "Elle a appelé.", "kind": "shared"}),
        "add a step": (
            f"{who.file}plan/etapes/nouvelle/",
            {"title": "Visiter un atelier", "kind": "other", "doer": "adviser"},
        ),
        "open a file": ("/dossiers/nouveau/", {"given_name": "Awa", "request": "Un métier"}),
    }
    return _posted(connection, who, *values[kind])


def _moved(connection: Line, who: Visitor) -> int:
    """Takes her relay, or gives it back, in turn."""
    if not who.taken:
        return _sent(connection, "GET", "/relais/", {"Cookie": f"session={who.cookie}"})[0]
    with who.alone:
        name = "rendre" if who.is_taken else "prendre"
        status = _posted(connection, who, f"/relais/{who.taken}/{name}/", {"version": who.version})
        if status == 302:
            who.version, who.is_taken = who.version + 1, not who.is_taken
    return status


def _posted(connection: Line, who: Visitor | None, path: str, values: dict[str, Any]) -> int:
    sent: dict[str, Any] = {"csrfmiddlewaretoken": CSRF, "key": str(uuid4())} | values
    cookie = f"csrf={CSRF}"
    if who is not None:
        sent["acting_for"] = who.organisation
        cookie += f"; session={who.cookie}"
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return _sent(connection, "POST", path, headers, urlencode(sent, doseq=True))[0]


def _sent(
    connection: Line, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> tuple[int, bytes]:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def told(found: list[Answer], rate: float, seconds: float) -> bool:
    """Print what was measured; whether the target holds."""
    good = {kind: (302,) if kind in ("write a note", "add a step", "open a file") else (200, 302) for kind in MIX}
    errors = Counter(f"{one.kind} {one.status}" for one in found if one.status not in good[one.kind])
    load = f"load average {os.getloadavg()[0]:.1f}"
    print(f"{machine()}, {load}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"{len(found):,} requests at {rate:g}/s during {seconds:g} s, {sum(errors.values())} errors {dict(errors)}")
    for kind in [*MIX, "all"]:
        times = sorted(one.milliseconds for one in found if kind in ("all", one.kind))
        if times:
            p50, p95, p99 = (times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95, 0.99))
            print(
                f"  {kind:18} {len(times):6,}  p50 {p50:6.0f}  p95 {p95:6.0f}  p99 {p99:6.0f}  max {times[-1]:6.0f} ms"
            )
    print(json.dumps({"errors": dict(errors), "requests": len(found), "p99_ms": round(p99, 1)}))
    return not errors and p99 < P99_MS


if __name__ == "__main__":
    main()
