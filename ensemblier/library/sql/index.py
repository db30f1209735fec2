"""Keeping the search true to the resources: entries written in the change's transaction, words counted each day."""

from collections.abc import Sequence
from pathlib import Path

from django.db import connection, transaction

from ensemblier.kernel.orm.sql import analyze, question

_HERE = Path(__file__).parent
_BATCH = 2_000


def index_resources(ids: Sequence[int]) -> None:
    """Write the entries of these resources; whoever searches after the transaction finds them."""
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _BATCH):
            asked = {"ids": list(ids[start : start + _BATCH])}
            cursor.execute(question(_HERE / "index_resources.sql"), asked)
            cursor.execute(question(_HERE / "learn_words.sql"), asked)


def count_words() -> int:
    """Count stems and words anew, forget those that no resource holds; how many words are known."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in ("count_stems.sql", "count_words.sql"):
            cursor.execute(question(_HERE / name))
        cursor.execute("select count(*) from library_knownword")
        known = int(cursor.fetchone()[0])
    analyze("library_stem", "library_knownword", "library_indexedresource")
    return known
