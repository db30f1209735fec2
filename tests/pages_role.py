"""In tests, pages run as they do in production: under the role `ensemblier_web`, which owns nothing.

The tests' own server knows one account, its owner, whom no policy stops: without this, a page that forgot to say who
asks would pass every test and show nothing once installed.
"""

from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest, HttpResponse

ROLE = "ensemblier_web"


def as_the_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware around every request: the role is taken before its first statement, and left after its last."""

    def answer(request: HttpRequest) -> HttpResponse:
        taken: list[psycopg.Connection[Any]] = []

        def first(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
            # Past Django, so that no count or snapshot of statements sees it.
            raw = context["connection"].connection
            if raw not in taken and raw.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
                raw.execute(f"set session authorization {ROLE}")
                taken.append(raw)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(first):
                return get_response(request)
        finally:
            for raw in taken:
                if not raw.closed and raw.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
                    raw.execute("reset session authorization")

    return answer
