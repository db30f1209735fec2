"""States of an import, of a pair of look-alikes, and the two kinds of rows that can be merged."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class PairState(StrEnum):
    """Life of a pair that may be one and the same."""

    OPEN = "open"
    MERGED = "merged"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """French label."""
        return {
            "open": marked("à examiner"),
            "merged": marked("fusionnée"),
            "rejected": marked("deux fiches distinctes"),
        }[self.value]


class PairKind(StrEnum):
    """What the two rows are."""

    ORGANISATION = "organisation"
    SITE = "site"

    @property
    def label(self) -> str:
        """French label."""
        return {"organisation": marked("structures"), "site": marked("lieux")}[self.value]
