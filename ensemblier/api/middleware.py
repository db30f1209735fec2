"""What holds for every answer under /api/: problem+json, open reading from any site, entity tags, a modest limit."""

import hashlib
import threading
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_from_request, gettext, override

from ensemblier.api.problems import Problem, of_status

READING = ("GET", "HEAD")
PREFIX = "/api/"
_MINUTE = 60


class Allowance:
    """Requests per minute and per address, counted in this process only: a brake for a loop gone wild, not a wall."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._window = -1
        self._counts: dict[str, int] = {}

    def wait(self, address: str, per_minute: int) -> int:
        """Seconds to wait before the next request of `address`; 0 when it may pass. `per_minute` 0: no limit."""
        if per_minute <= 0:
            return 0
        now = self._clock()
        window = int(now // _MINUTE)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            count = self._counts[address] = self._counts.get(address, 0) + 1
        return 0 if count <= per_minute else max(1, int((window + 1) * _MINUTE - now) + 1)


class OpenInterface:
    """Wraps the interface for programs; pages pass through untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.allowance = Allowance()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        with override(get_language_from_request(request)):  # a refusal here comes before the language is chosen
            refusal = self._refusal(request)
        response = refusal or self._answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if request.method == "OPTIONS":
            allowed = {"Allow": "GET, HEAD, POST, OPTIONS", "Access-Control-Allow-Methods": "GET, HEAD"}
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=allowed | {"Access-Control-Max-Age": "86400"})
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return Problem(
                HTTPStatus.BAD_REQUEST, gettext("Un caractère nul n'a pas sa place dans une adresse.")
            ).response()
        wait = self.allowance.wait(str(request.META.get("REMOTE_ADDR", "")), settings.API_PER_MINUTE)
        return of_status(429, {"Retry-After": str(wait)}).response() if wait else None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"  # ninja declares GET only; the body is taken off below
        response = _as_problem(self.get_response(request))
        if request.method == "GET" and response.status_code == HTTPStatus.OK and not response.streaming:
            response = _with_tag(request, response)
        if is_head and not response.streaming:
            length = len(response.content)
            response.content = b""
            response["Content-Length"] = str(length)
        return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """Any error page that Django itself made (404, 405, bad host…) in the shape of the interface, `Allow` kept."""
    if response.status_code < HTTPStatus.BAD_REQUEST or "json" in response.get("Content-Type", ""):
        return response
    allow = {"Allow": response["Allow"]} if response.has_header("Allow") else {}
    return of_status(response.status_code, allow).response()


def _with_tag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = tag
    response.setdefault("Cache-Control", "public, max-age=60")
    conditional = get_conditional_response(request, etag=tag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
