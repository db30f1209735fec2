"""What this process may remember of the reference tables, and until when: the editions of kernel_edition.

A page asks for the editions once, before anything else, and gives them to what it reads. A value read under an edition
is given back as long as nobody has changed a watched table of the parts that it depends on: never an answer that a
change has made wrong.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection

from ensemblier.kernel.orm.sql import editions

P = ParamSpec("P")
R = TypeVar("R")

Editions = Mapping[str, UUID]
"""By part: "territory", "directory", "routing"."""
Reading = Callable[Concatenate[Editions | None, P], R]


def current_editions() -> Editions | None:
    """The editions that hold now: one query. None = remember nothing.

    Inside a transaction nothing is remembered: its own changes are in no edition yet.
    """
    if connection.in_atomic_block:
        return None
    return editions()


def remembered(*parts: str, size: int) -> Callable[[Reading[P, R]], Reading[P, R]]:
    """Keeps the last `size` values of a reading that depends on the tables of these parts and on its arguments.

    Its first argument is the editions; without them, or when one of the parts is unknown, it reads anew. The other
    arguments are hashable, the value is never changed by who receives it.
    """

    def keep(read: Reading[P, R]) -> Reading[P, R]:
        @lru_cache(maxsize=size)
        def known(_editions: tuple[UUID, ...], args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> R:
            return read(None, *args, **dict(kwargs))  # type: ignore[arg-type]  # those of `ask`, packed

        @wraps(read)
        def ask(editions: Editions | None, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if editions is None or not all(part in editions for part in parts):
                return read(None, *args, **kwargs)
            return known(tuple(editions[part] for part in parts), args, tuple(kwargs.items()))

        return ask

    return keep
