"""Loading the titles of the register of trades: all of the file or nothing, and twice is once."""

from pathlib import Path

from ensemblier.journey.adapters.rome import read_titles
from ensemblier.journey.models import RomeTitle
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM


def load_titles(path: Path) -> int:
    """How many titles the file holds; a title that is no longer there stays, for the files that name it.

    Raises BadInput.
    """
    titles = read_titles(path)
    with acting(SYSTEM):
        RomeTitle.objects.bulk_create(
            (RomeTitle(code=code, title=title) for code, title in sorted(titles.items())),
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["title"],
        )
    return len(titles)
