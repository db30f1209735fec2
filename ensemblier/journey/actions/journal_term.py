"""Erasing the entries of the journal whose term has passed: a task alone does it."""

from datetime import datetime

from ensemblier.journey.sql import chain
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM


def erase_journal(*, before: datetime, at: datetime) -> int:
    """Erase what was written before an instant. The chains still verify; the journal says that it was done."""
    with acting(SYSTEM):
        return chain.erase(before, at)
