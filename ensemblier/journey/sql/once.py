"""One click, one effect: repetitions of a key wait for each other until the end of the transaction."""

from pathlib import Path
from uuid import UUID, uuid4, uuid5

from django.db import connection

from ensemblier.kernel.orm.sql import question

_HOLD = Path(__file__).parent / "hold_key.sql"


def once(key: UUID | None, what: str) -> UUID:
    """The identifier of the row that this click makes: the same for each repetition, which waits for the first.

    After the call, a row with this identifier is either there for good or not there at all. Without a key, a new one.
    """
    if key is None:
        return uuid4()
    uid = uuid5(key, what)
    with connection.cursor() as cursor:
        cursor.execute(question(_HOLD), {"key": str(uid)})
    return uid
