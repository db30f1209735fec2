"""Who asks, told to PostgreSQL for one transaction: what every query and action of the journey opens first.

Inside `with acting(by):` the connection is `ensemblier_web` (`ensemblier_worker` for SYSTEM), which owns nothing: the
policies of `locks_of_tables.py` decide which rows exist. Outside, or for nobody, there is none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from ensemblier.journey.core.movers import Mover, PartnerByLink, PersonHerself, organisation_of, user_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import RuleViolated
from ensemblier.kernel.orm.sql import question

_ROLES = {"system": "ensemblier_worker", "clerk": "ensemblier_clerk"}
_FROZEN = "JF001"
_OPEN = Path(__file__).parent / "open_scope.sql"
_NOBODY = {"role": "none", "user": "", "organisation": "", "roles": "", "person": "", "relay": ""}
P = ParamSpec("P")
T = TypeVar("T")
_current: ContextVar[dict[str, str] | None] = ContextVar("who_asks", default=None)


@contextmanager
def acting(by: Mover, *, relay: UUID | None = None) -> Iterator[None]:
    """One transaction in the name of somebody: `with acting(by): …`. Nothing of it outlives the transaction.

    Inside another, the outer one is restored at the end; an exception restores it too (the savepoint goes back).
    `relay`: the one that an administrator names to mark it as an error.
    """
    settings = _settings(by, relay)
    outer = _current.get()
    is_inside = connection.in_atomic_block
    with _said_when_frozen(), transaction.atomic():
        role_before = "none" if settings == outer else _tell(settings)
        token = _current.set(settings)
        try:
            yield
        finally:
            _current.reset(token)
        # The end of the transaction itself forgets everything; within it, we say who asked before.
        if is_inside and settings != outer:
            _tell(outer or _NOBODY | {"role": role_before})


@contextmanager
def _said_when_frozen() -> Iterator[None]:
    """The refusal of the database to write in a frozen file (`36_frozen.sql`), as a sentence."""
    try:
        yield
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != _FROZEN:
            raise
        raise RuleViolated(
            "Ce dossier est gelé : on le lit, on n’y écrit plus. Son journal dit qui l’a gelé, et jusqu’à quand."
        ) from error


def scoped(function: Callable[P, T]) -> Callable[P, T]:
    """A query or action whose every line runs in the name of its keyword argument `by`."""

    @wraps(function)
    def in_a_transaction(*args: P.args, **kwargs: P.kwargs) -> T:
        with acting(kwargs["by"]):  # type: ignore[arg-type]
            return function(*args, **kwargs)

    return in_a_transaction


def _tell(settings: dict[str, str]) -> str:
    """The role before."""
    with connection.cursor() as cursor:
        cursor.execute(question(_OPEN), settings)
        return str(cursor.fetchone()[0])


def _settings(by: Mover, relay: UUID | None) -> dict[str, str]:
    roles = by.roles if isinstance(by, Actor) else frozenset({"partner"} if isinstance(by, PartnerByLink) else ())
    named = by.relay if isinstance(by, PartnerByLink) else relay
    return {
        "role": next((role for name, role in _ROLES.items() if name in roles), "ensemblier_web"),
        "user": _text(user_of(by)),
        "organisation": _text(organisation_of(by)),
        "roles": ",".join(sorted(roles)),
        "person": str(by.person_id) if isinstance(by, PersonHerself) else "",
        "relay": str(named or ""),
    }


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
