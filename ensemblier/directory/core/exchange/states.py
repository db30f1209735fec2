"""States of an import, of a pair of look-alikes, and the two kinds of rows that can be merged."""

from enum import StrEnum


class PairState(StrEnum):
    """Life of a pair that may be one and the same."""

    OPEN = "open"
    MERGED = "merged"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """French label."""
        return {"open": "à examiner", "merged": "fusionnée", "rejected": "deux fiches distinctes"}[self.value]


class PairKind(StrEnum):
    """What the two rows are."""

    ORGANISATION = "organisation"
    SITE = "site"

    @property
    def label(self) -> str:
        """French label."""
        return {"organisation": "structures", "site": "lieux"}[self.value]
