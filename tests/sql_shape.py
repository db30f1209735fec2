"""The SQL that a read sends, without its values: what the snapshots of queries hold."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

_VALUES = re.compile(r"_django_curs_\w+|'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_LISTS = re.compile(r"\(\?(?:, \?)+\)|ARRAY\[\?(?:, \?)+\]|\{[^}]*\}")


def sql_of(read: Callable[[], Any]) -> list[str]:
    """The statements of `read`, in order: values become "?", lists one "?", spaces one space."""
    with CaptureQueriesContext(connection) as captured:
        read()
    return [_shape(query["sql"]) for query in captured.captured_queries]


def _shape(sql: str) -> str:
    bare = "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    return " ".join(_LISTS.sub("(?)", _VALUES.sub("?", bare)).split())
