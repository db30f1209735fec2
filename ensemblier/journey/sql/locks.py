"""The lock that the ORM cannot ask for: FOR SHARE on a consent, so that a revocation waits and nothing slips by."""

from collections.abc import Iterable
from pathlib import Path

from django.db import connection

from ensemblier.kernel.orm.sql import question

_SHARE = Path(__file__).parent / "share_consents.sql"


def share_consents(ids: Iterable[int]) -> None:
    """Hold these consents against any revocation until the end of the transaction, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(question(_SHARE), {"ids": sorted(ids)})
