"""Who asks, told to PostgreSQL for one transaction: what every query and action of the journey opens first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from ensemblier.journey.core.movers import Mover, PersonHerself, organisation_of, user_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.sql import question

_OPEN = Path(__file__).parent / "open_scope.sql"


@contextmanager
def acting(by: Mover) -> Iterator[None]:
    """One transaction in the name of somebody: `with acting(by): …`. Nothing of it outlives the transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(question(_OPEN), _settings(by))
        yield


def _settings(by: Mover) -> dict[str, str]:
    return {
        "user": _text(user_of(by)),
        "organisation": _text(organisation_of(by)),
        "roles": ",".join(sorted(by.roles)) if isinstance(by, Actor) else "",
        "person": str(by.person_id) if isinstance(by, PersonHerself) else "",
    }


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
