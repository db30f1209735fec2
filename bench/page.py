"""The public result page through the WSGI application, against the page that only does `select 1`."""

import io
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import urlencode

import psycopg
from django.core.wsgi import get_wsgi_application
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from bench.measure import Finding, backend_cpu
from ensemblier.territory.models import Commune

WHY = (
    "What stands around a commune (law of the place, counters, desk, map) is remembered by the process until a table "
    "of reference changes, which one statement a page asks; each piece of page that depends on places and rules alone "
    "is kept for as long as its values are the same. After a change of the directory its statements are asked again; "
    "a commune asked for the first time is put into words as well: these two cases are shown beside, and are above "
    "the target."
)
SEED = 20261122
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


def cost(
    path: str, forms: Sequence[Mapping[str, object] | None], before: Callable[[], object] = tuple
) -> tuple[float, float]:
    """CPU milliseconds of one request, the mean of these: of the application, of the database backend.

    `before` is called before each request; what it costs is not counted.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    spent, backend = 0.0, backend_cpu(pid)
    for form in forms:
        before()
        start = time.process_time()
        request(path, form)
        spent += time.process_time() - start
    return spent / len(forms) * 1e3, (backend_cpu(pid) - backend) / len(forms) * 1e3


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
    cost("/bench/floor/", [None] * 100)
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
    app, database, floor = measured["asked for before"]
    finding.holds = finding.holds is not False and (app + database) / floor <= 8
    request("/reponse/", again[0])
    kept = _queries(again[0])
    with patch("ensemblier.web.public.answer.current_editions", lambda: None):
        anew = _queries(again[0])
    queries.rows.append((size, f"{kept} for a commune asked for before, {anew} when nothing is remembered"))
    queries.holds = len({row[1] for row in queries.rows}) == 1


def _beside(forms: Sequence[Mapping[str, object]], before: Callable[[], object] = tuple) -> tuple[float, float, float]:
    """CPU milliseconds of the page (application, database), and of the floor just before and after."""
    floor = sum(cost("/bench/floor/", [None] * 400))
    app, database = cost("/reponse/", forms, before)
    return app, database, (floor + sum(cost("/bench/floor/", [None] * 400))) / 2


def _queries(form: Mapping[str, object]) -> int:
    reset_queries()
    with CaptureQueriesContext(connection) as caught:
        request("/reponse/", form)
    return len(caught)
