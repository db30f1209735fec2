"""The public result page through the WSGI application, against the page that only does `select 1`."""

import io
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from bench.measure import Finding, backend_cpu

WHY = (
    "Where the CPU of the application goes (timed part by part, 200,000 offers): templates of a page of 27 kB about "
    "40 %, the five statements and their rows 20 %, the answer in words and its map 13 %, middleware and request 13 %, "
    "the form, the rules and the distances the rest. The floor is a page of one byte at a quarter of a millisecond: "
    "eight times that is about what the templates alone cost."
)

ANSWER: Mapping[str, object] = {
    "commune": "Grenoble",
    "commune_code": "38185",
    "commune_for": "Grenoble",
    "situation": ["jobseeker"],
    "age": "30_plus",
}


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


def cost(path: str, form: Mapping[str, object] | None, count: int) -> tuple[float, float]:
    """CPU milliseconds of one request: of the application, of the database backend."""
    for _ in range(10):
        request(path, form)
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    start, backend = time.process_time(), backend_cpu(pid)
    for _ in range(count):
        request(path, form)
    return (time.process_time() - start) / count * 1e3, (backend_cpu(pid) - backend) / count * 1e3


def page(size: str, finding: Finding, queries: Finding) -> None:
    """The cost of the answer page for a jobseeker of Grenoble beside the floor, and its number of queries."""
    status, length = request("/reponse/", ANSWER)
    if not status.startswith("200"):
        finding.rows.append((size, f"the page answers {status}"))
        finding.holds = False
        return
    floor_app, floor_db = cost("/bench/floor/", None, 600)
    app, database = cost("/reponse/", ANSWER, 100)
    ratio = (app + database) / (floor_app + floor_db)
    finding.rows.append(
        (
            size,
            f"{app:.2f} + {database:.2f} ms (application + database, {length / 1000:.0f} kB), "
            f"floor {floor_app:.2f} + {floor_db:.2f} ms: {ratio:.1f} ×",
        )
    )
    finding.holds = ratio <= 8
    reset_queries()
    with CaptureQueriesContext(connection) as caught:
        request("/reponse/", ANSWER)
    queries.rows.append((size, f"{len(caught)} queries"))
    queries.holds = len({row[1] for row in queries.rows}) == 1
