"""The public result page through the WSGI application, against the page that only does `select 1`."""

import io
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg
from django.core.wsgi import get_wsgi_application
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from bench.measure import Finding, backend_cpu
from ensemblier.territory.models import Commune

WHY = (
    "Every case counts: a commune asked for again, the same after a change of the directory, and one that the process "
    "never met. What stands around a commune (law of the place, counters, desk, map) is remembered until a table of "
    "reference changes, which one statement a page asks; the nearest counters are found in a table of their own "
    "(decision 19); cards, table and map are written without templates."
)
SEED = 20261122
FLOOR = "/bench/floor/"
SITUATIONS = ("jobseeker", "employee_private", "seasonal", "self_employed", "student", "inconnu")
AGES = ("16_25", "26_29", "30_plus")
POINTS = ((), ("disabled",), ("cadre",), ("out_of_school",), ("rsa",), ("mobilite",))


def answers(count: int, draw: random.Random) -> list[Mapping[str, object]]:
    """What `count` people may answer, each from another commune: communes drawn by their population."""
    rows = Commune.objects.filter(parent=None, lat__isnull=False).order_by("code")
    known = list(rows.values_list("code", "name", "population"))
    chosen: dict[str, str] = {}
    while len(chosen) < count:
        code, name, _population = draw.choices(known, weights=[(row[2] or 0) + 50 for row in known])[0]
        chosen[code] = name
    return [
        {
            "commune": name,
            "commune_code": code,
            "commune_for": name,
            "situation": [draw.choice(SITUATIONS)],
            "age": draw.choice(AGES),
            "points": draw.choice(POINTS),
        }
        for code, name in chosen.items()
    ]


def request(path: str, form: Mapping[str, object] | None = None) -> tuple[str, int]:
    """One request through the WSGI application; returns the status line and the number of bytes."""
    body = urlencode(form, doseq=True).encode() if form else b""
    environ = {
        "REQUEST_METHOD": "POST" if form else "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_ACCEPT_LANGUAGE": "fr",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    said: list[str] = []

    def start_response(status: str, _headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        said.append(status)
        return lambda _block: None

    answer = APPLICATION(environ, start_response)
    try:
        size = sum(len(block) for block in answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
    return said[0], size


APPLICATION = get_wsgi_application()


@dataclass(slots=True)
class Spent:
    """CPU seconds of some requests: of the application, of the database backend `pid`."""

    pid: int
    requests: int = 0
    application: float = 0.0
    database: float = 0.0

    def ask(
        self, path: str, forms: Sequence[Mapping[str, object] | None], before: Callable[[], object] | None = None
    ) -> None:
        """These requests, one after the other; what `before` costs, called before each, is not counted."""
        backend = backend_cpu(self.pid)
        for form in forms:
            if before:
                before()
            start = time.process_time()
            request(path, form)
            self.application += time.process_time() - start
        self.database += backend_cpu(self.pid) - backend
        self.requests += len(forms)

    def mean(self) -> tuple[float, float]:
        """Milliseconds of one request: application, database."""
        return self.application / self.requests * 1e3, self.database / self.requests * 1e3


@contextmanager
def somebody_else() -> Iterator[Callable[[], object]]:
    """Who corrects a site at each call, by another connection."""
    with psycopg.connect(os.environ["BENCH_DATABASE_URL"], autocommit=True) as other:
        yield lambda: other.execute("update directory_site set version = version + 1 where id = 1")


def page(size: str, finding: Finding, queries: Finding) -> None:
    """The cost of the answer page beside the floor: communes asked for again, then for the first time."""
    drawn = answers(300, random.Random(SEED))
    again, first = drawn[:50], drawn[50:]
    said = [request("/reponse/", form) for form in again]
    if not all(status.startswith("200") for status, _length in said):
        finding.rows.append((size, f"a page answers {min(said)[0]}"))
        finding.holds = False
        return
    with somebody_else() as correct:
        measured = {
            "asked for before": _beside(again * 6),
            "whose directory has just changed": _beside(again * 3, correct),
            "asked for the first time": _beside(first),
        }
    length = sum(length for _status, length in said) / len(said) / 1000
    for case, (app, database, floor) in measured.items():
        ratio = (app + database) / floor
        words = f"{app:.2f} + {database:.2f} ms (application + database, {length:.0f} kB), floor {floor:.2f} ms"
        finding.rows.append((f"{size}, communes {case}", f"{words}: {ratio:.1f} ×"))
        finding.holds = finding.holds is not False and ratio <= 8
    for form in again:
        request("/reponse/", form)
    kept = max(map(_queries, again))
    with somebody_else() as correct:
        anew = max(_queries(form) for form in again if correct())
    words = f"at most {kept} for a commune asked for before, {anew} when the directory has just changed"
    queries.rows.append((size, words))
    queries.holds = len({row[1] for row in queries.rows}) == 1


def _beside(
    forms: Sequence[Mapping[str, object]], before: Callable[[], object] | None = None
) -> tuple[float, float, float]:
    """CPU milliseconds of the page (application, database), and of the floor.

    On a shared machine a millisecond is not worth the same from one second to the next: after every 25 pages the floor
    is asked for again, 50 times, and 10 times before that for nothing, since pages leave it a cold processor.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    pages, floor = Spent(pid), Spent(pid)
    for start in range(0, len(forms), 25):
        pages.ask("/reponse/", forms[start : start + 25], before)
        Spent(pid).ask(FLOOR, [None] * 10)
        floor.ask(FLOOR, [None] * 50)
    return *pages.mean(), sum(floor.mean())


def _queries(form: Mapping[str, object]) -> int:
    reset_queries()
    with CaptureQueriesContext(connection) as caught:
        request("/reponse/", form)
    return len(caught)
