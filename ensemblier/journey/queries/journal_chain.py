"""Reads: the heads of the journal's chains, to be kept elsewhere, and whether the journal is what was written."""

from collections.abc import Sequence

from ensemblier.journey.core.journal import ChainFault, ChainHead
from ensemblier.journey.sql import chain
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM


def journal_heads() -> list[ChainHead]:
    """The last link of each chain. Kept outside of the database, they show even a journal that was written anew."""
    with acting(SYSTEM):
        return chain.heads()


def journal_faults(known: Sequence[ChainHead] = ()) -> list[ChainFault]:
    """Where the journal was changed, at most a hundred places; nothing when it is whole."""
    with acting(SYSTEM):
        return chain.faults(known)
